"""One kernel of a machine, as a process: it asks for one picture after the other and says when each was there.

Started by `account_lab`. What goes through the widget's own queue is `widget`; `sdk` is the service's own client as its
document shows it, and `backoff` the same calls sent again after longer and longer waits.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trust.fast_clock import FastClock

KEY = "sk-0000-account"
MODEL = "wanx-sketch-to-image-lite"


@dataclass(frozen=True)
class Plan:
    """What a kernel is to do, as its lab writes it down.

    Attributes:
        durations: Seconds that its tasks will take.
        dies: "" or "submit": kill this process when the service has answered the first submit.
    """

    name: str
    method: str
    url: str
    home: str
    local: str
    speed: float
    epoch: float
    durations: list[float]
    at_once: bool = False
    dies: str = ""


def say(**facts: Any) -> None:
    """Print one line; a single write, so that a kill cuts no line."""
    os.write(1, (json.dumps(facts) + "\n").encode())


def prompt_of(plan: Plan, index: int) -> str:
    return f"{plan.name}.{index} in {plan.durations[index]} seconds"


def sketch() -> bytes:
    import numpy as np

    from sketch_widget.drawing.picture import encode

    pixels = np.full((256, 256, 3), 255, np.uint8)
    pixels[40:200, 120:130] = 0
    return encode(pixels)


def widget(plan: Plan, clock: FastClock) -> Callable[[], None]:
    """Return the work of a kernel that uses the widget's queue."""
    import httpx

    from sketch_widget.jobs.account import shared_turns
    from sketch_widget.jobs.portal import Portal
    from sketch_widget.jobs.queue import JobQueue
    from sketch_widget.locks import Life
    from sketch_widget.runs.store import RunStore
    from sketch_widget.service.client import DashScopeClient
    from sketch_widget.service.request import GenerationRequest
    from sketch_widget.settings import Secret

    class Fatal(httpx.AsyncHTTPTransport):
        """The process dies when a submit has been answered, before anybody reads the answer."""

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            response = await super().handle_async_request(request)
            if request.url.path.endswith("/image-synthesis"):
                os.kill(os.getpid(), signal.SIGKILL)
            return response

    life = Life(Path(plan.local))
    turns = shared_turns(Secret(KEY).fingerprint(), life, clock)
    store = RunStore(Path(plan.home), owner=life.name, alive=life.alive, now=clock.now)
    client = DashScopeClient(KEY, base_url=plan.url, transport=Fatal() if plan.dies else None)
    portal = Portal()
    queue = JobQueue(client, store, portal, service_name="dashscope", clock=clock, turns=turns)
    portal.start(client.open)
    png = sketch()

    def one(index: int) -> Any:
        job = queue.submit(GenerationRequest(prompt_of(plan, index), sketch_color=[(0, 0, 0)]), png)
        job.on_change(lambda job: say(job=index, state=job.state, text=job.text("en"), at=clock.now()))
        return job

    def work() -> None:
        if plan.at_once:
            jobs = [one(index) for index in range(len(plan.durations))]
            for index, job in enumerate(jobs):
                done(index, bool(job.result().files))
        else:
            for index in range(len(plan.durations)):
                say(asked=index, at=clock.now())
                done(index, bool(one(index).result().files))
        # Tasks of kernels that died are brought home as well.
        while not all(job.done for job in queue.jobs):
            time.sleep(0.02)

    def done(index: int, good: bool) -> None:
        say(done=index, good=good, at=clock.now())

    return work


def official_sdk(plan: Plan, clock: FastClock) -> Callable[[], None]:
    """Return the work of a kernel that calls the service's own SDK; `backoff` sends a refused submit again."""
    import dashscope
    from dashscope import ImageSynthesis

    dashscope.base_http_api_url = plan.url
    # The SDK sleeps between its questions; its time is to pass as fast as everybody's.
    real_sleep = time.sleep
    time.sleep = lambda seconds: real_sleep(seconds / plan.speed)
    picture = Path(plan.home) / f"{plan.name}.png"
    picture.write_bytes(sketch())

    def accepted(index: int) -> Any:
        waiting = 1.0
        while True:
            answer = ImageSynthesis.async_call(
                model=MODEL,
                api_key=KEY,
                prompt=prompt_of(plan, index),
                task="image2image",
                n=1,
                sketch_image_url=picture.as_uri(),
            )
            if answer.status_code != 429 or plan.method == "sdk":
                return answer
            clock.block(waiting * random.uniform(0.5, 1.0))
            waiting = min(2 * waiting, 60.0)

    def work() -> None:
        for index in range(len(plan.durations)):
            say(asked=index, at=clock.now())
            answer = accepted(index)
            if answer.status_code == 200:
                answer = ImageSynthesis.wait(answer, api_key=KEY)
            good = answer.status_code == 200 and answer.output.task_status == "SUCCEEDED"
            say(done=index, good=good, at=clock.now())

    return work


def main() -> None:
    plan = Plan(**json.loads(sys.argv[1]))
    clock = FastClock(plan.speed, plan.epoch)
    work = (widget if plan.method == "widget" else official_sdk)(plan, clock)
    say(ready=True)
    sys.stdin.readline()
    say(began=True, at=clock.now())
    work()


if __name__ == "__main__":
    main()

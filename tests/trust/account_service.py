"""The offline service in a process of its own, its brush replaced by one that takes the time the prompt asks for.

Started by `account_lab`: prints its base URL, and writes every call with the status of its answer into a file.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from trust.fast_clock import FastClock

from sketch_widget.offline.app import create_app
from sketch_widget.offline.faults import operation_of
from sketch_widget.offline.fetching import Reach
from sketch_widget.offline.options import Options
from sketch_widget.offline.serve import served


class Booked:
    """The service, with a book of all calls."""

    def __init__(self, app: Any, book: Path, clock: FastClock) -> None:
        self._app = app
        self._book = book.open("a", encoding="utf-8")
        self._clock = clock

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def noted(message: Any) -> None:
            if message["type"] == "http.response.start":
                call = (self._clock.now(), operation_of(scope["method"], scope["path"]), message["status"])
                self._book.write(json.dumps(call) + "\n")
                self._book.flush()
            await send(message)

        await self._app(scope, receive, noted)


def main() -> None:
    folder, mode, speed, epoch = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
    clock = FastClock(speed, epoch)

    def brush(commission: Any) -> Iterator[np.ndarray]:
        clock.block(float(commission.prompt.split()[-2]))  # "a tree in 12.5 seconds"
        yield np.full((8, 8, 3), 90, np.uint8)

    app = create_app(folder, clock=clock.now, painter=brush, options=Options(concurrency=mode, reach=Reach.HERE))
    with served(Booked(app, folder / "calls.jsonl", clock)) as url:
        print(url, flush=True)
        sys.stdin.read()
    app.close()


if __name__ == "__main__":
    main()

"""The stage on which the offline service is tried: a clock that stands still, a brush to hold back, and callers."""

import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import anyio
import httpx
import numpy as np

from sketch_widget.drawing import picture
from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.offline.app import OfflineApp, create_app
from sketch_widget.offline.options import Options
from sketch_widget.service.client import DashScopeClient

MODEL = "wanx-sketch-to-image-lite"
KEY = "sk-test-0123456789"
SUBMIT = "/services/aigc/image2image/image-synthesis"
IN_PROCESS = "http://offline/api/v1"
NOON = 1_760_000_000.0  # seconds since 1970; 2025-10-09 16:53:20 in UTC+8
PATIENCE = 20.0  # real seconds that a test waits for a condition


class Clock:
    """Seconds since 1970 that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += seconds


class Brush:
    """A painter of flat pictures that can be held back before each of them."""

    def __init__(self) -> None:
        self.commissions: list[Any] = []
        self.may_paint = threading.Event()
        self.may_paint.set()

    def __call__(self, commission: Any) -> Iterator[np.ndarray]:
        self.commissions.append(commission)
        for index in range(commission.n):
            self.may_paint.wait(PATIENCE)
            yield np.full((768, 768, 3), 40 * index, np.uint8)


def drawing() -> Sketch:
    return Sketch([Stroke([(100, 600), (400, 80), (660, 600)], color="#7b7b7b", width=6)])


@cache
def png(width: int = 768, height: int = 768) -> bytes:
    """Return a white PNG with a black bar."""
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels[: height // 2, :9] = 0
    return picture.encode(pixels)


def body(url: str, **parameters: Any) -> dict[str, Any]:
    """Return a submission; what is not a parameter of the service's replaces a field of its input."""
    given = {name: parameters.pop(name) for name in ("prompt", "sketch_image_url") if name in parameters}
    return {
        "model": parameters.pop("model", MODEL),
        "input": {"prompt": "一棵参天大树", "sketch_image_url": url} | given,
        "parameters": parameters,
    }


@dataclass
class Stage:
    """The service and ways to call it; all of them as one caller with a key of its own."""

    app: OfflineApp
    base_url: str
    clock: Clock
    brush: Brush
    over_socket: bool
    http: httpx.AsyncClient
    clients: list[DashScopeClient] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return self.base_url.removesuffix("/api/v1")

    def client(self, key: str = KEY, **more: Any) -> DashScopeClient:
        """Return our own client, pointed at the service."""
        transport = None if self.over_socket else httpx.ASGITransport(self.app)
        client = DashScopeClient(key, base_url=self.base_url, transport=transport, **more)
        self.clients.append(client)
        return client

    async def call(self, method: str, path: str, *, key: str | None = KEY, headers: Any = None, **parts: Any) -> Any:
        """Make a call below `/api/v1`, or to an address."""
        known = {} if key is None else {"Authorization": f"Bearer {key}"}
        url = path if path.startswith("http") else self.base_url + path
        return await self.http.request(method, url, headers=known | (headers or {}), **parts)

    async def permit(self, key: str = KEY) -> dict[str, Any]:
        answer = await self.call("GET", "/uploads", key=key, params={"action": "getPolicy", "model": MODEL})
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    async def send_form(self, permit: dict[str, Any], data: bytes, **changes: str | None) -> httpx.Response:
        """Send the upload form; `changes` replaces fields (`None` drops one), hyphens written as underscores."""
        fields = {
            "OSSAccessKeyId": permit["oss_access_key_id"],
            "Signature": permit["signature"],
            "policy": permit["policy"],
            "key": f"{permit['upload_dir']}/sketch.png",
            "x-oss-object-acl": permit["x_oss_object_acl"],
            "x-oss-forbid-overwrite": permit["x_oss_forbid_overwrite"],
            "success_action_status": "200",
        }
        fields |= {name.replace("__", "-"): value for name, value in changes.items()}
        kept = {name: value for name, value in fields.items() if value is not None}
        return await self.http.post(permit["upload_host"], data=kept, files={"file": ("sketch.png", data, "image/png")})

    async def upload(self, data: bytes | None = None, key: str = KEY) -> str:
        permit = await self.permit(key)
        answer = await self.send_form(permit, png() if data is None else data)
        assert answer.status_code == 200, answer.text
        return f"oss://{permit['upload_dir']}/sketch.png"

    async def submit(
        self, url: str | None = None, *, key: str = KEY, fault: str = "", **parameters: Any
    ) -> httpx.Response:
        """Submit a sketch, by default one that is uploaded for it."""
        headers = {"X-DashScope-Async": "enable", "X-DashScope-OssResourceResolve": "enable"}
        headers |= {"X-Sketch-Widget-Fault": fault} if fault else {}
        given = body(url or await self.upload(key=key), **parameters)
        return await self.call("POST", SUBMIT, key=key, headers=headers, json=given)

    async def task(self, **more: Any) -> str:
        """Submit and return the task's id."""
        answer = await self.submit(**more)
        assert answer.status_code == 200, answer.text
        return answer.json()["output"]["task_id"]

    async def poll(self, task_id: str, key: str = KEY) -> dict[str, Any]:
        answer = await self.call("GET", f"/tasks/{task_id}", key=key)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def until(self, task_id: str, *statuses: str, key: str = KEY) -> dict[str, Any]:
        """Poll until a task has one of these statuses; the clock moves on so that no rate stands in the way."""
        with anyio.fail_after(PATIENCE):
            while True:
                answer = await self.poll(task_id, key)
                if answer["output"]["task_status"] in statuses:
                    return answer
                await anyio.sleep(0.01)
                self.clock.pass_(0.06)


class Port:
    """A service on a port whose application can be exchanged: starting a server anew for each test takes 0.3 s."""

    def __init__(self) -> None:
        self.app: OfflineApp | None = None
        self.base_url = ""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        assert self.app is not None
        await self.app(scope, receive, send)


@asynccontextmanager
async def staged(
    folder: Path,
    port: Port | None = None,
    options: Options | None = None,
    faults: str = "",
    painter: Callable[[Any], Iterator[np.ndarray]] | None = None,
) -> AsyncIterator[Stage]:
    """Put the service on, in process or behind a port."""
    clock, brush = Clock(), Brush()
    app = create_app(folder, clock=clock, painter=painter or brush, faults=faults, options=options)
    with ExitStack() as stack:
        stack.callback(app.close)
        stack.callback(brush.may_paint.set)
        transport = None if port else httpx.ASGITransport(app)
        if port:
            port.app = app
        # Nothing is encrypted here, and reading the system's certificates takes 25 ms.
        async with httpx.AsyncClient(transport=transport, trust_env=False, verify=False) as http:
            stage = Stage(app, port.base_url if port else IN_PROCESS, clock, brush, port is not None, http)
            yield stage
            for client in stage.clients:
                await client.aclose()

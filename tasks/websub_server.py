"""The callback server that hubs talk to: it confirms what was asked of them and takes what they deliver.

starlette and uvicorn come with Prefect's server.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tasks.net.decoding import BadCoding, BodyReader, TooLarge
from tasks.settings import Settings
from tasks.websub import Delivery, ask_hubs, confirm, land_delivery
from warehouse.errors import WarehouseBusy

HEALTH_PATH = "/health"
ASK_SECONDS = 60.0

_log = logging.getLogger("marsad.websub")
_BUSY = PlainTextResponse("busy, try again\n", 503, {"Retry-After": "30"})


class CallbackServer:
    """Hubs' questions and deliveries at one listening socket; `wake` is awaited after deliveries that leave work.

    `wake` runs once at a time: what arrives meanwhile makes it run once more.
    """

    def __init__(
        self, settings: Settings, wake: Callable[[], Awaitable[None]], ask_seconds: float = ASK_SECONDS
    ) -> None:
        self._settings = settings
        self._wake = wake
        self._ask_seconds = ask_seconds
        self._has_work = asyncio.Event()
        self._server: uvicorn.Server | None = None
        self._broken: BaseException | None = None

    def serve(self, listener: socket.socket) -> None:
        """Serve until SIGINT or SIGTERM."""
        config = uvicorn.Config(self.application(), log_level="warning", access_log=False, timeout_graceful_shutdown=10)
        self._server = uvicorn.Server(config)
        self._server.run(sockets=[listener])
        if self._broken:
            raise self._broken

    def stop(self) -> None:
        """End `serve` from another thread."""
        if self._server:
            self._server.should_exit = True

    def application(self) -> Starlette:
        """The last part of a path is the secret one; what a proxy leaves before it does not matter."""
        routes = [
            Route(HEALTH_PATH, self._healthy),
            Route("/{path:path}", self._question, methods=["GET"]),
            Route("/{path:path}", self._delivery, methods=["POST"]),
        ]
        return Starlette(routes=routes, lifespan=self._lifespan)

    @asynccontextmanager
    async def _lifespan(self, _application: Starlette) -> AsyncIterator[None]:
        loops = [asyncio.create_task(self._keep_asking()), asyncio.create_task(self._keep_waking())]
        for loop in loops:
            loop.add_done_callback(self._ended)
        yield
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*loops, return_exceptions=True)

    def _ended(self, loop: asyncio.Task[None]) -> None:
        """A server that only looks alive is worse than one that ends and is started again."""
        if not loop.cancelled() and self._server:
            self._broken = loop.exception()
            self._server.should_exit = True

    async def _keep_asking(self) -> None:
        while True:
            try:
                for failure in await ask_hubs(self._settings):
                    _log.warning("hub failed: %s", failure)
            except WarehouseBusy as error:
                _log.warning("hubs are asked later: %s", error)
            await asyncio.sleep(self._ask_seconds)

    async def _keep_waking(self) -> None:
        while True:
            await self._has_work.wait()
            self._has_work.clear()
            await self._wake()

    async def _healthy(self, _request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def _question(self, request: Request) -> Response:
        try:
            echo = await asyncio.to_thread(confirm, _token(request), dict(request.query_params), self._settings)
        except WarehouseBusy:
            return _BUSY
        return PlainTextResponse("not asked for\n", 404) if echo is None else PlainTextResponse(echo)

    async def _delivery(self, request: Request) -> Response:
        try:
            delivery = await self._received(request)
            receipt = await asyncio.to_thread(land_delivery, _token(request), delivery, self._settings)
        except TooLarge as error:
            return PlainTextResponse(f"{error}\n", 413)
        except BadCoding as error:
            return PlainTextResponse(f"{error}\n", 415)
        except ClientDisconnect:
            return PlainTextResponse("cut short\n", 400)
        except WarehouseBusy:
            return _BUSY
        if receipt.has_work:
            self._has_work.set()
        return Response(status_code=receipt.status)

    async def _received(self, request: Request) -> Delivery:
        """The body as sent, up to the cap of any other download."""
        coding = request.headers.get("content-encoding", "identity")
        if coding != "identity":
            raise BadCoding(f"content-encoding {coding!r} is not taken: a signature covers the bytes as they are")
        reader = BodyReader("", self._settings.fetch.max_bytes)
        async for piece in request.stream():
            reader.feed(piece)
        return Delivery(dict(request.headers.items()), reader.body())


def _token(request: Request) -> str:
    return str(request.path_params["path"]).rstrip("/").rpartition("/")[2]


def listening(address: str) -> socket.socket:
    """A socket at `host:port`, port 0 for a free one. Raises OSError where that cannot be had."""
    host, _, port = address.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host.strip("[]"), int(port)), family=family)

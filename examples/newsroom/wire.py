"""The HTTP side: one handler, one line of the log for each request, delays and dead lines."""

from __future__ import annotations

import ssl
import sys
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from examples.newsroom import control, hub
from examples.newsroom.replies import Reply, http_date, negotiate

if TYPE_CHECKING:
    from examples.newsroom.server import Newsroom

_DRIPS = 20


@dataclass(frozen=True, slots=True)
class Request:
    """One line of the request log. `target` is path and query as sent; header names are lower case.

    `concurrent` is how many requests of the same outlet were being answered just then, this one among them.
    """

    method: str
    target: str
    path: str
    headers: dict[str, str]
    at: datetime
    status: int
    concurrent: int

    @property
    def outlet(self) -> str:
        return outlet_of(self.path)

    @property
    def user_agent(self) -> str:
        return self.headers.get("user-agent", "")

    @property
    def is_conditional(self) -> bool:
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


def outlet_of(target: str) -> str:
    """The first part of a path: each outlet has its own."""
    return target.split("/")[1].split("?")[0] if target.startswith("/") else ""


class Server(ThreadingHTTPServer):
    """One listening address of the newsroom; `outlet` where it belongs to a single one."""

    # The default of 5 makes a burst of new connections wait a second for their second try.
    request_queue_size = 128

    def __init__(
        self, address: tuple[str, int], room: Newsroom, outlet: str | None, tls: ssl.SSLContext | None = None
    ) -> None:
        super().__init__(address, Handler)
        if tls:
            # Hands are shaken in the thread of the connection, so that a silent client holds up nobody else.
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.room = room
        self.outlet = outlet

    def handle_error(self, request: object, client_address: object) -> None:
        # Clients hang up on slow and endless pages: that is what those are for.
        if not isinstance(sys.exception(), ConnectionError | ssl.SSLError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "newsroom"
    # Head and body go out as two writes; without this, the second waits for the client's delayed acknowledgement.
    disable_nagle_algorithm = True
    # A client that keeps its connection must not keep the server from ending.
    timeout = 30

    def do_GET(self) -> None:
        with self.server.room.answering(outlet_of(self.path)) as count:
            self._answer(count)

    do_HEAD = do_GET

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == hub.PATH:
            self._send(self.server.room.hub.request(dict(parse_qsl(body.decode("utf-8", "replace")))))
        else:
            self._send(control.command(self.server.room, self.path, body))

    def _answer(self, count: int) -> None:
        room = self.server.room
        headers = {name.lower(): value for name, value in self.headers.items()}
        # m.diffa.newsroom.test is the mobile twin of diffa.newsroom.test, whose addresses its pages call canonical.
        host = headers.get("host", "")
        name = host.removeprefix("m.")
        outlet = self.server.outlet or room.site.outlet_of_host(name)
        target = self.path if name == host else f"/m{self.path.removeprefix(f'/{outlet}')}"
        reply = negotiate(room.site.reply(target, f"{room.scheme}://{name}", outlet), headers)
        path = self.path.split("?")[0]
        room.record(Request(self.command, self.path, path, headers, room.site.clock(), reply.status, count))
        room.stopping.wait(reply.delay)
        self._send(reply)

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self._send_body(reply)

    def _send_body(self, reply: Reply) -> None:
        body = reply.body[: int(len(reply.body) * reply.cut)]
        self.close_connection = self.close_connection or reply.cut < 1
        for piece in _pieces(body, _DRIPS) if reply.drip else [body]:
            self.server.room.stopping.wait(reply.drip / _DRIPS)
            self.wfile.write(piece)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The Date header by the newsroom's clock, which a test may have stopped."""
        return http_date(self.server.room.site.clock())

    def log_message(self, format: str, *args: object) -> None:
        """The log is `Newsroom.requests`."""


def _pieces(body: bytes, count: int) -> list[bytes]:
    size = max(1, -(-len(body) // count))
    return [body[at : at + size] for at in range(0, len(body), size)]

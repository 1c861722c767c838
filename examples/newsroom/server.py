"""The newsroom as an HTTP server, for a demonstration from the shell and for tests that change it while it runs."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from types import TracebackType

from examples.newsroom.content import Article, Route, number
from examples.newsroom.pages import url_of
from examples.newsroom.replies import Reply, negotiate
from examples.newsroom.state import Site

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


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


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        # Clients hang up on slow and endless pages: that is what those are for.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Newsroom:
    """A running newsroom; `with Newsroom.start() as room:` ends it.

    `publish`, `update`, `revise`, `withdraw`, `fail` and `heal` change what the next request sees.
    """

    def __init__(self, site: Site, servers: dict[str, ThreadingHTTPServer]) -> None:
        self.site = site
        self.stopping = Event()
        self._servers = servers
        self._log: list[Request] = []
        self._active: Counter[str] = Counter()
        self._lock = Lock()

    @classmethod
    def start(cls, clock: Clock = utc_now, host: str = "127.0.0.1", port: int = 0, spread: bool = False) -> Newsroom:
        """Serve from `host:port` (0: a free one), or `spread`: each outlet from a loopback address of its own."""
        site = Site(clock)
        addresses = {slug: f"127.0.0.{i}" for i, slug in enumerate(site.outlets, 2)} if spread else {"": host}
        room = cls(site, {})
        for slug, address in addresses.items():
            room._servers[slug] = _Server((address, port), _handler(room, slug or None))
            Thread(target=room._servers[slug].serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return room

    def __enter__(self) -> Newsroom:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        self.stopping.set()
        for server in self._servers.values():
            server.shutdown()
            server.server_close()

    @property
    def port(self) -> int:
        """The port of the only server, or of the first outlet's."""
        return int(next(iter(self._servers.values())).server_address[1])

    def base(self, outlet: str = "") -> str:
        """`http://address:port` of the newsroom, or of one outlet where each has its own."""
        server = self._servers.get(outlet) or self._servers.get("") or next(iter(self._servers.values()))
        return f"http://{server.server_address[0]!s}:{server.server_address[1]}"

    def url(self, path: str) -> str:
        return url_of(self.base(outlet_of(path)), path)

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request since the start or the last `forget`, in the order of their answers."""
        with self._lock:
            return tuple(self._log)

    def forget(self) -> None:
        """Empty the request log."""
        with self._lock:
            self._log.clear()

    def record(self, request: Request) -> None:
        with self._lock:
            self._log.append(request)

    @contextmanager
    def answering(self, outlet: str) -> Iterator[int]:
        """Counts the outlet's requests in progress."""
        with self._lock:
            self._active[outlet] += 1
            count = self._active[outlet]
        try:
            yield count
        finally:
            with self._lock:
                self._active[outlet] -= 1

    def article_url(self, key: str) -> str:
        return self.url(self.site.article(key).path)

    def publish(
        self,
        outlet: str,
        title: str,
        paragraphs: Sequence[str],
        published: datetime | None = None,
        section: str = "سياسة",
    ) -> Article:
        """A new article, at once in the outlet's feeds; `published` is the clock's moment unless given."""
        moment = (published or self.site.clock()).replace(microsecond=0)
        key = f"{outlet}-live-{len(self.site.articles(outlet)) + 1}"
        place = self.site.outlets[outlet].path.format(date=moment, number=number(key), slug=slug(title))
        body = tuple(paragraphs)
        return self.site.put(
            Article(key, outlet, f"/{outlet}{place}", title, body, moment, summary=body[0], section=section)
        )

    def update(
        self,
        key: str,
        title: str | None = None,
        paragraphs: Sequence[str] | None = None,
        modified: datetime | None = None,
    ) -> Article:
        """A new version of an article at its old address."""
        old = self.site.article(key)
        moment = (modified or self.site.clock()).replace(microsecond=0)
        body = tuple(paragraphs) if paragraphs is not None else old.paragraphs
        return self.site.put(replace(old, title=title or old.title, paragraphs=body, summary=body[0], modified=moment))

    def revise(self, key: str) -> Article:
        """The second version that the manifest declares for this article."""
        revision = self.site.revisions[key]
        return self.update(key, revision.title, revision.paragraphs, revision.modified)

    def withdraw(self, key: str, status: int = 404) -> None:
        """Take the article's page away; the feeds still name it, as they do."""
        self.site.withdraw(key, status)

    def fail(self, path: str, status: int, retry_after: int | None = None, times: int | None = None) -> None:
        """Answer `path` with `status`, for ever or that many `times`."""
        self.site.route(Route(path, status, retry_after=retry_after, times=times))

    def set_route(self, route: Route) -> None:
        """Any behaviour that routes.toml can declare."""
        self.site.route(route)

    def heal(self, path: str) -> None:
        """Remove what was declared for `path`, by a test or by routes.toml."""
        self.site.unroute(path)


def outlet_of(target: str) -> str:
    """The first part of a path: each outlet has its own."""
    return target.split("/")[1].split("?")[0] if target.startswith("/") else ""


def slug(title: str) -> str:
    """The first words of a title as an address has them: no marks, no punctuation."""
    bare = (letter for letter in title if unicodedata.category(letter) != "Mn")
    words = "".join(letter if letter.isalnum() else " " for letter in bare).split()
    return "-".join(words[:8])


def _handler(room: Newsroom, outlet: str | None) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "newsroom"
        # A client that keeps its connection must not keep the server from ending.
        timeout = 30

        def do_GET(self) -> None:
            with room.answering(outlet_of(self.path)) as count:
                self._answer(count)

        do_HEAD = do_GET

        def _answer(self, count: int) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            base = f"http://{headers.get('host', '')}"
            reply = negotiate(room.site.reply(self.path, base, outlet), headers)
            path = self.path.split("?")[0]
            now = room.site.clock()
            room.record(Request(self.command, self.path, path, headers, now, reply.status, count))
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
            for piece in _pieces(body, 20) if reply.drip else [body]:
                room.stopping.wait(reply.drip / 20)
                self.wfile.write(piece)

        def log_message(self, format: str, *args: object) -> None:
            """The log is `Newsroom.requests`."""

    return Handler


def _pieces(body: bytes, count: int) -> list[bytes]:
    size = max(1, -(-len(body) // count))
    return [body[at : at + size] for at in range(0, len(body), size)]

"""The newsroom as an HTTP server, for a demonstration from the shell and for tests that change it while it runs."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from ssl import SSLContext
from threading import Event, Lock, Thread
from types import TracebackType
from urllib.parse import urlsplit

from examples.newsroom.content import Article, Route, number
from examples.newsroom.hub import Hub
from examples.newsroom.pages import url_of
from examples.newsroom.state import Site
from examples.newsroom.wire import Request, Server, outlet_of

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Newsroom:
    """A running newsroom; `with Newsroom.start() as room:` ends it.

    `publish`, `update`, `revise`, `withdraw`, `fail` and `heal` change what the next request sees.
    """

    def __init__(self, site: Site, servers: dict[str, Server], scheme: str = "http") -> None:
        self.site = site
        self.scheme = scheme
        self.hub = Hub()
        self.stopping = Event()
        self._servers = servers
        self._log: list[Request] = []
        self._active: Counter[str] = Counter()
        self._lock = Lock()

    @classmethod
    def start(
        cls,
        clock: Clock = utc_now,
        host: str = "127.0.0.1",
        port: int = 0,
        spread: bool = False,
        tls: SSLContext | None = None,
    ) -> Newsroom:
        """Serve from `host:port` (0: a free one), or `spread`: each outlet from a loopback address of its own."""
        site = Site(clock)
        addresses = {slug: f"127.0.0.{i}" for i, slug in enumerate(site.outlets, 2)} if spread else {"": host}
        room = cls(site, {}, "https" if tls else "http")
        for slug, address in addresses.items():
            room._servers[slug] = Server((address, port), room, slug or None, tls)
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
        """`scheme://address:port` of the newsroom, or of one outlet where each has its own."""
        server = self._servers.get(outlet) or self._servers.get("") or next(iter(self._servers.values()))
        return f"{self.scheme}://{server.server_address[0]!s}:{server.server_address[1]}"

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
        return self._put(
            Article(key, outlet, f"/{outlet}{place}", title, body, moment, summary=body[0], section=section)
        )

    def _put(self, article: Article) -> Article:
        self.site.put(article)
        if not self.hub.is_silent:
            Thread(target=self._deliver, args=(article.outlet,), daemon=True).start()
        return article

    def _deliver(self, outlet: str) -> None:
        for subscription in self.hub.subscriptions:
            topic = urlsplit(subscription.topic)
            owner = self.site.outlet_of_host(topic.netloc)
            if outlet in (owner, outlet_of(topic.path)):
                base = f"{self.scheme}://{topic.netloc}"
                self.hub.deliver(subscription, base, self.site.reply(topic.path, base, owner))

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
        return self._put(replace(old, title=title or old.title, paragraphs=body, summary=body[0], modified=moment))

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


def slug(title: str) -> str:
    """The first words of a title as an address has them: no marks, no punctuation."""
    bare = (letter for letter in title if unicodedata.category(letter) != "Mn")
    words = "".join(letter if letter.isalnum() else " " for letter in bare).split()
    return "-".join(words[:8])

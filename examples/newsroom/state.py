"""Which address gives what: the newsroom's state, changed by its tests, and a reply for each request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from string import Template
from threading import RLock
from urllib.parse import parse_qsl, unquote, urlsplit

from examples.newsroom import content, replies
from examples.newsroom.content import Article, FeedSpec, Outlet, Route
from examples.newsroom.feeds import feed_articles, feed_body
from examples.newsroom.pages import article_page, listing_page, url_of
from examples.newsroom.replies import Reply

_NOT_FOUND = Route(path="", status=404, file="404.html")


class Site:
    """All outlets under one roof, `/<slug>/…` each; safe to use from several threads."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.outlets = content.read_outlets()
        self.revisions = content.read_revisions()
        self._lock = RLock()
        self._articles = {article.key: article for article in content.read_articles()}
        self._routes = dict(content.read_routes())
        self._visits: Counter[str] = Counter()
        self._withdrawn: dict[str, int] = {}

    def article(self, key: str) -> Article:
        with self._lock:
            return self._articles[key]

    def articles(self, outlet: str) -> tuple[Article, ...]:
        """The outlet's articles, newest first."""
        with self._lock:
            chosen = [article for article in self._articles.values() if article.outlet == outlet]
        return tuple(sorted(chosen, key=lambda article: (article.published, article.key), reverse=True))

    @property
    def routes(self) -> frozenset[str]:
        """The paths that do something else than serve what is there."""
        with self._lock:
            return frozenset(self._routes)

    def put(self, article: Article) -> Article:
        with self._lock:
            self._articles[article.key] = article
        return article

    def route(self, route: Route) -> None:
        with self._lock:
            self._routes[route.path] = route

    def withdraw(self, key: str, status: int) -> None:
        """From now on the article's page, and its twins, answer with `status`."""
        with self._lock:
            self._withdrawn[self._articles[key].key] = status

    def unroute(self, path: str) -> None:
        with self._lock:
            self._routes.pop(path, None)

    def outlet_of_host(self, host: str) -> str | None:
        """The outlet that a host such as `diffa.newsroom.test` belongs to."""
        first = host.split(".")[0]
        return first if first in self.outlets else None

    def reply(self, target: str, base: str, outlet: str | None = None) -> Reply:
        """The reply before validators and gzip. `base` is `http://host:port`.

        `outlet` is set where the host is that outlet's own: then `/rss.xml` is `/<slug>/rss.xml`.
        """
        parts = urlsplit(target)
        path = unquote(parts.path)
        if outlet and path != "/robots.txt" and not path.startswith(f"/{outlet}/"):
            path = f"/{outlet}{path}"
        route = self._take_route(path)
        if route is not None and route.status:
            return replies.from_route(self._locate(route, base), self.clock())
        found = self._find(path, dict(parse_qsl(parts.query)), base, outlet)
        found = found or replies.from_route(_NOT_FOUND, self.clock())
        return replace(found, delay=route.delay, drip=route.drip, cut=route.cut) if route else found

    def _take_route(self, path: str) -> Route | None:
        with self._lock:
            route = self._routes.get(path)
            if route is not None and route.times is not None:
                if route.times > 1:
                    self._routes[path] = replace(route, times=route.times - 1)
                else:
                    del self._routes[path]
            return route

    def _locate(self, route: Route, base: str) -> Route:
        if not route.location.startswith("@"):
            return route
        return replace(route, location=url_of(base, self.article(route.location[1:]).path))

    def _find(self, path: str, query: dict[str, str], base: str, own: str | None) -> Reply | None:
        if path == "/robots.txt":
            return self._robots(base, own)
        outlet = self.outlets.get(path.split("/")[1])
        if outlet is None:
            return None
        articles = self.articles(outlet.slug)
        for feed in outlet.feeds:
            if feed.path == path:
                return self._feed(base, outlet, feed, articles)
        return _front(path, base, outlet, articles) or self._page(path, query, base, outlet)

    def _robots(self, base: str, own: str | None) -> Reply:
        # Under one roof all outlets are one host, and a host has one robots.txt.
        common = (content.FOLDER / "site" / "robots.txt").read_text(encoding="utf-8")
        return _robots(base, self.outlets[own].robots if own else common)

    def _page(self, path: str, query: dict[str, str], base: str, outlet: Outlet) -> Reply | None:
        articles = self.articles(outlet.slug)
        found = _address_of(path, query, outlet, articles)
        if found is None:
            return None
        article, twin = found
        with self._lock:
            status = self._withdrawn.get(article.key)
        if status is not None:
            return replies.from_route(Route(path, status, file="410.html"), self.clock())
        return _html(article_page(base, outlet, article, articles, twin), outlet, article.modified or article.published)

    def _feed(self, base: str, outlet: Outlet, feed: FeedSpec, articles: tuple[Article, ...]) -> Reply:
        with self._lock:
            self._visits[feed.path] += 1
            visit = self._visits[feed.path]
        body = feed_body(base, outlet, feed, articles, visit)
        changed = max((a.modified or a.published for a in feed_articles(feed, articles)), default=None)
        return replies.feed_content(body, feed, changed)


def _front(path: str, base: str, outlet: Outlet, articles: tuple[Article, ...]) -> Reply | None:
    if path in (f"/{outlet.slug}", f"/{outlet.slug}/"):
        return _html(listing_page(base, outlet, articles, outlet.name), outlet, None)
    if path == f"/{outlet.slug}/robots.txt":
        return _robots(base, outlet.robots)
    return None


def _robots(base: str, robots: str) -> Reply:
    text = Template(robots).substitute(base=base).lstrip()
    return replies.content(text.encode(), "text/plain; charset=utf-8")


def _address_of(
    path: str, query: dict[str, str], outlet: Outlet, articles: Sequence[Article]
) -> tuple[Article, str] | None:
    """The article of an address, and by which twin it was asked for ("": the page itself)."""
    for article in articles:
        for twin in ("", *outlet.twins):
            if _is_at(outlet.address(article, twin), path, query):
                return article, twin
    return None


def _is_at(address: str, path: str, query: dict[str, str]) -> bool:
    # Parameters that the address does not name (tracking, mostly) are passed over, as real servers do.
    parts = urlsplit(address)
    return parts.path == path and set(parse_qsl(parts.query)) <= set(query.items())


def _html(page: str, outlet: Outlet, changed: datetime | None) -> Reply:
    charset = f"; charset={outlet.charset}" if outlet.charset else ""
    return replies.content(page.encode(outlet.encoding, "xmlcharrefreplace"), f"text/html{charset}", changed)

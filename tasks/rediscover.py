"""Find the new address of a feed that is lost: what is configured, else what the site itself names."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit, urlunsplit

from tasks.domain.articles.decode import decode
from tasks.domain.feeds.discover import best, feed_links, sitemap_links
from tasks.domain.feeds.parse import parse_answer
from tasks.fetch import Fetcher
from warehouse.records import Feed, FeedState, Response, Source

_FEED_HOSTS = ("feeds.", "feed.", "rss.")


async def find_again(fetcher: Fetcher, source: Source, state: FeedState, taken: frozenset[str]) -> str | None:
    """The first of these that answers as a feed: the configured address, the feed that the front page declares, a
    news sitemap of robots.txt. `taken` are the addresses of other feeds, which would only be polled twice.
    """
    seen = {state.url, *taken}
    if source.url not in seen and await _is_feed(fetcher, source.url):
        return source.url
    for front in _fronts(source.url):
        for url in (await _declared(fetcher, front, seen), await _news_sitemap(fetcher, front, seen)):
            if url and await _is_feed(fetcher, url):
                return url
    return None


def _fronts(url: str) -> tuple[str, ...]:
    """The front page of the feed's host, and of its site where the host is one for feeds."""
    root = urljoin(url, "/")
    parts = urlsplit(root)
    prefix = next((prefix for prefix in _FEED_HOSTS if parts.netloc.startswith(prefix)), None)
    return (root, urlunsplit(parts._replace(netloc=f"www.{parts.netloc.removeprefix(prefix)}"))) if prefix else (root,)


async def _declared(fetcher: Fetcher, front: str, seen: set[str]) -> str | None:
    page = await fetcher.get(front, purpose="page")
    if not isinstance(page, Response):
        return None
    html = decode(page.body, page.headers.get("content-type")).text
    found = best(link for link in feed_links(html, page.final_url) if link.url not in seen)
    return found.url if found else None


async def _news_sitemap(fetcher: Fetcher, front: str, seen: set[str]) -> str | None:
    robots = await fetcher.get(urljoin(front, "/robots.txt"), purpose="feed")
    if not isinstance(robots, Response) or robots.status != 200:
        return None
    links = sitemap_links(robots.body.decode("utf-8", "replace"), robots.final_url)
    # Only those of news: a common sitemap lists the whole archive of a site.
    return next(
        (link.url for link in links if link.url not in seen and "news" in urlsplit(link.url).path.lower()), None
    )


async def _is_feed(fetcher: Fetcher, url: str) -> bool:
    answer = await fetcher.get(url, purpose="feed")
    if not isinstance(answer, Response) or answer.status != 200:
        return False
    feed = parse_answer(answer)
    return isinstance(feed, Feed) and bool(feed.entries)

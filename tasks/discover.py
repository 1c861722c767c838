"""Find the feeds of a site: what its front page names, else the usual places, each asked whether it is a feed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tasks.domain.articles.decode import decode
from tasks.domain.feeds.discover import feed_links, usual_addresses
from tasks.domain.feeds.parse import parse_answer
from tasks.fetch import Fetcher
from tasks.limits import fetch_limits
from tasks.settings import Settings
from warehouse.records import Feed, Rejected, Response


@dataclass(frozen=True, slots=True)
class Found:
    """An address that answered as a feed, with the date of its newest entry."""

    url: str
    title: str
    version: str
    entries: int
    newest: datetime | None


def discover_feeds(site: str, settings: Settings) -> list[Found] | Rejected:
    """The feeds of `site`, those its page declares first; Rejected where the site itself cannot be had."""
    return asyncio.run(_discover(site, settings))


async def _discover(site: str, settings: Settings) -> list[Found] | Rejected:
    async with Fetcher(fetch_limits(settings)) as fetcher:
        page = await fetcher.get(site, purpose="page")
        if isinstance(page, Rejected):
            return page
        html = decode(page.body, page.headers.get("content-type")).text
        named = await _ask(fetcher, [link.url for link in feed_links(html, page.final_url)])
        return named or await _ask(fetcher, usual_addresses(page.final_url))


async def _ask(fetcher: Fetcher, urls: Sequence[str]) -> list[Found]:
    answers = await asyncio.gather(*(fetcher.get(url, purpose="feed") for url in urls))
    found = [_found(answer) for answer in answers if isinstance(answer, Response) and answer.status == 200]
    return [one for one in found if one is not None]


def _found(answer: Response) -> Found | None:
    feed = parse_answer(answer)
    if not isinstance(feed, Feed):
        return None
    newest = max((entry.published for entry in feed.entries if entry.published), default=None)
    return Found(answer.final_url, feed.title, feed.version, len(feed.entries), newest)

"""One address that somebody wants looked at now: a feed or a page, configured or not."""

from __future__ import annotations

import asyncio

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.domain.articles.urls import feed_id
from tasks.domain.feeds.address import page_as_feed, source_of
from tasks.domain.feeds.parse import parse_answer
from tasks.fetch import Fetcher
from tasks.limits import fetch_limits
from tasks.load import store_of
from tasks.poll import Polled
from tasks.runs import Run, utc_now
from tasks.settings import Settings
from warehouse.records import Feed, FeedState, Rejected, Response, Source


@task(name="look at address", cache_policy=NO_CACHE)
def look_at(address: str, settings: Settings, run: Run) -> Polled:
    """Ask for the address as for a feed of its own; a page is a feed with one entry."""
    get_run_logger().info("looking at %s", address)
    source, state = _known(address, settings)
    response, feed = asyncio.run(_ask(address, settings))
    return Polled(source, state, response, feed)


def _known(address: str, settings: Settings) -> tuple[Source, FeedState]:
    now = utc_now()
    source = source_of(address, settings.sources)
    with store_of(settings) as store:
        if source.feed_id not in {one.feed_id for one in settings.sources}:
            store.add_source(source, now)
    # Without validators: the whole answer is wanted.
    return source, FeedState(feed_id(address), address)


async def _ask(address: str, settings: Settings) -> tuple[Response | Rejected, Feed | Rejected | None]:
    async with Fetcher(fetch_limits(settings)) as fetcher:
        page = await fetcher.get(address, purpose="page")
        if isinstance(page, Response):
            return page, page_as_feed(page.final_url)
        if page.reason != "not_html":
            return page, None
        answer = await fetcher.get(address, purpose="feed")
    if isinstance(answer, Rejected) or answer.status >= 400:
        return answer, None
    return answer, parse_answer(answer, max_entries=settings.ingest.max_entries)

"""Ask feeds for what is new: one task run for a batch of feeds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.domain.feeds.hints import is_away_for_now
from tasks.domain.feeds.parse import parse_answer
from tasks.domain.feeds.schedule import request_headers, settle, wants_rediscovery
from tasks.fetch import Fetcher
from tasks.limits import fetch_limits, rhythm
from tasks.rediscover import find_again
from tasks.runs import utc_now
from tasks.settings import Settings
from warehouse.records import Feed, FeedState, Rejected, Response, Source

NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Polled:
    """One feed asked once. `feed` is None where the answer has no body to parse.

    `lost` tells of the feed's old address where this answer is from a new one, which `state` then has. `seconds` is
    how long it took, waiting for its host's turn included.
    """

    source: Source
    state: FeedState
    response: Response | Rejected
    feed: Feed | Rejected | None
    lost: str = ""
    seconds: float = 0.0


@task(name="poll feeds", cache_policy=NO_CACHE)
def poll_feeds(feeds: Sequence[tuple[Source, FeedState]], settings: Settings) -> list[Polled]:
    """Request every feed, conditionally where its validators are known, and parse what comes back."""
    get_run_logger().info("polling %d feeds", len(feeds))
    return asyncio.run(_poll_all(feeds, settings))


async def _poll_all(feeds: Sequence[tuple[Source, FeedState]], settings: Settings) -> list[Polled]:
    async with Fetcher(fetch_limits(settings)) as fetcher:
        return await asyncio.gather(*(_timed(fetcher, source, state, settings) for source, state in feeds))


async def _timed(fetcher: Fetcher, source: Source, state: FeedState, settings: Settings) -> Polled:
    started = time.monotonic()
    polled = await _poll(fetcher, source, state, settings)
    return replace(polled, seconds=time.monotonic() - started)


async def _poll(fetcher: Fetcher, source: Source, state: FeedState, settings: Settings) -> Polled:
    polled = await _ask(fetcher, source, state, settings)
    after, event = settle(state, polled.response, polled.feed, 0, utc_now(), rhythm(settings))
    # A feed that is gone is the publisher's word: it is muted and reported, for a person to choose another.
    is_away = isinstance(polled.response, Response) and is_away_for_now(polled.response)
    if not wants_rediscovery(after) or after.is_muted or is_away:
        return polled
    taken = frozenset(one.url for one in settings.sources if one.feed_id != source.feed_id)
    found = await find_again(fetcher, source, state, taken)
    if found is None:
        return polled
    moved = replace(state, url=found, etag=None, last_modified=None, body_hash=None)
    return replace(await _ask(fetcher, source, moved, settings), lost=f"{state.url} is {event.outcome}")


async def _ask(fetcher: Fetcher, source: Source, state: FeedState, settings: Settings) -> Polled:
    response = await fetcher.get(state.url, headers=request_headers(state), purpose="feed")
    feed = None
    if isinstance(response, Response) and response.status != NOT_MODIFIED and response.status < 400:
        feed = parse_answer(response, max_entries=settings.ingest.max_entries, country=source.country)
    return Polled(source, state, response, feed)

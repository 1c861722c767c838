"""Into the warehouse and out of its queue. Every write is one transaction of the store, and can be repeated."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.domain.articles.landing import make_article, retry_at
from tasks.domain.feeds.entries import sightings
from tasks.domain.feeds.schedule import is_failure, may_poll_early, settle
from tasks.hubs import with_hubs
from tasks.limits import rhythm
from tasks.pages import Extracted
from tasks.poll import Polled
from tasks.revisits import follow_up, is_quiet
from tasks.runs import Run, Summary, summarise, utc_now
from tasks.settings import Settings
from warehouse.records import (
    Analysis,
    Article,
    Feed,
    FeedState,
    Poll,
    Rejected,
    Response,
    Sighting,
    Source,
    Work,
)
from warehouse.snapshot import Published, publish
from warehouse.store import LoadCounts, Store, open_store

_END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Landed:
    """The articles of a batch, and how many of them were new."""

    articles: list[Article]
    counts: LoadCounts


def store_of(settings: Settings) -> AbstractContextManager[Store]:
    """The warehouse of `settings`, opened for writing. Raises WarehouseBusy while another run holds it."""
    return open_store(settings.primary, wait=settings.warehouse.lock_seconds)


def open_run(flow: str, settings: Settings) -> Run:
    """Begin a run, and make the configured feeds known."""
    now = utc_now()
    with store_of(settings) as store:
        store.sync_sources(settings.sources, now)
        return Run(store.start_run(flow, now), flow, now)


def close_run(run: Run, settings: Settings) -> Summary:
    """End a run and record what it did."""
    summary = summarise(run, utc_now())
    with store_of(settings) as store:
        store.finish_run(run.run_id, summary.outcome, summary.counts, utc_now())
    return summary


def due_feeds(settings: Settings, everything: bool = False) -> tuple[tuple[Source, FeedState], ...]:
    """The feeds whose time has come; or `everything`, but for servers that asked for patience."""
    now = utc_now()
    with store_of(settings) as store:
        if not everything:
            return store.due_feeds(now)
        return tuple(due for due in store.due_feeds(_END_OF_TIME) if may_poll_early(due[1], now))


@task(name="land polls", cache_policy=NO_CACHE)
def land_polls(polled: Sequence[Polled], settings: Settings, run: Run) -> list[Poll]:
    """Decide what each answer means for its feed, and store it with its entries; new articles join the queue."""
    now = utc_now()
    with store_of(settings) as store:
        seen = [_sightings(one, now) for one in polled]
        known = store.known_articles([sighting.article_id for entries, _ in seen for sighting in entries])
        polls = [_settled(one, *found, known, settings, now) for one, found in zip(polled, seen, strict=True)]
        polls = with_hubs(store, polled, polls, known, settings, now)
        counts = store.save_polls(polls, run.run_id, now)
    run.tally["feeds polled"] += len(polls)
    run.tally["new entries"] += counts.new
    run.reject(rejected for poll in polls for rejected in poll.rejected)
    run.failing.update({poll.state.url: poll.event.outcome for poll in polls if is_failure(poll.event.outcome)})
    run.seconds_of.update({one.state.url: one.seconds for one in polled})
    get_run_logger().info("%d feeds polled, %d failing, %d new entries", len(polls), len(run.failing), counts.new)
    return polls


def _settled(
    polled: Polled,
    seen: tuple[Sighting, ...],
    rejected: tuple[Rejected, ...],
    known: frozenset[str],
    settings: Settings,
    now: datetime,
) -> Poll:
    new = len({sighting.article_id for sighting in seen} - known)
    state, event = settle(
        polled.state, polled.response, polled.feed, new, now, rhythm(settings), jitter=random.random()
    )
    if polled.lost:
        told = f"now polled at {polled.state.url}, for {polled.lost}"
        event = replace(event, detail="; ".join(part for part in (told, event.detail) if part))
    return Poll(state, event, seen, rejected)


def _sightings(polled: Polled, now: datetime) -> tuple[tuple[Sighting, ...], tuple[Rejected, ...]]:
    failures = tuple(part for part in (polled.response, polled.feed) if isinstance(part, Rejected))
    if isinstance(polled.feed, Feed) and isinstance(polled.response, Response):
        return sightings(polled.source, polled.feed, polled.response.final_url, now)
    return (), failures


def claim_pages(settings: Settings, run: Run, only: Sequence[str] | None = None) -> tuple[Work, ...]:
    """Lease the next batch of pages to fetch, of the articles `only` names: a run that dies gives it back."""
    with store_of(settings) as store:
        return store.claim_work(
            "fetch",
            limit=settings.ingest.articles_per_batch,
            now=utc_now(),
            lease_minutes=settings.ingest.lease_minutes,
            run_id=run.run_id,
            only=only,
        )


@task(name="land articles", cache_policy=NO_CACHE)
def land_articles(extracted: Sequence[Extracted], settings: Settings, run: Run) -> Landed:
    """Store the articles of a batch and take its pages off the queue, in one transaction."""
    now = utc_now()
    articles = [article for one in extracted if (article := _article(one))]
    refused = [
        _refusal(one, one.page, settings, now)
        for one in extracted
        if isinstance(one.page, Rejected) and not is_quiet(one)
    ]
    again = [one.fetched.work.article_id for one in extracted if one.fetched.work.visit]
    with store_of(settings) as store:
        after = follow_up(extracted, articles, store.latest_texts(again), settings, now)
        counts = store.save_articles(articles, refused, run.run_id, now, after)
    _tally(run, counts, "new articles", "new versions", "articles already known")
    for name, count in (("pages looked at again", len(again)), ("pages found gone", len(after.deletions))):
        if count:
            run.tally[name] += count
    run.reject(rejected for _, rejected, _ in refused)
    get_run_logger().info("%d new articles, %d rejected", counts.new, len(refused))
    return Landed(articles, counts)


def _article(one: Extracted) -> Article | None:
    if isinstance(one.page, Rejected):
        return None
    fetched, at = one.fetched, one.fetched.archived
    return make_article(fetched.work, one.page, fetched.at, at.file if at else None, at.offset if at else None)


def _refusal(
    one: Extracted, rejected: Rejected, settings: Settings, now: datetime
) -> tuple[Work, Rejected, datetime | None]:
    work = one.fetched.work
    return work, rejected, retry_at(rejected, work.attempts + 1, now, max_attempts=settings.ingest.max_attempts)


def claim_articles(version: str, settings: Settings, run: Run) -> tuple[Article, ...]:
    """Lease the next batch of articles that this engine version has not read."""
    with store_of(settings) as store:
        return store.claim_articles(
            engine_version=version,
            limit=settings.analysis.articles_per_batch,
            now=utc_now(),
            lease_minutes=settings.ingest.lease_minutes,
            run_id=run.run_id,
        )


def waiting_articles(version: str, settings: Settings) -> int:
    """How many articles this engine version has still to read, those not counted that its first question queues."""
    with store_of(settings) as store:
        return store.pending_analyses(version)


@task(name="land analyses", cache_policy=NO_CACHE)
def land_analyses(analyses: Sequence[Analysis], settings: Settings, run: Run) -> None:
    """Store entities and claims of a batch, in one transaction."""
    with store_of(settings) as store:
        counts = store.save_analyses(analyses, run.run_id, utc_now())
    _tally(run, counts, "articles analysed", "articles analysed again", "analyses already known")
    run.tally["mentions"] += sum(len(analysis.mentions) for analysis in analyses)
    run.tally["claims"] += sum(len(analysis.claims) for analysis in analyses)


@task(name="publish snapshot", cache_policy=NO_CACHE)
def publish_snapshot(settings: Settings) -> Published | None:
    """Copy the warehouse to where people open it; None when the last snapshot is recent enough."""
    return publish(
        settings.primary,
        settings.paths.snapshot,
        now=utc_now(),
        min_interval_s=settings.warehouse.publish_every_seconds,
        wait=settings.warehouse.lock_seconds,
    )


def activate_engine(version: str, settings: Settings) -> bool:
    """Show this engine version's rows from now on, once it has read every article."""
    with store_of(settings) as store:
        return not store.pending_analyses(version) and store.activate_engine(version, utc_now())


def _tally(run: Run, counts: LoadCounts, new: str, changed: str, unchanged: str) -> None:
    for name, count in ((new, counts.new), (changed, counts.changed), (unchanged, counts.unchanged)):
        if count or name == new:
            run.tally[name] += count
    if counts.quarantined:
        run.tally["rows quarantined"] += counts.quarantined

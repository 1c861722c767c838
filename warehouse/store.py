"""The only writer of the warehouse. One Store for one task: open it, save one batch or a few, let it go."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Literal

from duckdb import DuckDBPyConnection

from warehouse import analyses, articles, engines, followup, leases, origins, polls, signals, subscriptions
from warehouse.connect import open_primary
from warehouse.errors import WarehouseError
from warehouse.place import Place
from warehouse.records import (
    Analysis,
    Article,
    DailyClaims,
    FeedState,
    HubSubscription,
    Poll,
    Rejected,
    Said,
    Signal,
    Source,
    Work,
)
from warehouse.rows import LoadCounts, naive
from warehouse.sql import run_file
from warehouse.transaction import transaction

__all__ = ["LoadCounts", "Store", "open_store"]

MEMORY_LIMIT = "400MB"
THREADS = 2
_NOTHING_MORE = followup.Followup()


@contextmanager
def open_store(
    place: Place, *, wait: float = 30.0, memory_limit: str = MEMORY_LIMIT, threads: int = THREADS
) -> Iterator[Store]:
    """Open the warehouse alone, migrated; raise WarehouseBusy when another process holds it for `wait` seconds."""
    with open_primary(place, wait=wait, memory_limit=memory_limit, threads=threads) as connection:
        yield Store(connection)


class Store:
    """Each method is one transaction; all times are aware. Not to be shared between threads."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection
        self._thread = threading.get_ident()

    @property
    def _open(self) -> DuckDBPyConnection:
        if threading.get_ident() != self._thread:
            raise WarehouseError("a Store belongs to the thread that opened it; open one in each task")
        return self._connection

    def start_run(self, flow: str, now: datetime) -> str:
        run_id = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        with transaction(self._open):
            run_file(self._open, "runs/start", run_id=run_id, flow=flow, now=naive(now))
        return run_id

    def finish_run(self, run_id: str, state: str, counts: Mapping[str, int], now: datetime) -> None:
        values = {"run_id": run_id, "state": state, "counts": json.dumps(dict(counts)), "now": naive(now)}
        with transaction(self._open):
            run_file(self._open, "runs/finish", **values)

    def sync_sources(self, sources: Sequence[Source], now: datetime) -> None:
        """Take over the configured feeds; one that is configured no more stays, inactive."""
        polls.sync_sources(self._open, sources, now)

    def add_source(self, source: Source, now: datetime) -> None:
        """Make known where something comes from that is looked at once; a configured feed stays as it is."""
        polls.add_source(self._open, source, now)

    def due_feeds(self, now: datetime) -> tuple[tuple[Source, FeedState], ...]:
        """Active feeds that are not muted and are to be polled now, the longest due first."""
        return polls.due_feeds(self._open, now)

    def lease_feeds(
        self, feed_ids: Sequence[str], *, now: datetime, lease_minutes: float, run_id: str
    ) -> frozenset[str]:
        """Lease those of `feed_ids` that no other run holds; saving their polls ends it, or its time."""
        lease = timedelta(minutes=lease_minutes)
        return leases.lease_feeds(self._open, feed_ids, now=now, lease=lease, run_id=run_id)

    def unfinished_runs(self) -> frozenset[str]:
        """The runs that have not ended, or died before they could say so."""
        return leases.unfinished_runs(self._open)

    def give_back(self, run_ids: Sequence[str], *, now: datetime, state: str, is_death: bool) -> None:
        """End runs and free what they had leased; what died with its worker is counted as tried."""
        leases.give_back(self._open, run_ids, now=now, state=state, is_death=is_death)

    def known_articles(self, ids: Sequence[str]) -> frozenset[str]:
        """Those of `ids` that a feed showed before or that are stored."""
        return articles.known_articles(self._open, ids)

    def latest_texts(self, ids: Sequence[str]) -> Mapping[str, followup.LatestText]:
        """The newest text of those of `ids` that are stored, by article."""
        return followup.latest_texts(self._open, ids)

    def origins(self, ids: Sequence[str]) -> Mapping[str, origins.Origin]:
        """Where those of `ids` that a feed showed came from, by article."""
        return origins.origins(self._open, ids)

    def save_polls(self, batch: Sequence[Poll], run_id: str, now: datetime) -> LoadCounts:
        """Store polls and queue new articles for fetching. Counts: new articles, changed entries, known entries."""
        return polls.save_polls(self._open, batch, run_id, now)

    def subscriptions(self) -> tuple[HubSubscription, ...]:
        """What hubs were asked to deliver, of the feeds that are configured."""
        return subscriptions.subscriptions(self._open)

    def save_subscriptions(self, batch: Sequence[HubSubscription], now: datetime) -> None:
        """Replace what is known of these feeds' hubs."""
        subscriptions.save_subscriptions(self._open, batch, now)

    def claim_work(
        self,
        stage: Literal["fetch"],
        *,
        limit: int,
        now: datetime,
        lease_minutes: float,
        run_id: str,
        engine_version: str | None = None,
        only: Sequence[str] | None = None,
    ) -> tuple[Work, ...]:
        """Lease articles to fetch, taking turns between feeds; what is not saved in time is offered again.

        `only` names articles to choose from.
        """
        if stage != "fetch" or engine_version is not None:
            raise WarehouseError("claim_work leases fetches; claim_articles leases articles to analyse")
        lease = timedelta(minutes=lease_minutes)
        return articles.claim_fetches(self._open, limit=limit, now=now, lease=lease, run_id=run_id, only=only)

    def claim_articles(
        self, *, engine_version: str, limit: int, now: datetime, lease_minutes: float, run_id: str
    ) -> tuple[Article, ...]:
        """Lease the latest versions of articles that this engine version has not read yet."""
        lease = timedelta(minutes=lease_minutes)
        return analyses.claim_articles(
            self._open, engine_version=engine_version, limit=limit, now=now, lease=lease, run_id=run_id
        )

    def save_articles(
        self,
        batch: Sequence[Article],
        rejected: Sequence[tuple[Work, Rejected, datetime | None]],
        run_id: str,
        now: datetime,
        after: followup.Followup = _NOTHING_MORE,
    ) -> LoadCounts:
        """Store texts that are new and end their work; a rejection with a time is tried again then, else given up.

        `after` plans further looks at pages, which keeps their work in the queue.
        Counts: new articles, further versions, texts already known.
        """
        return articles.save_articles(self._open, batch, rejected, run_id, now, after)

    def save_analyses(self, batch: Sequence[Analysis], run_id: str, now: datetime) -> LoadCounts:
        """Store what an engine version found. Counts: articles read first, read again, analyses already known."""
        return analyses.save_analyses(self._open, batch, run_id, now)

    def release(self, stage: Literal["fetch", "analyse"], article_ids: Sequence[str]) -> None:
        """Give leased work back undone."""
        articles.release(self._open, stage, article_ids)

    def pending_analyses(self, engine_version: str) -> int:
        """How many articles still wait for this engine version."""
        return engines.pending_analyses(self._open, engine_version)

    def activate_engine(self, engine_version: str, now: datetime) -> bool:
        """Show this engine version's rows from now on; False when it is the active one already."""
        return engines.activate_engine(self._open, engine_version, now)

    def daily_claims(self, since: datetime) -> tuple[DailyClaims, ...]:
        """Claims of each day since then, by pair and kind."""
        return signals.daily_claims(self._open, since)

    def said(self, article_ids: Sequence[str], engine_version: str) -> tuple[Said, ...]:
        """What the last two texts said of those articles that this engine version read more than once."""
        return signals.said(self._open, article_ids, engine_version)

    def save_signals(self, batch: Sequence[Signal], run_id: str, now: datetime) -> tuple[Signal, ...]:
        """Keep what people are told; returns those that they were not told before."""
        return signals.save_signals(self._open, batch, run_id, now)

    def counts(self) -> Mapping[str, int]:
        """How much of everything there is."""
        return dict(run_file(self._open, "runs/counts").fetchall())

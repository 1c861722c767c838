"""Feeds as configured, and what polling them brought."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.records import Entry, FeedState, Poll, Rejected, Sighting, Source
from warehouse.rows import (
    FLAG,
    REAL,
    TEXT,
    TEXTS,
    TIME,
    WHOLE,
    LoadCounts,
    Row,
    aware,
    identity,
    incoming,
    naive,
    records,
    register,
)
from warehouse.sql import run_file
from warehouse.transaction import transaction

_SOURCE = dict.fromkeys(("feed_id", "url", "outlet", "country", "owner", "language"), TEXT)
_STATE = {
    **dict.fromkeys(("feed_id", "url", "etag", "last_modified", "body_hash", "outcome", "redirect_url"), TEXT),
    **dict.fromkeys(("next_poll_at", "last_polled_at", "last_success_at", "last_new_entry_at", "polled_at"), TIME),
    **dict.fromkeys(("interval_minutes", "failures"), REAL),
    "redirect_count": WHOLE,
    "is_muted": FLAG,
}
_EVENT = {
    **dict.fromkeys(("feed_id", "outcome", "detail"), TEXT),
    **dict.fromkeys(("http_status", "entries", "new_entries"), WHOLE),
    "polled_at": TIME,
}
_SIGHTING = {
    **dict.fromkeys(("feed_id", "article_id", "url", "entry_id", "guid", "link", "title", "summary"), TEXT),
    **dict.fromkeys(("date_reason", "entry"), TEXT),
    **dict.fromkeys(("published_at", "updated_at", "seen_at"), TIME),
    "authors": TEXTS,
}
REJECTED = dict.fromkeys(("rejected_id", "stage", "feed_id", "article_id", "subject", "reason", "detail"), TEXT)
_STATE_TIMES = ("next_poll_at", "last_polled_at", "last_success_at", "last_new_entry_at")


def sync_sources(connection: DuckDBPyConnection, sources: Sequence[Source], now: datetime) -> None:
    register(connection, incoming("sources", _SOURCE, sources, asdict))
    with transaction(connection):
        run_file(connection, "feeds/sync", now=naive(now))


def add_source(connection: DuckDBPyConnection, source: Source, now: datetime) -> None:
    register(connection, incoming("sources", _SOURCE, [source], asdict))
    with transaction(connection):
        run_file(connection, "feeds/add", now=naive(now))


def due_feeds(connection: DuckDBPyConnection, now: datetime) -> tuple[tuple[Source, FeedState], ...]:
    return tuple(_due(row) for row in records(run_file(connection, "feeds/due", now=naive(now))))


def _due(row: dict[str, Any]) -> tuple[Source, FeedState]:
    names = ("feed_id", "outlet", "country", "owner", "language")
    source = Source(url=row["source_url"], **{name: row[name] for name in names})
    if row["outcome"] is None:
        return source, FeedState(source.feed_id, source.url)
    state = {name: row[name] for name in FeedState.__slots__}
    return source, FeedState(**{**state, **{name: aware(state[name]) for name in _STATE_TIMES}})


def save_polls(connection: DuckDBPyConnection, polls: Sequence[Poll], run_id: str, now: datetime) -> LoadCounts:
    sightings = [seen for poll in polls for seen in poll.sightings]
    rejected = [(poll.state.feed_id, item) for poll in polls for item in poll.rejected]
    register(
        connection,
        incoming("states", _STATE, polls, _state_row),
        incoming("events", _EVENT, polls, _event_row),
        incoming("sightings", _SIGHTING, sightings, _sighting_row),
        incoming("rejected", REJECTED, rejected, lambda pair: rejected_row(pair[1], pair[0], None)),
    )
    stamp = {"run_id": run_id, "now": naive(now)}
    with transaction(connection):
        run_file(connection, "polls/stage")
        since, until = run_file(connection, "polls/window").fetchall()[0]
        run_file(connection, "polls/known", since=since, until=until)
        run_file(connection, "polls/load", **stamp)
        run_file(connection, "refusals/reject", **stamp)
        run_file(connection, "refusals/quarantine", **stamp)
        return LoadCounts(*run_file(connection, "polls/counts").fetchall()[0])


def _state_row(poll: Poll) -> Row:
    row = asdict(poll.state)
    times = {name: naive(row[name]) for name in _STATE_TIMES}
    return {**row, **times, "polled_at": naive(poll.state.last_polled_at or poll.event.polled_at)}


def _event_row(poll: Poll) -> Row:
    return {**asdict(poll.event), "polled_at": naive(poll.event.polled_at)}


def _sighting_row(seen: Sighting) -> Row:
    entry = asdict(seen.entry)
    return {
        **entry,
        "feed_id": seen.feed_id,
        "article_id": seen.article_id,
        "url": seen.url,
        "entry_id": identity(seen.article_id, entry),
        "entry": entry_to_json(seen.entry),
        "published_at": naive(seen.entry.published),
        "updated_at": naive(seen.entry.updated),
        "seen_at": naive(seen.seen_at),
    }


def rejected_row(rejected: Rejected, feed_id: str | None, article_id: str | None) -> Row:
    key = (rejected.stage, feed_id, article_id, rejected.subject, rejected.reason)
    return {**asdict(rejected), "feed_id": feed_id, "article_id": article_id, "rejected_id": identity(*key)}


def entry_to_json(entry: Entry) -> str:
    times = {"published": entry.published, "updated": entry.updated}
    stamps = {name: time.isoformat() if time else None for name, time in times.items()}
    return json.dumps({**asdict(entry), **stamps}, ensure_ascii=True)


def entry_from_json(text: str) -> Entry:
    fields = json.loads(text)
    times = {name: fields[name] and datetime.fromisoformat(fields[name]) for name in ("published", "updated")}
    return Entry(**{**fields, **times, "authors": tuple(fields["authors"])})

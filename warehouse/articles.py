"""The work of fetching, and the articles it brings."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.followup import Followup, batches
from warehouse.polls import REJECTED, entry_from_json, rejected_row
from warehouse.records import Article, Rejected, Source, Work
from warehouse.rows import REAL, TEXT, TEXTS, TIME, WHOLE, LoadCounts, Row, incoming, naive, records, register
from warehouse.sql import run_file
from warehouse.transaction import transaction

Failure = tuple[Work, Rejected, datetime | None]

_ARTICLE = {
    **dict.fromkeys(("article_id", "url", "feed_id", "outlet", "country", "title", "text", "language"), TEXT),
    **dict.fromkeys(("text_hash", "body_source", "archive_file"), TEXT),
    **dict.fromkeys(("published_at", "fetched_at"), TIME),
    "authors": TEXTS,
    **dict.fromkeys(("archive_offset", "words_added", "words_removed"), WHOLE),
    "change_summary": TEXT,
    "changed_share": REAL,
}
_FAILURE = {"article_id": TEXT, "attempts": WHOLE, "error": TEXT, "retry_at": TIME}
IDS = {"id": TEXT}
# So many workers may die over one article before it is given up.
MAX_DEATHS = 5


def claim_fetches(
    connection: DuckDBPyConnection,
    *,
    limit: int,
    now: datetime,
    lease: timedelta,
    run_id: str,
    only: Sequence[str] | None = None,
) -> tuple[Work, ...]:
    values = {"limit": limit, "now": naive(now), "leased_until": naive(now + lease), "run_id": run_id}
    chosen = None if only is None else list(only)
    with transaction(connection):
        run_file(connection, "work/give_up", stage="fetch", max_deaths=MAX_DEATHS, now=naive(now), run_id=run_id)
        return tuple(_work(row) for row in records(run_file(connection, "work/claim_fetch", only=chosen, **values)))


def _work(row: dict[str, Any]) -> Work:
    names = ("feed_id", "outlet", "country", "owner", "language")
    source = Source(url=row["source_url"], **{name: row[name] for name in names})
    visit = {name: row[name] for name in ("visit", "etag", "last_modified")}
    return Work(row["article_id"], row["url"], source, entry_from_json(row["entry"]), row["attempts"], **visit)


def known_articles(connection: DuckDBPyConnection, ids: Sequence[str]) -> frozenset[str]:
    register(connection, incoming("ids", IDS, ids, lambda id_: {"id": id_}))
    return frozenset(id_ for (id_,) in run_file(connection, "work/known").fetchall())


def release(connection: DuckDBPyConnection, stage: str, ids: Sequence[str]) -> None:
    register(connection, incoming("ids", IDS, ids, lambda id_: {"id": id_}))
    with transaction(connection):
        run_file(connection, "work/release", stage=stage)


def save_articles(
    connection: DuckDBPyConnection,
    articles: Sequence[Article],
    failures: Sequence[Failure],
    run_id: str,
    now: datetime,
    followup: Followup,
) -> LoadCounts:
    """Texts first, then the facts that point to them: a crash between the two loses nothing and doubles nothing."""
    done = [*(article.article_id for article in articles), *followup.done] if followup.is_queued else []
    changes = {(change.article_id, change.text_hash): asdict(change) for change in followup.changes}
    register(
        connection,
        incoming("articles", _ARTICLE, articles, lambda article: _article_row(article, changes)),
        incoming("ids", IDS, done, lambda id_: {"id": id_}),
        *batches(followup),
        incoming("failures", _FAILURE, failures, _failure_row),
        incoming("rejected", REJECTED, failures, _rejected_row),
    )
    stamp = {"run_id": run_id, "now": naive(now)}
    run_file(connection, "articles/stage")
    since, until = run_file(connection, "articles/window").fetchall()[0]
    window = {"since": since, "until": until}
    run_file(connection, "articles/versions", **window, first_body_no=time.time_ns())
    with transaction(connection):
        run_file(connection, "articles/bodies")
    with transaction(connection):
        run_file(connection, "articles/load", **stamp, **window)
        run_file(connection, "articles/followup", **stamp)
        run_file(connection, "refusals/reject", **stamp)
        run_file(connection, "refusals/quarantine", **stamp)
        return LoadCounts(*run_file(connection, "articles/counts").fetchall()[0])


def _article_row(article: Article, changes: Mapping[tuple[str, str], Row]) -> Row:
    row = {**asdict(article), **changes.get((article.article_id, article.text_hash), {})}
    row.pop("version")
    return {**row, "published_at": naive(article.published_at), "fetched_at": naive(article.fetched_at)}


def _failure_row(failure: Failure) -> Row:
    work, rejected, retry_at = failure
    error = f"{rejected.reason}: {rejected.detail}" if rejected.detail else rejected.reason
    values = {"article_id": work.article_id, "attempts": work.attempts + 1, "error": error}
    return {**values, "retry_at": naive(retry_at)}


def _rejected_row(failure: Failure) -> Row:
    work, rejected, _ = failure
    return rejected_row(rejected, work.source.feed_id, work.article_id)

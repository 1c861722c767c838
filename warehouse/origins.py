"""Where stored or refused articles came from, so that their archived pages can be read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.records import Entry, Source, Work
from warehouse.rows import TEXT, aware, incoming, records, register
from warehouse.sql import run_file


@dataclass(frozen=True, slots=True)
class Origin:
    """The work that an article once was; `fetched_at` is the time of its newest text, None where none is stored."""

    work: Work
    fetched_at: datetime | None


def origins(connection: DuckDBPyConnection, ids: Sequence[str]) -> dict[str, Origin]:
    register(connection, incoming("ids", {"id": TEXT}, ids, lambda id_: {"id": id_}))
    return {row["article_id"]: _origin(row) for row in records(run_file(connection, "articles/origins"))}


def _origin(row: dict[str, Any]) -> Origin:
    names = ("feed_id", "outlet", "country", "owner", "language")
    source = Source(url=row["source_url"], **{name: row[name] for name in names})
    entry = Entry(
        row["guid"],
        row["link"],
        row["title"],
        row["summary"],
        aware(row["published_at"]),
        aware(row["updated_at"]),
        row["date_reason"],
        authors=tuple(row["authors"]),
    )
    return Origin(Work(row["article_id"], row["url"], source, entry), aware(row["fetched_at"]))

"""What the warehouse must be asked to find spikes and changes, and what people were told of already."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.articles import IDS
from warehouse.records import DailyClaims, Said, Signal, Statement
from warehouse.rows import TEXT, TIME, Row, aware, identity, incoming, naive, records, register
from warehouse.sql import run_file
from warehouse.transaction import transaction

_SIGNAL = {**dict.fromkeys(("signal_id", "signal", "subject", "details"), TEXT), "happened_at": TIME}


def daily_claims(connection: DuckDBPyConnection, since: datetime) -> tuple[DailyClaims, ...]:
    return tuple(DailyClaims(*row) for row in run_file(connection, "signals/daily", since=naive(since)).fetchall())


def said(connection: DuckDBPyConnection, article_ids: Sequence[str], engine_version: str) -> tuple[Said, ...]:
    register(connection, incoming("ids", IDS, article_ids, lambda id_: {"id": id_}))
    rows = records(run_file(connection, "signals/said", engine_version=engine_version))
    by_article = groupby(rows, key=lambda row: str(row["article_id"]))
    return tuple(_said(list(versions)) for _, versions in by_article)


def _said(rows: Sequence[dict[str, Any]]) -> Said:
    newest = next(row for row in rows if row["is_newer"])
    fetched_at = aware(newest["fetched_at"])
    assert fetched_at is not None
    before, after = (tuple(_statements(rows, is_newer)) for is_newer in (False, True))
    return Said(newest["article_id"], newest["url"], newest["outlet"], fetched_at, before, after)


def _statements(rows: Sequence[dict[str, Any]], is_newer: bool) -> list[Statement]:
    return [
        Statement(
            row["kind"],
            (row["supplier"], row["recipient"]) if row["participants"] is None else tuple(row["participants"]),
            row["status"],
            row["items"],
        )
        for row in rows
        if row["is_newer"] == is_newer and row["kind"] is not None
    ]


def save_signals(
    connection: DuckDBPyConnection, signals: Sequence[Signal], run_id: str, now: datetime
) -> tuple[Signal, ...]:
    rows = {_signal_id(signal): signal for signal in signals}
    register(connection, incoming("signals", _SIGNAL, list(rows.items()), lambda pair: _row(*pair)))
    with transaction(connection):
        new = run_file(connection, "signals/save", run_id=run_id, now=naive(now)).fetchall()
    return tuple(rows[signal_id] for (signal_id,) in new)


def _signal_id(signal: Signal) -> str:
    return identity(signal.signal, signal.subject, signal.happened_at.isoformat())


def _row(signal_id: str, signal: Signal) -> Row:
    return {
        "signal_id": signal_id,
        "signal": signal.signal,
        "subject": signal.subject,
        "happened_at": naive(signal.happened_at),
        "details": json.dumps(signal.details, ensure_ascii=False),
    }

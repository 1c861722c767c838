"""Feeds that a hub delivers: what was asked of it and what it promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from duckdb import DuckDBPyConnection

from warehouse.records import HubSubscription
from warehouse.rows import TEXT, TIME, WHOLE, Row, aware, incoming, naive, records, register
from warehouse.sql import run_file
from warehouse.transaction import transaction

_FIELDS = {
    **dict.fromkeys(("feed_id", "hub", "topic", "callback", "state", "detail"), TEXT),
    **dict.fromkeys(("asked_at", "expires_at"), TIME),
    "missed": WHOLE,
}


def subscriptions(connection: DuckDBPyConnection) -> tuple[HubSubscription, ...]:
    run_file(connection, "subscriptions/read")
    return tuple(
        HubSubscription(**{**row, "asked_at": aware(row["asked_at"]), "expires_at": aware(row["expires_at"])})
        for row in records(connection)
    )


def save_subscriptions(connection: DuckDBPyConnection, batch: Sequence[HubSubscription], now: datetime) -> None:
    register(connection, incoming("subscriptions", _FIELDS, batch, _row))
    with transaction(connection):
        run_file(connection, "subscriptions/save", now=naive(now))


def _row(one: HubSubscription) -> Row:
    return {**asdict(one), "asked_at": naive(one.asked_at), "expires_at": naive(one.expires_at)}

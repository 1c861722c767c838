"""What runs hold, and how it comes back from those that died."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from duckdb import DuckDBPyConnection

from warehouse.articles import IDS
from warehouse.rows import incoming, naive, register
from warehouse.sql import run_file
from warehouse.transaction import transaction


def lease_feeds(
    connection: DuckDBPyConnection, ids: Sequence[str], *, now: datetime, lease: timedelta, run_id: str
) -> frozenset[str]:
    values = {"now": naive(now), "leased_until": naive(now + lease), "run_id": run_id}
    _register(connection, ids)
    with transaction(connection):
        return frozenset(feed for (feed,) in run_file(connection, "feeds/lease", **values).fetchall())


def unfinished_runs(connection: DuckDBPyConnection) -> frozenset[str]:
    return frozenset(run for (run,) in run_file(connection, "runs/unfinished").fetchall())


def give_back(
    connection: DuckDBPyConnection, run_ids: Sequence[str], *, now: datetime, state: str, is_death: bool
) -> None:
    _register(connection, run_ids)
    with transaction(connection):
        run_file(connection, "runs/give_back", now=naive(now), state=state, is_death=is_death)


def _register(connection: DuckDBPyConnection, ids: Sequence[str]) -> None:
    register(connection, incoming("ids", IDS, ids, lambda id_: {"id": id_}))

"""Engine versions: each reads the archive beside the others, and one switch decides whose rows are shown."""

from __future__ import annotations

from datetime import datetime

from duckdb import DuckDBPyConnection

from warehouse.errors import WarehouseError
from warehouse.rows import naive
from warehouse.sql import run_file
from warehouse.transaction import transaction


def ensure_engine(connection: DuckDBPyConnection, engine_version: str, run_id: str, now: datetime) -> None:
    """Inside a transaction: make the version known, and queue for it what it has not read."""
    state = run_file(connection, "engines/state", engine_version=engine_version).fetchone()
    if state is not None and state[1] is None:
        return
    run_file(connection, "engines/unretire", engine_version=engine_version)
    run_file(connection, "engines/register", engine_version=engine_version, run_id=run_id, now=naive(now))


def pending_analyses(connection: DuckDBPyConnection, engine_version: str) -> int:
    return int(run_file(connection, "engines/pending", engine_version=engine_version).fetchall()[0][0])


def activate_engine(connection: DuckDBPyConnection, engine_version: str, now: datetime) -> bool:
    """Show this version's rows from now on, in one transaction; False when it is active already."""
    state = run_file(connection, "engines/state", engine_version=engine_version).fetchone()
    if state is None:
        raise WarehouseError(f"engine {engine_version}: has read nothing yet; analyse with it first")
    if state[0]:
        return False
    waiting = pending_analyses(connection, engine_version)
    if waiting:
        raise WarehouseError(f"engine {engine_version}: {waiting} articles still wait for it; finish them first")
    with transaction(connection):
        run_file(connection, "engines/activate", engine_version=engine_version, now=naive(now))
    return True

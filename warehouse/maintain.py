"""Keeps a warehouse small and quick. Nothing that people see changes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from warehouse.connect import open_primary
from warehouse.place import Lake, Place
from warehouse.sql import run_file
from warehouse.store import THREADS

# Joining files holds one of them, up to 512 MB of Parquet, in memory.
_MEMORY_LIMIT = "1GB"


@dataclass(frozen=True, slots=True)
class Stock:
    """What a warehouse takes on disk: files with rows, their bytes, and those bytes of them that hold none."""

    files: int
    size: int
    free: int


@dataclass(frozen=True, slots=True)
class Maintained:
    place: Place
    before: Stock
    after: Stock
    seconds: float


def maintain(place: Place, *, expired_at: datetime, unused_since: datetime, wait: float = 30.0) -> Maintained:
    """Fold logs into native files; of a lake join small files, forget what it was like before `expired_at`, and
    remove files that nothing has pointed to since `unused_since`, which no reader may need any more.
    """
    started = time.monotonic()
    with open_primary(place, wait=wait, memory_limit=_MEMORY_LIMIT, threads=THREADS) as connection:
        is_lake = isinstance(place, Lake)
        before = _stock(connection, is_lake)
        if is_lake:
            run_file(connection, "lake/maintain", expired_at=expired_at, unused_since=unused_since)
        else:
            run_file(connection, "maintain/native")
        return Maintained(place, before, _stock(connection, is_lake), time.monotonic() - started)


def _stock(connection: DuckDBPyConnection, is_lake: bool) -> Stock:
    return Stock(*run_file(connection, "lake/stock" if is_lake else "maintain/stock").fetchall()[0])

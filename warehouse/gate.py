"""Writers take turns: on one machine by a lock on a file, on many by a lock of the catalogue's server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.errors import WarehouseBusy
from warehouse.lock import writer_lock
from warehouse.place import Lake, Place
from warehouse.sql import run_file

_PAUSE_S = 0.2


def local_turn(place: Place, *, wait: float) -> AbstractContextManager[None]:
    """Hold the writer's lock of `place`; raises WarehouseBusy after `wait` s. A server's lock needs a connection."""
    if isinstance(place, Lake):
        return nullcontext() if place.is_shared else writer_lock(Path(place.catalog), wait=wait)
    return writer_lock(place, wait=wait)


@contextmanager
def shared_turn(connection: DuckDBPyConnection, lake: Lake, *, wait: float) -> Iterator[None]:
    """For a catalogue of many machines: its own advisory lock, which the server frees when the holder dies."""
    if not lake.is_shared:
        yield
        return
    holder = connection.cursor()
    try:
        address = lake.catalog.replace("'", "''")
        holder.execute(f"ATTACH IF NOT EXISTS '{address}' AS gate (TYPE postgres)")
        holder.begin()
        deadline = time.monotonic() + wait
        while not run_file(holder, "lake/gate").fetchall()[0][0]:
            if time.monotonic() >= deadline:
                raise WarehouseBusy(f"{lake}: another process or machine has been writing for {wait:g} s; try again")
            time.sleep(_PAUSE_S)
        yield
    finally:
        holder.close()

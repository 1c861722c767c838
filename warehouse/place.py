"""Where a lake is: a `.sqlite` path is its catalogue on this machine, a `.toml` path says where it is for many.

[lake]
catalogue = "postgres:dbname=marsad host=db.example"
data = "/shared/marsad/"
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.errors import BrokenDatabase, WarehouseBusy
from warehouse.sql import run_file

_PAUSE_S = 0.2


@dataclass(frozen=True, slots=True)
class Place:
    """`catalogue` as DuckLake attaches it, with its kind before the first colon; `data` ends in a slash."""

    catalogue: str
    data: str

    @property
    def kind(self) -> str:
        return self.catalogue.split(":", 1)[0]


def is_lake(path: Path) -> bool:
    return path.suffix in (".sqlite", ".toml")


def place_of(path: Path) -> Place:
    """Read where the lake of `path` is."""
    if path.suffix == ".sqlite":
        return Place(f"sqlite:{path}", f"{path.with_name(path.stem)}-data/")
    try:
        lake = tomllib.loads(path.read_text(encoding="utf-8"))["lake"]
        place = Place(str(lake["catalogue"]), f"{str(lake['data']).rstrip('/')}/")
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BrokenDatabase(f"{path}: must hold a table [lake] with catalogue and data ({error!r})") from error
    if place.kind not in ("postgres", "sqlite"):
        raise BrokenDatabase(f'{path}: catalogue must begin with "postgres:" or "sqlite:", not "{place.kind}:"')
    return place


@contextmanager
def gate(connection: DuckDBPyConnection, place: Place, wait: float) -> Iterator[None]:
    """For a catalogue of many machines: its own advisory lock, which the server frees when the holder dies."""
    if place.kind != "postgres":
        yield
        return
    dsn = place.catalogue.split(":", 1)[1].replace("'", "''")
    holder = connection.cursor()
    try:
        holder.execute(f"ATTACH IF NOT EXISTS '{dsn}' AS gate (TYPE postgres)")
        holder.begin()
        deadline = time.monotonic() + wait
        while not run_file(holder, "lake/gate").fetchall()[0][0]:
            if time.monotonic() >= deadline:
                raise WarehouseBusy(f"{place.catalogue}: another machine has been writing for {wait:g} s; try again")
            time.sleep(_PAUSE_S)
        yield
    finally:
        holder.close()

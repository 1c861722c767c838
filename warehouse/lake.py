"""The DuckLake backend: a catalogue in SQLite or PostgreSQL, the rows in Parquet files, readable while written.

Its extensions come from their wheels (`pip install marsad[lake]`), so that nothing is downloaded at run time; they fit
one release of DuckDB only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.errors import WarehouseError
from warehouse.migrate import migrate
from warehouse.place import gate, place_of
from warehouse.sql import run_file
from warehouse.transaction import transaction

_SCANNERS = {"sqlite": "sqlite_scanner", "postgres": "postgres_scanner"}


@contextmanager
def open_lake(path: Path, *, wait: float, memory_limit: str, threads: int) -> Iterator[DuckDBPyConnection]:
    """A connection for writing with the lake, migrated, as its current database.

    Who writes holds the writer's lock, because two loads at once could each find the same article new; readers are
    never kept waiting.
    """
    place = place_of(path)
    if place.kind == "sqlite":
        _make_readable_while_written(Path(place.catalogue.removeprefix("sqlite:")))
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "threads": threads,
        "autoinstall_known_extensions": False,
    }
    connection = duckdb.connect(":memory:", config=config)
    try:
        connection.execute("SET enable_progress_bar = false")
        attach_lake(connection, path)
        with gate(connection, place, wait):
            connection.execute("CREATE SCHEMA IF NOT EXISTS lake.bodies")
            migrate(connection, "lake.bodies", "migrations/bodies")
            migrate(connection, "lake.main", "migrations/facts", views=("views",))
            yield connection
    finally:
        connection.close()


def attach_lake(connection: DuckDBPyConnection, path: Path, *, read_only: bool = False) -> None:
    """Make the lake the current database of `connection`."""
    place = place_of(path)
    for name in (_SCANNERS[place.kind], "ducklake"):
        _load_extension(connection, name)
    options = f"DATA_PATH '{_escaped(place.data)}', OVERRIDE_DATA_PATH true" + (", READ_ONLY" if read_only else "")
    connection.execute(f"ATTACH 'ducklake:{_escaped(place.catalogue)}' AS lake ({options})")
    connection.execute("USE lake.main")


def copy_lake(connection: DuckDBPyConnection, target: str, schema: str = "main") -> None:
    """Copy every table of `schema` into the tables of the same names of `target`, as of one moment."""
    tables = run_file(connection, "lake/tables", schema=schema).fetchall()
    with transaction(connection):
        for (table,) in tables:
            connection.execute(f'INSERT INTO {target}."{table}" BY NAME SELECT * FROM lake.{schema}."{table}"')


def maintain_lake(connection: DuckDBPyConnection) -> None:
    """Join small files, forget old snapshots, remove files that nothing points to."""
    run_file(connection, "lake/maintain")


def _make_readable_while_written(catalogue: Path) -> None:
    """SQLite keeps the mode in the file; without it readers and the writer shut each other out."""
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(catalogue)) as connection:
        connection.execute("PRAGMA journal_mode = wal")


def _load_extension(connection: DuckDBPyConnection, name: str) -> None:
    package = f"duckdb_extension_{name}"
    if find_spec(package) is None:
        raise WarehouseError(f"the DuckLake backend needs {package}; install the extra [lake], or use a .duckdb path")
    binary = files(package) / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    if not binary.is_file():
        raise WarehouseError(f"{package} does not fit duckdb {duckdb.__version__}; install the versions of [lake]")
    connection.execute(f"LOAD '{_escaped(str(binary))}'")


def _escaped(text: str) -> str:
    return text.replace("'", "''")

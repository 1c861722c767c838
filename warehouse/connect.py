"""Opens a warehouse for writing and turns DuckDB's refusals into errors that name the cure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.errors import BrokenDatabase, NewerDatabase, WarehouseBusy, WarehouseError
from warehouse.gate import local_turn
from warehouse.lake import open_lake
from warehouse.migrate import migrate
from warehouse.place import Lake, Place

# Readable by every release from 1.5 on, whichever release creates the file.
STORAGE_VERSION = "v1.5.0"


def bodies_path(database: Path) -> Path:
    """The file with the article texts that belongs to `database`."""
    return database.with_name(f"{database.stem}-bodies{database.suffix}")


@contextmanager
def open_primary(place: Place, *, wait: float, memory_limit: str, threads: int) -> Iterator[DuckDBPyConnection]:
    """The only way to write: alone, migrated, texts in the schema or database `bodies`."""
    with local_turn(place, wait=wait):
        if isinstance(place, Lake):
            with open_lake(place, wait=wait, memory_limit=memory_limit, threads=threads) as connection:
                yield connection
        else:
            with open_locked(place, memory_limit=memory_limit, threads=threads) as connection:
                yield connection


@contextmanager
def open_locked(path: Path, *, memory_limit: str, threads: int) -> Iterator[DuckDBPyConnection]:
    """For who holds the writer's lock already, and will hold it after the files are closed again."""
    connection = _connect(path, memory_limit, threads)
    try:
        facts = f"{quoted(_name(connection))}.main"
        _attach_bodies(connection, bodies_path(path))
        migrate(connection, "bodies.main", "migrations/bodies")
        migrate(connection, facts, "migrations/facts", views=("views", "view_comments"))
        yield connection
    finally:
        connection.close()


def _connect(path: Path, memory_limit: str, threads: int) -> DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "storage_compatibility_version": STORAGE_VERSION,
        "memory_limit": memory_limit,
        "threads": threads,
        "autoinstall_known_extensions": False,
    }
    try:
        connection = duckdb.connect(path, config=config)
        connection.execute("SET enable_progress_bar = false")
        return connection
    except duckdb.Error as error:
        raise explain(path, error) from error


def _attach_bodies(connection: DuckDBPyConnection, path: Path) -> None:
    try:
        connection.execute(f"ATTACH '{escaped(path)}' AS bodies (STORAGE_VERSION '{STORAGE_VERSION}')")
    except duckdb.Error as error:
        connection.close()
        raise explain(path, error) from error


def explain(path: Path, error: duckdb.Error) -> WarehouseError:
    """The error of opening `path`, in our words."""
    text = str(error)
    if "Could not set lock" in text:
        holder = re.search(r"PID (\d+)", text)
        return WarehouseBusy(
            f"{path}: opened directly by process {holder[1] if holder else 'unknown'}; close it there, "
            "and open the published snapshot to read"
        )
    if "version number" in text:
        return NewerDatabase(f"{path}: written by a DuckDB that this one cannot read; upgrade duckdb ({text})")
    return BrokenDatabase(f"{path}: cannot be opened as a DuckDB database; restore a copy, or move it away ({text})")


def _name(connection: DuckDBPyConnection) -> str:
    row = connection.execute("SELECT current_database()").fetchone()
    assert row is not None
    return str(row[0])


def quoted(name: str) -> str:
    """For a name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def escaped(path: Path | str) -> str:
    """For a string literal in SQL, where no parameter can stand."""
    return str(path).replace("'", "''")

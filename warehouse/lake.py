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

from warehouse.errors import BrokenDatabase, LakeAway, NoSnapshot, WarehouseError
from warehouse.gate import shared_turn
from warehouse.migrate import migrate
from warehouse.place import Lake, is_remote, without_secrets

_EMPTY = ("creating a new DuckLake is explicitly disabled", "unable to open database file")


@contextmanager
def open_lake(lake: Lake, *, wait: float, memory_limit: str, threads: int) -> Iterator[DuckDBPyConnection]:
    """A connection for writing with the lake, migrated, as its current database.

    Who writes takes a turn, because two loads at once could each find the same article new; readers are never kept
    waiting.
    """
    if not lake.is_shared:
        _make_readable_while_written(lake)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "threads": threads,
        "autoinstall_known_extensions": False,
    }
    connection = duckdb.connect(":memory:", config=config)
    try:
        connection.execute("SET enable_progress_bar = false")
        attach_lake(connection, lake)
        with shared_turn(connection, lake, wait=wait):
            connection.execute("CREATE SCHEMA IF NOT EXISTS lake.bodies")
            migrate(connection, "lake.bodies", "migrations/bodies")
            migrate(connection, "lake.main", "migrations/facts", views=("views",))
            yield connection
    finally:
        connection.close()


def attach_lake(connection: DuckDBPyConnection, lake: Lake, *, read_only: bool = False) -> None:
    """Make the lake the current database of `connection`."""
    for name in extensions_of(lake):
        _load_extension(connection, name)
    if is_remote(lake.data):
        _find_buckets_by_path(connection)
    options = f"DATA_PATH '{_escaped(lake.folder)}', OVERRIDE_DATA_PATH true" + (", READ_ONLY" if read_only else "")
    try:
        connection.execute(f"ATTACH 'ducklake:{_escaped(lake.attached)}' AS lake ({options})")
    except duckdb.Error as error:
        raise _explain(lake, error) from None  # the cause would show the password
    connection.execute("USE lake.main")


def _find_buckets_by_path(connection: DuckDBPyConnection) -> None:
    """Servers other than Amazon's seldom have a host name for each bucket."""
    endpoint = str(connection.execute("SELECT current_setting('s3_endpoint')").fetchall()[0][0])
    if not endpoint.endswith("amazonaws.com"):
        connection.execute("SET s3_url_style = 'path'")


def extensions_of(lake: Lake) -> tuple[str, ...]:
    """The names of the DuckDB extensions that this lake needs."""
    scanner = "postgres_scanner" if lake.is_shared else "sqlite_scanner"
    return (scanner, "httpfs", "ducklake") if is_remote(lake.data) else (scanner, "ducklake")


def missing_packages(lake: Lake) -> tuple[str, ...]:
    """Those packages with its extensions that are not installed."""
    return tuple(name for name in map(_package, extensions_of(lake)) if find_spec(name) is None)


def _make_readable_while_written(lake: Lake) -> None:
    """SQLite keeps the mode in the file; without it readers and the writer shut each other out."""
    path = Path(lake.catalog)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = wal")
    except (OSError, sqlite3.Error) as error:
        raise BrokenDatabase(f"{_named(lake)}: no catalogue can be kept there: {error}") from error


def _explain(lake: Lake, error: duckdb.Error) -> WarehouseError:
    """The error of attaching `lake`, in our words and without a password."""
    text = without_secrets(str(error))
    if "Unable to connect to Postgres" in text:
        reason = text.split("failed:")[-1].strip().splitlines()[0]
        return LakeAway(f"{_named(lake)}: PostgreSQL cannot be reached: {reason}; start it, or correct the address")
    if any(sign in text for sign in _EMPTY):
        return NoSnapshot(f"{_named(lake)}: there is no lake here yet; run the pipeline")
    return BrokenDatabase(f"{_named(lake)}: cannot be opened as a lake: {text}")


def _named(lake: Lake) -> str:
    return f"{lake.origin}: {lake}" if lake.origin else str(lake)


def _package(extension: str) -> str:
    return f"duckdb_extension_{extension}"


def _load_extension(connection: DuckDBPyConnection, name: str) -> None:
    package = _package(name)
    if find_spec(package) is None:
        raise WarehouseError(f'a lake needs the package {package}; install it with pip install "marsad[lake]"')
    binary = files(package) / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    if not binary.is_file():
        raise WarehouseError(f"{package} does not fit duckdb {duckdb.__version__}; install the versions of [lake]")
    connection.execute(f"LOAD '{_escaped(str(binary))}'")


def _escaped(text: str) -> str:
    return text.replace("'", "''")

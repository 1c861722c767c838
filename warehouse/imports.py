"""Exported tables back into a warehouse: the same file twice changes nothing, what does not fit is refused whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.connect import escaped, open_primary, quoted
from warehouse.errors import BadImport
from warehouse.place import Place
from warehouse.sql import run_file
from warehouse.store import THREADS
from warehouse.transaction import transaction

# The rows are looked for among those that are there, beyond it on disk.
_MEMORY_LIMIT = "1GB"
_READERS = {
    ".parquet": "read_parquet('{}')",
    # No guessing: as text, and then into the types of the table.
    ".csv": "read_csv('{}', all_varchar = true, header = true, allow_quoted_nulls = false, delim = ',', quote = '\"')",
    ".jsonl": "read_json('{}', format = 'newline_delimited', records = true, sample_size = -1, columns = {})",
    "": "read_parquet('{}/**/*.parquet', hive_partitioning = true, hive_types_autocast = false)",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """`rows` of the file, of which `new` were not there yet."""

    rows: int
    new: int


def import_table(place: Place, table: str, source: Path, *, wait: float = 30.0) -> Imported:
    """Add to `table` the rows of an exported file, or folder of partitioned Parquet, that it does not have.

    Raises BadImport, and changes nothing, where there is no such table or the columns and values are not its own.
    """
    reader = _reader_name(source)
    with open_primary(place, wait=wait, memory_limit=_MEMORY_LIMIT, threads=THREADS) as connection:
        name, columns = _target(connection, table)
        try:
            rows = _rows(reader, source, columns)
            _check_columns(connection, source, rows, columns)
            with transaction(connection):
                return _insert(connection, name, rows, columns)
        except duckdb.Error as error:
            # The first paragraph names the place and the value; what follows is advice on settings that are ours.
            reason = "; ".join(str(error).strip().split("\n\n")[0].splitlines())
            raise BadImport(f"{source}: does not fit into {table}: {reason}; nothing was imported") from error


def _reader_name(source: Path) -> str:
    if not source.exists():
        raise BadImport(f"{source}: no such file or folder")
    if source.is_dir():
        return ""
    if source.suffix not in _READERS:
        raise BadImport(f"{source}: its name must end in .parquet, .csv or .jsonl, or be a folder of Parquet files")
    return source.suffix


def _target(connection: DuckDBPyConnection, table: str) -> tuple[str, dict[str, str]]:
    """The full name of `table`, and its columns with their types."""
    found = run_file(connection, "imports/tables").fetchall()
    full = {name: f"{quoted(database)}.{quoted(schema)}.{quoted(name)}" for database, schema, name in found}
    if table not in full:
        raise BadImport(f"{table}: no table that rows can be put into; there are {', '.join(sorted(full))}")
    described = connection.execute(f"DESCRIBE {full[table]}").fetchall()
    return full[table], {name: kind for name, kind, *_ in described}


def _rows(reader: str, source: Path, columns: Mapping[str, str]) -> str:
    types = ", ".join(f"{_literal(name)}: {_literal(kind)}" for name, kind in columns.items())
    return _READERS[reader].format(escaped(source), f"{{{types}}}")


def _check_columns(connection: DuckDBPyConnection, source: Path, rows: str, columns: Mapping[str, str]) -> None:
    there = {name for name, *_ in connection.execute(f"DESCRIBE SELECT * FROM {rows}").fetchall()}
    problems = [
        f"{what} {', '.join(sorted(names))}"
        for what, names in (("lacks", columns.keys() - there), ("has no place for", there - columns.keys()))
        if names
    ]
    if problems:
        raise BadImport(f"{source}: {'; '.join(problems)}; export the table as it is, with a program of this release")


def _insert(connection: DuckDBPyConnection, table: str, rows: str, columns: Mapping[str, str]) -> Imported:
    chosen = ", ".join(f"{quoted(name)}::{kind} AS {quoted(name)}" for name, kind in columns.items())
    same = " AND ".join(f"f.{quoted(name)} IS NOT DISTINCT FROM t.{quoted(name)}" for name in columns)
    read = f"(SELECT {chosen} FROM {rows})"
    new = connection.execute(
        f"INSERT INTO {table} BY NAME SELECT f.* FROM {read} f ANTI JOIN {table} t ON {same}"
    ).fetchall()[0][0]
    total = connection.execute(f"SELECT count(*) FROM {read}").fetchall()[0][0]
    return Imported(int(total), int(new))


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

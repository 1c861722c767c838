"""Tables and answers as files: Parquet, CSV, JSON Lines. No cap: rows stream from the snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.connect import escaped, quoted
from warehouse.errors import BadQuery
from warehouse.place import Place
from warehouse.read import open_snapshot, prepare

Format = Literal["parquet", "csv", "jsonl"]

_COPY = {
    "parquet": "FORMAT parquet, COMPRESSION zstd",
    "csv": "FORMAT csv, HEADER",
    "jsonl": "FORMAT json",
}
_BYTE_ORDER_MARK = "\ufeff".encode()


@dataclass(frozen=True, slots=True)
class Exported:
    path: Path
    rows: int


def export(
    snapshot: Place,
    source: str,
    target: Path,
    file_format: Format,
    *,
    params: Mapping[str, Any] | None = None,
    partition_by: Sequence[str] = (),
    with_bom: bool = False,
) -> Exported:
    """Write a table, a view, a shipped query or one statement of SQL to `target`.

    With `partition_by`, `target` is a folder of Parquet files in folders named `column=value`. `with_bom` marks a
    CSV as UTF-8 for spreadsheets.
    """
    if file_format not in get_args(Format):
        raise BadQuery(f"{file_format}: no such format; there are {', '.join(get_args(Format))}")
    if partition_by and file_format != "parquet":
        raise BadQuery("only Parquet can be partitioned")
    target = Path(target).absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target if partition_by else target.with_name(f".{target.name}.draft")
    with closing(open_snapshot(snapshot, writable=target.parent)) as connection:
        rows = _copy(connection, source, params, draft, _options(file_format, partition_by))
    if with_bom and file_format == "csv":
        _mark(draft)
    if draft != target:
        draft.replace(target)
    return Exported(target, rows)


def _options(file_format: Format, partition_by: Sequence[str]) -> str:
    if not partition_by:
        return _COPY[file_format]
    columns = ", ".join(quoted(column) for column in partition_by)
    return f"{_COPY[file_format]}, PARTITION_BY ({columns}), OVERWRITE_OR_IGNORE"


def _copy(
    connection: DuckDBPyConnection, source: str, params: Mapping[str, Any] | None, target: Path, options: str
) -> int:
    try:
        statement, given = prepare(connection, _as_query(connection, source), params)
        query = statement.query.strip().removesuffix(";")
        row = connection.execute(f"COPY ({query}\n) TO '{escaped(target)}' ({options})", given or None).fetchone()
    except duckdb.Error as error:
        raise BadQuery(f"{source}: {error}") from error
    return int(row[0]) if row else 0


def _as_query(connection: DuckDBPyConnection, source: str) -> str:
    """A table or view of the snapshot goes before a shipped query of the same name."""
    tables = {name for (name,) in connection.execute("SELECT table_name FROM (SHOW TABLES) t(table_name)").fetchall()}
    if source == "core_article_bodies":
        return "SELECT * FROM bodies.core_article_bodies"
    return f"SELECT * FROM {quoted(source)}" if source in tables else source


def _mark(path: Path) -> None:
    marked = path.with_name(f"{path.name}.marked")
    with path.open("rb") as plain, marked.open("wb") as out:
        out.write(_BYTE_ORDER_MARK)
        while piece := plain.read(1 << 20):
            out.write(piece)
    marked.replace(path)

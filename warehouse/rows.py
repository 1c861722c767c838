"""Records in, Arrow tables out: one row that does not fit never takes its neighbours with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, TypeVar

import pyarrow as pa
from duckdb import DuckDBPyConnection

Row = Mapping[str, Any]
T = TypeVar("T")

TEXT = pa.string()
TEXTS = pa.list_(pa.string())
TIME = pa.timestamp("us")
WHOLE = pa.int64()
REAL = pa.float64()
FLAG = pa.bool_()
MISFITS = (pa.ArrowException, UnicodeError, OverflowError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class LoadCounts:
    """What one load did. `quarantined` counts refused rows of any table."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    quarantined: int = 0


@dataclass(frozen=True, slots=True)
class Incoming:
    """Rows for one staging view, `incoming_<name>`; `fields` are its columns and Arrow types."""

    name: str
    fields: Mapping[str, Any]
    rows: Sequence[Row]
    misfits: Sequence[Row] = ()


def incoming(name: str, fields: Mapping[str, Any], items: Iterable[T], build: Callable[[T], Row]) -> Incoming:
    """Rows built of `items`; an item that cannot be built is a misfit of its own."""
    rows: list[Row] = []
    misfits: list[Row] = []
    for item in items:
        try:
            rows.append(build(item))
        except MISFITS as error:
            misfits.append(_misfit(name, error, {"item": repr(item)}))
    return Incoming(name, fields, rows, misfits)


def identity(*parts: object) -> str:
    """A 128-bit hash of `parts` in order, as hex: the same parts give the same id for ever."""
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"), default=str)
    return blake2b(text.encode(), digest_size=16).hexdigest()


def naive(time: datetime | None) -> datetime | None:
    """UTC without its zone, as the tables hold it."""
    if time is None:
        return None
    if time.tzinfo is None:
        raise ValueError(f"time without a zone: {time}")
    return time.astimezone(UTC).replace(tzinfo=None)


def aware(time: datetime | None) -> datetime | None:
    return None if time is None else time.replace(tzinfo=UTC)


def register(connection: DuckDBPyConnection, *batches: Incoming) -> None:
    """Make each `incoming_<name>` readable, and `incoming_refused` with the rows that do not fit their columns."""
    refused: list[Row] = []
    for batch in batches:
        table, misfits = _table(batch)
        connection.register(f"incoming_{batch.name}", table)
        refused.extend((*batch.misfits, *misfits))
    fields = {"table_name": TEXT, "reason": TEXT, "payload": TEXT}
    table, _ = _table(Incoming("refused", fields, refused))
    connection.register("incoming_refused", table)


def _table(batch: Incoming) -> tuple[Any, list[Row]]:
    schema = pa.schema([*(pa.field(name, kind) for name, kind in batch.fields.items()), pa.field("row_no", WHOLE)])
    rows = [{**row, "row_no": number} for number, row in enumerate(batch.rows)]
    try:
        return pa.Table.from_pylist(rows, schema=schema), []
    except MISFITS:
        return _table_of_fitting_rows(batch.name, rows, schema)


def _table_of_fitting_rows(name: str, rows: Sequence[Row], schema: Any) -> tuple[Any, list[Row]]:
    fitting: list[Row] = []
    misfits: list[Row] = []
    for row in rows:
        try:
            pa.Table.from_pylist([row], schema=schema)
            fitting.append(row)
        except MISFITS as error:
            misfits.append(_misfit(name, error, row))
    return pa.Table.from_pylist(fitting, schema=schema), misfits


def _misfit(name: str, error: Exception, row: Row) -> Row:
    return {"table_name": name, "reason": f"does_not_fit: {_printable(error)}", "payload": dump(row)}


def _printable(error: Exception) -> str:
    return str(error).encode("utf-8", "backslashreplace").decode()


def dump(row: Row) -> str:
    """A row as JSON of ASCII characters, so that even half a surrogate pair can be kept."""
    return json.dumps(row, ensure_ascii=True, default=str)


def records(connection: DuckDBPyConnection) -> Iterable[dict[str, Any]]:
    """The rows of the last result by column name."""
    names = [column[0] for column in connection.description or ()]
    return [dict(zip(names, row, strict=True)) for row in connection.fetchall()]

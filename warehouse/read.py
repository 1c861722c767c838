"""For readers: the published snapshot, read-only and within limits, and the shipped queries by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.connect import bodies_path, escaped, explain
from warehouse.errors import BadQuery, NoSnapshot, UnknownQuery
from warehouse.lake import attach_lake
from warehouse.place import Lake, Place
from warehouse.sql import list_sql, load_sql

_PARAMETER = re.compile(r"^-- :param (\w+) = (.*?)(?:\s+-- (.*))?$", re.MULTILINE)

_AGE = re.compile(r"(\d+) days ago")


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: `types` are DuckDB's names of the column types."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """`default` is text that the query casts itself, or `N days ago`, counted from the publication; None is null."""

    name: str
    default: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class QueryInfo:
    name: str
    title: str
    parameters: tuple[Parameter, ...]
    sql: str


def open_snapshot(
    place: Place, *, memory_limit: str = "1GB", threads: int = 2, writable: Path | None = None
) -> DuckDBPyConnection:
    """A read-only connection that can reach no other file but the texts beside the snapshot, attached as `bodies`.

    A lake is seen as it is at each statement. `writable` is a folder that exports may write to. For another thread
    open another one: a cursor() would neither be safe there nor know the names of the tables.
    """
    if isinstance(place, Path) and not place.exists():
        raise NoSnapshot(f"{place}: nothing is published here yet; run the pipeline, or publish")
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "threads": threads,
        "autoinstall_known_extensions": False,
    }
    # Attached to a database of its own: DuckDB shares one instance for each path, and would go on showing the old
    # file to a process that holds it open while a new one is published.
    connection = duckdb.connect(":memory:", config=config)
    try:
        _attach(connection, place)
        _confine(connection, place, writable)
    except BaseException:
        connection.close()
        raise
    return connection


def _attach(connection: DuckDBPyConnection, place: Place) -> None:
    if isinstance(place, Lake):
        attach_lake(connection, place, read_only=True)
        connection.execute(load_sql("statements/read/texts"))
        return
    try:
        _attach_files(connection, place, bodies_path(place))
    except duckdb.Error as error:
        raise explain(place, error) from error


def _attach_files(connection: DuckDBPyConnection, facts: Path, bodies: Path) -> None:
    connection.execute(f"ATTACH '{escaped(facts)}' AS marsad (READ_ONLY)")
    if bodies.exists():
        connection.execute(f"ATTACH '{escaped(bodies)}' AS bodies (READ_ONLY)")
    connection.execute("USE marsad")
    if bodies.exists():
        connection.execute(load_sql("statements/read/texts"))


def _confine(connection: DuckDBPyConnection, place: Place, writable: Path | None) -> None:
    """From here on no other file, no network but that of the lake, and no way back."""
    folders = [f"{writable}/"] if writable is not None else []
    folders += [place.folder] if isinstance(place, Lake) else []
    if folders:
        listed = ", ".join(f"'{escaped(folder)}'" for folder in folders)
        connection.execute(f"SET allowed_directories = [{listed}]")
    for setting in ("enable_progress_bar = false", "enable_external_access = false", "lock_configuration = true"):
        connection.execute(f"SET {setting}")


def list_queries() -> tuple[QueryInfo, ...]:
    return tuple(find_query(name.rsplit("/", 1)[1]) for name in list_sql("queries"))


def find_query(name: str) -> QueryInfo:
    """The shipped query of this name."""
    known = [path.rsplit("/", 1)[1] for path in list_sql("queries")]
    if name not in known:
        raise UnknownQuery(f"{name}: no such query; there are {', '.join(known)}")
    text = load_sql(f"queries/{name}")
    title = text.splitlines()[0].removeprefix("-- ").strip()
    found = _PARAMETER.findall(text)
    parameters = tuple(Parameter(key, None if default == "null" else default, note) for key, default, note in found)
    return QueryInfo(name, title, parameters, text)


def run_query(
    connection: DuckDBPyConnection,
    query: str,
    params: Mapping[str, Any] | None = None,
    *,
    timeout_s: float | None = None,
) -> Table:
    """Run a shipped query by its name, or one statement of SQL; `params` fill or override its parameters."""
    statement, given = prepare(connection, query, params)
    timer = Timer(timeout_s, connection.interrupt) if timeout_s else None
    try:
        if timer:
            timer.start()
        connection.execute(statement, given or None)
        return _table(connection)
    except duckdb.InterruptException as error:
        raise BadQuery(f"{_label(query)}: stopped after {timeout_s:g} s; ask for less") from error
    except duckdb.Error as error:
        raise BadQuery(f"{_label(query)}: {error}") from error
    finally:
        if timer:
            timer.cancel()


def prepare(
    connection: DuckDBPyConnection, query: str, params: Mapping[str, Any] | None
) -> tuple[duckdb.Statement, dict[str, Any]]:
    """The statement of a shipped query or of SQL, with a value for each of its parameters."""
    info = find_query(query) if _is_name(query) else QueryInfo(_label(query), "", (), query)
    given = {**_defaults(connection, info), **(params or {})}
    statement = _single_statement(connection, info)
    _check_parameters(info, statement.named_parameters, given)
    return statement, given


def _is_name(query: str) -> bool:
    return re.fullmatch(r"\w+", query) is not None


def _label(query: str) -> str:
    return query if _is_name(query) else "sql"


def _defaults(connection: DuckDBPyConnection, info: QueryInfo) -> dict[str, Any]:
    values: dict[str, Any] = {parameter.name: parameter.default for parameter in info.parameters}
    ages = {name: found for name, text in values.items() if (found := _AGE.fullmatch(text or ""))}
    if ages:
        row = connection.execute("SELECT max(published_at) FROM core_publication").fetchone()
        published = row[0] if row and row[0] else datetime.now(UTC).replace(tzinfo=None)
        values |= {name: published - timedelta(days=int(found[1])) for name, found in ages.items()}
    return values


def _single_statement(connection: DuckDBPyConnection, info: QueryInfo) -> duckdb.Statement:
    try:
        statements = connection.extract_statements(info.sql)
    except duckdb.Error as error:
        raise BadQuery(f"{info.name}: {error}") from error
    if len(statements) != 1:
        raise BadQuery(f"{info.name}: one statement at a time, not {len(statements)}")
    # A lake's folder must stay within reach, so that COPY could write there.
    if statements[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
        raise BadQuery(f"{info.name}: only questions can be asked (SELECT, FROM, DESCRIBE, SHOW, EXPLAIN)")
    return statements[0]


def _check_parameters(info: QueryInfo, wanted: set[str], given: Mapping[str, Any]) -> None:
    if unknown := sorted(set(given) - wanted):
        raise BadQuery(
            f"{info.name}: has no parameter {', '.join(unknown)}; it has {', '.join(sorted(wanted)) or 'none'}"
        )
    if missing := sorted(wanted - set(given)):
        raise BadQuery(f"{info.name}: needs a value for {', '.join(missing)}")


def _table(connection: DuckDBPyConnection) -> Table:
    description = connection.description or []
    return Table(
        tuple(str(column[0]) for column in description),
        tuple(str(column[1]) for column in description),
        tuple(connection.fetchall()),
    )

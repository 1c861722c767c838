"""SQL lives in `.sql` files; Python only loads them by name and binds values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from duckdb import DuckDBPyConnection

Parameters = Mapping[str, Any]


@cache
def load_sql(name: str) -> str:
    """The text of `warehouse/<name>.sql`."""
    return (files("warehouse") / f"{name}.sql").read_text(encoding="utf-8")


def list_sql(folder: str) -> tuple[str, ...]:
    """The names (for `load_sql`) of the files in `warehouse/<folder>`, sorted."""
    names = sorted(entry.name for entry in (files("warehouse") / folder).iterdir())
    return tuple(f"{folder}/{name[:-4]}" for name in names if name.endswith(".sql"))


def run_sql(connection: DuckDBPyConnection, text: str, parameters: Parameters | None = None) -> DuckDBPyConnection:
    """Run each statement of `text` with those parameters that it names; return the connection for the last result."""
    known = parameters or {}
    for statement in connection.extract_statements(text):
        bound = {name: known[name] for name in statement.named_parameters}
        connection.execute(statement, bound or None)
    return connection


def run_file(connection: DuckDBPyConnection, name: str, **parameters: Any) -> DuckDBPyConnection:
    """Run `warehouse/statements/<name>.sql`."""
    return run_sql(connection, load_sql(f"statements/{name}"), parameters)

"""Numbered migrations, forwards only, each in a transaction and recorded; views are rewritten when they changed."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.errors import BrokenDatabase, NewerDatabase
from warehouse.sql import list_sql, load_sql, run_sql

_LEDGER = "statements/migrate/ledger"
_VIEWS_VERSION = 0


def migrate(connection: DuckDBPyConnection, schema: str, folder: str, *, views: tuple[str, ...] = ()) -> None:
    """Bring `schema` up to the last migration of `folder`, then its views up to the files of the folders `views`."""
    run_sql(connection, f"USE {schema}")
    applied = _applied(connection, schema)
    names = list_sql(folder)
    _check(applied, names, schema)
    for version, name in enumerate(names, start=1):
        if version not in applied:
            _apply(connection, version, name.rsplit("/", 1)[-1], load_sql(name))
    if views:
        text = "\n".join(load_sql(name) for folder_of_views in views for name in list_sql(folder_of_views))
        if applied.get(_VIEWS_VERSION) != _digest(text):
            _apply(connection, _VIEWS_VERSION, "views", text)


def _applied(connection: DuckDBPyConnection, schema: str) -> dict[int, str]:
    # Asked before the tables are listed, which takes a lake as long as a load.
    try:
        return dict(run_sql(connection, "SELECT version, digest FROM schema_migrations").fetchall())
    except duckdb.CatalogException:
        _begin_ledger(connection, schema)
        return {}


def _begin_ledger(connection: DuckDBPyConnection, schema: str) -> None:
    tables = sorted(name for name, *_ in run_sql(connection, "SHOW TABLES").fetchall())
    if tables:
        raise BrokenDatabase(
            f"{schema}: holds tables ({', '.join(tables[:3])}, ...) but no record of migrations; "
            "it is some other database: choose another path"
        )
    run_sql(connection, load_sql(_LEDGER))


def _check(applied: dict[int, str], names: tuple[str, ...], schema: str) -> None:
    newest = max(applied, default=0)
    if newest > len(names):
        raise NewerDatabase(
            f"{schema}: has migration {newest}, this release knows {len(names)}; "
            "upgrade the program, or restore a copy of the database from before"
        )
    for version, name in enumerate(names, start=1):
        if version in applied and applied[version] != _digest(load_sql(name)):
            raise BrokenDatabase(f"{schema}: was made with another text of {name}.sql; restore that file")


def _apply(connection: DuckDBPyConnection, version: int, name: str, text: str) -> None:
    connection.begin()
    try:
        run_sql(connection, text)
        row = {"version": version, "name": name, "digest": _digest(text), "now": datetime.now(UTC).replace(tzinfo=None)}
        run_sql(connection, load_sql("statements/migrate/record"), row)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()

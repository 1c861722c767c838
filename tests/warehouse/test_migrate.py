"""Opening files that are new, old, newer, foreign or broken."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.samples import NOW, article
from warehouse.connect import bodies_path
from warehouse.errors import BrokenDatabase, NewerDatabase
from warehouse.migrate import migrate
from warehouse.read import open_snapshot, run_query
from warehouse.sql import list_sql
from warehouse.store import open_store


@pytest.fixture
def native(tmp_path: Path) -> Path:
    path = tmp_path / "native.duckdb"
    with open_store(path) as store:
        store.save_articles([article("a")], [], "r", NOW)
    return path


def change(path: Path, sql: str) -> None:
    with closing(duckdb.connect(path)) as connection:
        connection.execute(sql)


def test_migrations_are_recorded_once(native: Path) -> None:
    for _ in range(2):
        with open_store(native) as store:
            assert store.counts()["articles"] == 1
    with closing(open_snapshot(native)) as connection:
        rows = run_query(connection, "SELECT version FROM schema_migrations ORDER BY version").rows
    assert [version for (version,) in rows] == list(range(len(list_sql("migrations/facts")) + 1))


def test_a_newer_file_is_refused(native: Path) -> None:
    change(native, "INSERT INTO schema_migrations VALUES (99, '0099_later', 'x', now())")
    with pytest.raises(NewerDatabase, match="has migration 99"), open_store(native):
        pass


def test_a_file_made_with_another_text_is_refused(native: Path) -> None:
    change(native, "UPDATE schema_migrations SET digest = 'x' WHERE version = 1")
    with pytest.raises(BrokenDatabase, match="0001_first"), open_store(native):
        pass


def test_views_follow_their_files(native: Path) -> None:
    change(native, "CREATE OR REPLACE VIEW out_kinds AS SELECT 1 AS one")
    change(native, "UPDATE schema_migrations SET digest = 'x' WHERE version = 0")
    with open_store(native):
        pass
    with closing(open_snapshot(native)) as connection:
        assert run_query(connection, "FROM out_kinds").columns == ("kind", "status", "claims")


def test_a_foreign_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "foreign.duckdb"
    change(path, "CREATE TABLE theirs AS SELECT 1 AS x")
    with pytest.raises(BrokenDatabase, match=r"theirs.*some other database"), open_store(path):
        pass
    with closing(duckdb.connect(path)) as connection:
        assert [name for (name,) in connection.execute("SHOW TABLES").fetchall()] == ["theirs"]


@pytest.mark.parametrize("which", ["facts", "bodies"])
@pytest.mark.parametrize("junk", ["x" * 10, "no database " * 1000], ids=["short", "long"])
def test_a_file_that_is_no_database_is_named(native: Path, which: str, junk: str) -> None:
    path = native if which == "facts" else bodies_path(native)
    path.write_text(junk)
    with pytest.raises(BrokenDatabase, match=path.name), open_store(native):
        pass
    assert path.read_text() == junk


def test_a_migration_that_fails_leaves_nothing_behind() -> None:
    with closing(duckdb.connect()) as connection:
        connection.execute("CREATE SCHEMA half; USE half")
        with pytest.raises(duckdb.Error):
            migrate(connection, "half", "views")
        assert connection.execute("SHOW TABLES").fetchall() == [("schema_migrations",)]
        assert connection.execute("SELECT count(*) FROM schema_migrations").fetchall() == [(0,)]

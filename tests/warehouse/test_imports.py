"""What is exported comes back equal: every table, every format."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.samples import NILE, NOW, analysis, article, claim, denial, exercise, poll
from warehouse.connect import open_primary
from warehouse.errors import BadImport
from warehouse.export import Format, export
from warehouse.imports import Imported, import_table
from warehouse.place import Place
from warehouse.read import open_snapshot
from warehouse.records import HubSubscription, Rejected
from warehouse.snapshot import publish
from warehouse.store import open_store

NASTY = ("أ, ب", "a'b", 'c"d', "[x]", " ", "", "null", "NULL", "e\nf", "{'k': 1}", "\\")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot with rows in nearly every table."""
    folder = tmp_path_factory.mktemp("imports")
    primary = folder / "primary.duckdb"
    odd = replace(article('b "x", y', "نص\r\n, \"quoted\"; ''"), authors=NASTY, language=None)
    with open_store(primary) as store:
        run = store.start_run("test", NOW)
        store.sync_sources([NILE], NOW)
        store.save_polls([poll(NILE, "a", "c", rejected=(Rejected("parse", "", "no_link", "null"),))], run, NOW)
        store.save_subscriptions([HubSubscription("nile", "https://hub.example/", "t")], NOW)
        store.save_articles([article("a"), odd, replace(article("bad"), text="")], [], run, NOW)
        store.save_analyses(
            [analysis(article("a"), claim(), denial(), exercise()), analysis(odd, exercise())], run, NOW
        )
        store.finish_run(run, "completed", {"new": 2}, NOW)
    publish(primary, folder / "marsad.duckdb", now=NOW)
    return folder / "marsad.duckdb"


def tables_of(shown: Path) -> list[str]:
    with closing(open_snapshot(shown)) as connection:
        found = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE NOT temporary AND table_name <> 'schema_migrations'"
        ).fetchall()
    return sorted(name for (name,) in found)


def rows_of(connection: duckdb.DuckDBPyConnection, table: str) -> list[Any]:
    where = "bodies.core_article_bodies" if table == "core_article_bodies" else table
    return connection.execute(f"FROM {where} ORDER BY ALL").fetchall()


@pytest.mark.parametrize("file_format", ["parquet", "csv", "jsonl"])
def test_every_table_comes_back_equal_and_not_twice(
    shown: Path, primary: Place, tmp_path: Path, file_format: Format
) -> None:
    with closing(open_snapshot(shown)) as connection:
        before = {table: rows_of(connection, table) for table in tables_of(shown)}
    assert sum(bool(rows) for rows in before.values()) >= 18
    for table, rows in before.items():
        source = export(shown, table, tmp_path / f"{table}.{file_format}", file_format).path
        assert import_table(primary, table, source) == Imported(len(rows), len(rows)), table
    source = tmp_path / f"core_claims.{file_format}"
    assert import_table(primary, "core_claims", source) == Imported(len(before["core_claims"]), 0)
    with open_primary(primary, wait=1, memory_limit="200MB", threads=1) as connection:
        assert {table: rows_of(connection, table) for table in before} == before


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("core_claims", ("kind", "status")),
        ("core_claims", ("supplier",)),  # null where the claim is mutual
        ("core_mentions", ("start_offset",)),
        ("core_analyses", ("is_current", "engine_version")),
    ],
)
def test_a_partitioned_folder_comes_back_equal(
    shown: Path, tmp_path: Path, table: str, columns: tuple[str, ...]
) -> None:
    primary = tmp_path / "primary.duckdb"
    with closing(open_snapshot(shown)) as connection:
        before = rows_of(connection, table)
    export(shown, table, tmp_path / "lake", "parquet", partition_by=columns)
    assert import_table(primary, table, tmp_path / "lake") == Imported(len(before), len(before))
    with open_primary(primary, wait=1, memory_limit="200MB", threads=1) as connection:
        assert rows_of(connection, table) == before


def written(folder: Path, name: str, sql: str) -> Path:
    path = folder / name
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({sql}) TO '{path}'")
    return path


@pytest.mark.parametrize(
    ("table", "name", "sql", "message"),
    [
        ("out_claims", "x.csv", "SELECT 1 AS a", "no table that rows can be put into; there are core_analyses"),
        ("schema_migrations", "x.csv", "SELECT 1 AS a", "no table"),
        ("core_runs", "x.parquet", "SELECT 1 AS run_id, 2 AS more", "lacks counts, .*; has no place for more"),
        ("core_publication", "x.csv", "SELECT 'soon' AS published_at", "does not fit into core_publication: .*soon"),
        ("core_publication", "x.jsonl", "SELECT 'soon' AS published_at", "does not fit into core_publication"),
        ("core_publication", "x.parquet", "SELECT NULL::TIMESTAMP AS published_at", "NOT NULL"),
        ("core_publication", "x.xls", "SELECT 1 AS a", "must end in"),
    ],
)
def test_what_does_not_fit_is_refused_whole(tmp_path: Path, table: str, name: str, sql: str, message: str) -> None:
    source = tmp_path / name
    if name.endswith("xls"):
        source.touch()
    else:
        written(tmp_path, name, sql)
    with pytest.raises(BadImport, match=message):
        import_table(tmp_path / "primary.duckdb", table, source)
    with pytest.raises(BadImport, match="no such file"):
        import_table(tmp_path / "primary.duckdb", table, tmp_path / "none.csv")

"""`marsad explain` on a file and on a claim of the published snapshot."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from tasks.engine import engine_of
from tasks.settings import Settings
from warehouse.records import Article, Source
from warehouse.snapshot import publish
from warehouse.store import open_store

NOW = datetime(2024, 6, 18, 9, tzinfo=UTC)
TEXT = "سلمت روسيا سوريا 24 دبابة في مارس الماضي، بحسب ما أعلنت وزارة الدفاع الأردنية."
ROW = json.dumps({"id": "a1", "published": "2024-06-18", "title": "", "text": TEXT})


@pytest.fixture(autouse=True)
def in_an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def marsad(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, list(words), input=stdin, catch_exceptions=False)


def stored(tmp_path: Path, engine_version: str | None = None) -> str:
    """Land the article with what the engine finds in it, and return the id of the claim."""
    article = Article("a1", 1, "http://a.test/1", "f", "صحيفة", "EGY", "", TEXT, NOW, NOW, "ar", (), "hash")
    found = engine_of(Settings()).analyse("a1", "", TEXT, NOW.date())
    if engine_version:
        found = replace(found, engine_version=engine_version)
    primary, snapshot = tmp_path / "var/primary.duckdb", tmp_path / "warehouse/marsad.duckdb"
    primary.parent.mkdir()
    with open_store(primary) as store:
        run = store.start_run("test", NOW)
        store.sync_sources([Source("f", "http://a.test/rss", "صحيفة", "EGY", "x")], NOW)
        store.save_articles([article], [], run, NOW)
        store.save_analyses([found], run, NOW)
        store.finish_run(run, "completed", {}, NOW)
    publish(primary, snapshot, now=NOW)
    answer = json.loads(marsad("query", "--sql", "select claim_id from out_claims", "--json").stdout)
    (row,) = answer["rows"]
    return str(row["claim_id"])


@pytest.fixture
def config(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_text("", encoding="utf-8")


def explained(result: Result) -> dict[str, Any]:
    (claim,) = json.loads(result.stdout)["claims"]
    found: dict[str, Any] = claim
    return found


def test_a_file_is_explained_for_reading() -> None:
    shown = marsad("explain", "-", stdin=ROW).stdout
    assert "a1: arms_transfer from RUS to SYR, occurred" in shown
    assert TEXT in shown
    assert all(
        part in shown for part in ("Marks", "Why", "What weighed most", "وزارة الدفاع الأردنية (JOR, government)")
    )


def test_a_file_is_explained_for_programs() -> None:
    claim = explained(marsad("explain", "-", "--json", stdin=ROW))
    assert claim["claim"]["supplier"] == "RUS"
    explanation = claim["explanation"]
    assert explanation["sentence"] == TEXT
    assert {reason["field"] for reason in explanation["reasons"]} >= {"kind", "supplier", "status", "item", "when"}
    assert explanation["weights"]


def test_an_article_without_a_claim_says_so() -> None:
    row = json.dumps({"id": "a2", "text": "فاز الفريق بالمباراة أمس."})
    result = marsad("explain", "-", stdin=row)
    assert (result.exit_code, result.stdout) == (0, "no claims\n")


def test_a_bad_row_is_named_and_the_rest_explained() -> None:
    result = marsad("explain", "-", stdin="{}\n" + ROW)
    assert "needs text under id, text" in result.stderr
    assert "arms_transfer" in result.stdout
    assert result.exit_code == 3


def test_a_stored_claim_is_explained(tmp_path: Path, config: None) -> None:
    claim_id = stored(tmp_path)
    claim = explained(marsad("explain", claim_id, "--json"))
    assert (claim["id"], claim["claim"]["recipient"], claim["note"]) == (claim_id, "SYR", "")
    assert claim["explanation"]["is_found"]


def test_another_engine_version_is_said(tmp_path: Path, config: None) -> None:
    result = marsad("explain", stored(tmp_path, "0+old"))
    assert "Stored by engine 0+old; explained by engine" in result.stdout


def test_what_is_neither_file_nor_claim_is_said(tmp_path: Path, config: None) -> None:
    nothing = marsad("explain", "no-such")
    assert nothing.exit_code == 1
    assert "nothing is published here yet" in nothing.stderr
    stored(tmp_path)
    unknown = marsad("explain", "no-such")
    assert unknown.exit_code == 1
    assert "no-such: neither a file nor the claim_id of a claim" in unknown.stderr

"""The commands as scripts use them: what goes in, what comes out where, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>صحيفة</title><link>https://a.test/</link>
<item><guid isPermaLink="false">7</guid><title>خبر أول</title><link>/news/7</link>
<pubDate>Tue, 18 Jun 2024 09:00:00 +0300</pubDate>
<description>ملخص الخبر</description></item></channel></rss>"""

TEXT = (
    "أعلنت موسكو أمس أن روسيا سلمت مصر 24 مقاتلة من طراز سوخوي-35 بموجب عقد وقع العام الماضي.\n"
    "وقال وزير الدفاع المصري إن بلاده تسلمت الدفعة الأولى من الطائرات في قاعدة جوية غرب القاهرة."
)


@pytest.fixture(autouse=True)
def in_an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def marsad(*words: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(words), input=stdin, catch_exceptions=False)


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def page(body: str) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in body.splitlines())
    return (
        f'<html lang="ar"><head><meta charset="utf-8"><title>صفقة طائرات | صحيفة</title></head>'
        f"<body><nav><a href=/>الرئيسية</a></nav><article><h1>صفقة طائرات</h1>{paragraphs}</article></body></html>"
    )


def test_feed_prints_its_entries(tmp_path: Path) -> None:
    (tmp_path / "rss.xml").write_text(RSS, encoding="utf-8")
    (row,) = rows(marsad("feed", "rss.xml", "--url", "https://a.test/rss.xml"))
    assert (row["file"], row["version"]) == ("rss.xml", "rss20")
    assert row["entries"] == [
        {
            "id": "7",
            "link": "https://a.test/news/7",
            "title": "خبر أول",
            "published": "2024-06-18T06:00:00+00:00",
            "summary": "ملخص الخبر",
        }
    ]


def test_feed_reads_standard_input() -> None:
    (row,) = rows(marsad("feed", "-", stdin=RSS))
    assert len(row["entries"]) == 1


def test_what_is_no_feed_is_a_row_with_its_reason() -> None:
    result = marsad("feed", "-", stdin="<html><body>404</body></html>")
    (row,) = rows(result)
    assert row["entries"] == [] and row["rejected"]
    assert result.exit_code == 0


def test_an_unreadable_file_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "rss.xml").write_text(RSS, encoding="utf-8")
    result = marsad("feed", "none.xml", "rss.xml")
    assert [row["file"] for row in rows(result)] == ["rss.xml"]
    assert "none.xml: No such file or directory" in result.stderr
    assert result.exit_code == 3


def test_a_manifest_names_files_beside_itself(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "1.html").write_bytes(page(TEXT * 3).encode("utf-8"))
    manifest = {"file": "1.html", "url": "https://a.test/news/1", "content_type": "text/html; charset=utf-8"}
    (folder / "rows.jsonl").write_text(json.dumps(manifest) + "\n{broken\n", encoding="utf-8")
    result = marsad("extract", "--manifest", "pages/rows.jsonl")
    (row,) = rows(result)
    assert set(row) == {"file", "title", "text", "published", "language", "authors"}
    assert (row["title"], row["language"]) == ("صفقة طائرات", "ar")
    assert TEXT.splitlines()[0] in row["text"]
    assert "rows.jsonl:2: not JSON" in result.stderr
    assert result.exit_code == 3


def test_extract_says_why_there_is_no_article() -> None:
    (row,) = rows(marsad("extract", "-", stdin="%PDF-1.7 ..."))
    assert row["rejected"] == "not_html"
    assert "text" not in row


def test_nothing_to_work_on_is_wrong_use() -> None:
    assert marsad("feed").exit_code == 2
    assert marsad("extract").exit_code == 2


def test_analyze_gives_claims_with_their_sentences() -> None:
    article = {"id": "a1", "published": "2024-06-18", "title": "صفقة", "text": TEXT}
    (row,) = rows(marsad("analyze", "-", stdin=json.dumps(article)))
    assert row["id"] == "a1"
    claim = row["claims"][0]
    assert (claim["kind"], claim["supplier"], claim["recipient"]) == ("arms_transfer", "RUS", "EGY")
    assert (claim["status"], claim["attribution"]["country"]) == ("occurred", "RUS")
    start, end = claim["evidence"]
    assert TEXT[start:end] == TEXT.splitlines()[0]
    assert {TEXT[e["start"] : e["end"]] for e in row["entities"]} >= {"موسكو", "روسيا", "مصر", "القاهرة"}


def test_analyze_names_bad_rows_and_goes_on(tmp_path: Path) -> None:
    good = json.dumps({"id": "a2", "published": None, "title": "", "text": TEXT})
    bad_date = json.dumps({"id": "a3", "published": "yesterday", "text": TEXT})
    (tmp_path / "in.jsonl").write_text(f'{{"id": 1}}\n[]\n{bad_date}\n\n{good}\n', encoding="utf-8")
    result = marsad("analyze", "in.jsonl")
    assert [row["id"] for row in rows(result)] == ["a2"]
    assert "in.jsonl:1: needs text under id, text" in result.stderr
    assert "in.jsonl:2: not a JSON object" in result.stderr
    assert "article a3: published: not an ISO date: 'yesterday'" in result.stderr
    assert result.exit_code == 3


def test_a_wrong_configuration_is_exit_code_4(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_text("[fetch]\nper_hosts = 1\n[[feeds]]\n", encoding="utf-8")
    for command in (["run"], ["query", "feeds"], ["feed", "-"], ["analyze", "-"], ["extract", "-"]):
        result = marsad(*command, stdin="")
        assert result.exit_code == 4, command
        assert "pipeline.toml:2: fetch.per_hosts: unknown key; did you mean per_host?" in result.stderr
        assert "pipeline.toml:3: feeds[0].url: is missing" in result.stderr
        assert result.stdout == ""


@pytest.mark.parametrize("command", [["analyze", "-"], ["lexicon", "check"], ["entity", "بوتين"]])
def test_a_lexicon_that_cannot_be_read_is_exit_code_4(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "pipeline.toml").write_text('[analysis]\nlexicons = ["mine.toml"]\n', encoding="utf-8")
    result = marsad(*command, stdin="")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "mine.toml: named under [analysis] lexicons, but cannot be read" in result.stderr


@pytest.mark.parametrize("command", [["analyze", "-"], ["lexicon", "check"], ["entity", "بوتين"]])
def test_a_lexicon_that_means_nothing_is_exit_code_4(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "pipeline.toml").write_text('[analysis]\nlexicons = ["mine.toml"]\n', encoding="utf-8")
    (tmp_path / "mine.toml").write_text('kind = "actors"\n[no_such_role]\nX = { forms = ["س"] }\n', encoding="utf-8")
    result = marsad(*command, stdin="")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "mine.toml" in result.stderr


def test_a_model_that_is_insisted_on_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "none"))
    (tmp_path / "pipeline.toml").write_text('[entities]\nbackend = "camel"\n', encoding="utf-8")
    result = marsad("analyze", "-", stdin="")
    assert (result.exit_code, result.stdout) == (4, "")
    assert 'backend = "camel"' in result.stderr


def test_a_named_configuration_must_exist() -> None:
    result = marsad("feed", "-", "--config", "other.toml", stdin=RSS)
    assert (result.exit_code, result.stdout) == (4, "")


def test_query_without_a_snapshot_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_text("", encoding="utf-8")
    result = marsad("query", "feeds")
    assert result.exit_code == 1
    assert "nothing is published here yet" in result.stderr


def test_query_lists_what_is_shipped(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_text("", encoding="utf-8")
    listed = {query["name"] for query in json.loads(marsad("query", "--json").stdout)["queries"]}
    assert {"claims_per_week_and_pair", "top_suppliers_and_recipients", "claims_by_kind_and_status"} <= listed


def test_reprocess_says_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_text("", encoding="utf-8")
    wrong = (["reprocess"], ["reprocess", "--analysis", "--since", "2026-01-01"])
    assert [marsad(*words).exit_code for words in (*wrong, ["reprocess", "--extract", "--since", "soon"])] == [2, 2, 2]

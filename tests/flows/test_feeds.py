"""`marsad feeds`: lists of feeds in and out, and feeds found on a site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from examples.newsroom.server import Newsroom
from flows.cli import app
from tasks.configure import read_settings

CONFIG = Path(__file__).parents[2] / "pipeline.toml"


def marsad(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


def test_what_is_exported_can_be_imported_again(tmp_path: Path) -> None:
    opml, empty, filled = (tmp_path / name for name in ("feeds.opml", "empty.toml", "filled.toml"))
    opml.write_bytes(marsad("feeds", "export", "--config", str(CONFIG)).stdout_bytes)
    empty.write_text("", encoding="utf-8")
    filled.write_text(marsad("feeds", "import", str(opml), "--config", str(empty)).stdout, encoding="utf-8")
    assert read_settings(filled).sources == read_settings(CONFIG).sources


def test_feeds_already_configured_are_not_offered_again(tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    opml.write_bytes(marsad("feeds", "export", "--config", str(CONFIG)).stdout_bytes)
    result = marsad("feeds", "import", str(opml), "--config", str(CONFIG))
    assert result.stdout == ""
    assert "0 new feeds, 30 already configured, 0 refused" in result.stderr


def test_a_broken_list_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "broken.opml").write_text("<opml><body>", encoding="utf-8")
    result = marsad("feeds", "import", str(tmp_path / "broken.opml"), "--config", str(CONFIG))
    assert (result.exit_code, result.stdout) == (3, "")
    assert "not_xml" in result.stderr


def test_feeds_are_found_on_a_site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    with Newsroom.start() as room:
        monkeypatch.setenv("MARSAD_FETCH__CONNECT_TO", json.dumps({"*.newsroom.test": f"127.0.0.1:{room.port}"}))
        monkeypatch.setenv("MARSAD_FETCH__HOST_DELAY_SECONDS", "0")
        (tmp_path / "pipeline.toml").write_text("", encoding="utf-8")
        result = marsad("feeds", "discover", "http://diffa.newsroom.test/", "--json")
    found = json.loads(result.stdout)["feeds"]
    assert "http://diffa.newsroom.test/diffa/amp.xml" in {feed["url"] for feed in found}
    assert all(feed["entries"] for feed in found)


def test_a_site_that_is_not_there_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    result = marsad("feeds", "discover", "http://127.0.0.1:9/")
    assert result.exit_code == 1
    assert "forbidden_address" in result.stderr

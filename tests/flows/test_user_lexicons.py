"""What a user adds under [analysis] lexicons changes the claims: a group of theirs, a weapon of theirs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.cli import app

ACTORS = """
kind = "actors"
version = "1"
provenance = "our desk"

[armed_group]
NEW_FRONT = { en = "New Front", country = "SDN", forms = ["{جبهة|الجبهة} الفجر"] }
"""

EQUIPMENT = """
kind = "equipment"
version = "1"
provenance = "our desk"

[uav.designations]
"QX-77" = ["صقر الليل"]
"""

TEXT = "أعلنت وزارة الدفاع الأميركية أن إيران سلمت جبهة الفجر 40 صقر الليل في مارس الماضي."


@pytest.fixture(autouse=True)
def in_an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def claims(text: str, title: str = "") -> list[dict[str, Any]]:
    article = json.dumps({"id": "a", "published": "2024-06-18", "title": title, "text": text})
    result = CliRunner().invoke(app, ["analyze", "-"], input=article, catch_exceptions=False)
    found: list[dict[str, Any]] = json.loads(result.stdout)["claims"]
    return found


def test_a_users_group_and_weapon_reach_the_claims(tmp_path: Path) -> None:
    assert all(claim["recipient"] != "NEW_FRONT" for claim in claims(TEXT))
    (tmp_path / "groups.toml").write_text(ACTORS, encoding="utf-8")
    (tmp_path / "drones.toml").write_text(EQUIPMENT, encoding="utf-8")
    (tmp_path / "pipeline.toml").write_text('[analysis]\nlexicons = ["groups.toml", "drones.toml"]\n', encoding="utf-8")
    (claim,) = claims(TEXT)
    assert (claim["kind"], claim["supplier"], claim["recipient"]) == ("arms_transfer", "IRN", "NEW_FRONT")
    (item,) = claim["items"]
    assert (item["category"], item["designation"], item["low"], item["high"]) == ("uav", "QX-77", 40.0, 40.0)


def test_a_users_group_can_be_the_source(tmp_path: Path) -> None:
    (tmp_path / "groups.toml").write_text(ACTORS, encoding="utf-8")
    (tmp_path / "pipeline.toml").write_text('[analysis]\nlexicons = ["groups.toml"]\n', encoding="utf-8")
    (claim,) = claims("سلمت روسيا سوريا 24 دبابة، بحسب ما أعلنت جبهة الفجر.")
    assert (claim["attribution"]["country"], claim["attribution"]["type"]) == ("NEW_FRONT", "armed_group")

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evaluation.claims import against_floors, main, report
from evaluation.measures import alarms, bins, by, certainties, expected_error, mistakes, score_claims, total
from tasks.domain.claims.score import as_row
from warehouse.records import Claim

TEXT = "سلمت روسيا سوريا دبابات.\nووقعت مصر والسعودية اتفاقا عسكريا."
SALE = Claim("arms_transfer", "RUS", "SYR", None, "occurred", None, (), None, (0, 24), "r", 0.9)
PACT = Claim("agreement", None, None, ("EGY", "SAU"), "planned", None, (), None, (25, 60), "r", 0.6)


def article(*gold: Claim, name: str = "x-01") -> dict[str, Any]:
    return {"id": name, "title": "", "text": TEXT, "claims": [as_row(claim) for claim in gold]}


def test_counts_go_to_the_kind_and_status_they_belong_to() -> None:
    scored = [score_claims(article(SALE, PACT), [SALE, replace(PACT, status="denied")])]
    kinds, statuses = by("kind", scored), by("status", scored)
    assert kinds["arms_transfer"].f1("full") == 1.0
    assert (kinds["agreement"].f1("directed"), kinds["agreement"].f1("status")) == (1.0, 0.0)
    assert (statuses["planned"].gold, statuses["planned"].predicted, statuses["denied"].predicted) == (1, 0, 1)
    assert total(scored).f1("directed") == 1.0


def test_the_parts_add_up_to_the_whole() -> None:
    scored = [
        score_claims(article(SALE, PACT), [SALE, replace(PACT, kind="exercise")]),
        score_claims(article(), [SALE]),
    ]
    parts = by("kind", scored).values()
    assert sum(part.gold for part in parts) == total(scored).gold == 2
    assert sum(part.predicted for part in parts) == total(scored).predicted == 3


def test_optional_claims_are_in_no_count_but_are_right() -> None:
    row = article()
    row["claims"] = [as_row(SALE) | {"optional": True}]
    scored = [score_claims(row, [SALE])]
    assert by("kind", scored) == {}
    assert certainties(scored) == [(0.9, True)]


def test_an_article_without_a_claim_raises_an_alarm() -> None:
    assert alarms([score_claims(article(), [SALE]), score_claims(article(), []), score_claims(article(SALE), [])]) == (
        1,
        2,
    )


def test_calibration_is_measured_in_bins() -> None:
    table = bins([(0.85, True), (0.85, True), (0.85, False), (0.15, False)])
    assert [(one.size, round(one.share, 2)) for one in table] == [(1, 0.0), (3, 0.67)]
    assert expected_error(table) == pytest.approx((1 * 0.15 + 3 * (0.85 - 2 / 3)) / 4)
    assert expected_error([]) == 0.0


def test_the_worst_mistake_comes_first() -> None:
    scored = [
        score_claims(article(SALE, name="x-01"), [replace(SALE, status="denied")]),
        score_claims(article(name="x-02"), [SALE]),
        score_claims(article(PACT, name="x-03"), []),
    ]
    assert [one.article for one in mistakes(scored)] == ["x-02", "x-03", "x-01"]
    assert mistakes(scored)[1].sentence == TEXT[25:60]


def test_the_report_names_levels_kinds_and_floors() -> None:
    scored = [score_claims(article(SALE, PACT), [SALE])]
    text = "\n".join(report("set", scored))
    assert "1 articles, 2 claims" in text and "arms_transfer" in text and "calibration error" in text
    floors = {"claims": {"detected": 0.9, "full": 0.5}, "false_alarms_at_most": 0}
    lines = list(against_floors(scored, floors))
    assert "below its floor" in lines[0] and "rose" in lines[1] and "holds" in lines[2]


def test_it_runs_on_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "سلمت روسيا سوريا 24 دبابة، بحسب ما أعلنت وزارة الدفاع الأردنية."
    gold = as_row(replace(SALE, evidence=(0, len(text))))
    row = {"id": "x-1", "title": "", "text": text, "published": "2024-05-15", "claims": [gold]}
    (tmp_path / "some.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert main([str(tmp_path / "some.jsonl"), "--mistakes", "3"]) == 0
    shown = capsys.readouterr().out
    assert "1 articles, 1 claims" in shown and "sentences per second" in shown and "x-1: only status" in shown

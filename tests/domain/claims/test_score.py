from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tasks.domain.claims.score import LEVELS, Counts, level, score_article, total


def claim(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "kind": "arms_transfer", "supplier": "RUS", "recipient": "SYR", "participants": None, "status": "occurred",
        "attribution": {"name": "x", "country": "RUS", "type": "government"}, "evidence": [0, 50],
        "items": [{"category": "tank", "low": 5, "high": 5}],
    }  # fmt: skip
    return base | changes


@pytest.mark.parametrize(
    ("changes", "reached"),
    [
        ({}, 5),
        ({"items": []}, 4),
        ({"attribution": None}, 4),
        ({"attribution": {"name": "other", "country": "RUS", "type": "government"}}, 5),
        ({"status": "planned"}, 3),
        ({"supplier": "SYR", "recipient": "RUS"}, 2),
        ({"kind": "military_aid"}, 1),
        ({"supplier": "USA"}, 0),
        ({"evidence": [50, 90]}, 0),
    ],
)
def test_levels_are_reached_in_order(changes: dict[str, Any], reached: int) -> None:
    assert level(claim(**changes), claim()) == reached


def test_an_extra_actor_is_detected_but_not_directed() -> None:
    gold = claim(kind="exercise", supplier=None, recipient=None, participants=["EGY", "SAU"])
    assert level(gold | {"participants": ["EGY", "JOR", "SAU"]}, gold) == 2


def test_troops_without_a_figure_are_passed_over() -> None:
    assert level(claim(items=[]), claim(items=[{"category": "personnel", "low": None, "high": None}])) == 5


def test_the_strictest_pair_is_matched_first() -> None:
    outcome = score_article([claim(status="planned"), claim()], [claim()])
    assert outcome.pairs == ((1, 0, 5),)
    assert outcome.false_alarms == (0,)


def test_optional_claims_cost_nothing() -> None:
    missed = score_article([], [claim(optional=True)])
    found = score_article([claim()], [claim(optional=True)])
    assert missed.counts == found.counts == Counts((0,) * len(LEVELS), 0, 0)


def test_scores_add_up() -> None:
    counts = total([score_article([claim()], [claim()]), score_article([claim(status="denied")], [claim()])])
    assert counts.f1("directed") == 1.0
    assert counts.precision("status") == counts.recall("status") == 0.5


FIXTURE = Path(__file__).parents[2] / "fixtures" / "claims" / "scored.jsonl"


@pytest.mark.parametrize("row", [json.loads(line) for line in FIXTURE.read_text(encoding="utf-8").splitlines()])
def test_made_up_articles_score_as_the_reference_scorer_says(row: dict[str, Any]) -> None:
    """`hits`, `counted` and `asked` were written by the scorer that the annotation guideline comes with."""
    counts = score_article(row["predicted"], row["gold"]).counts
    assert (list(counts.hits), counts.predicted, counts.gold) == (row["hits"], row["counted"], row["asked"])

"""The engine on the gold: floors that only rise.

Those under the held-out articles measure quality, for nothing was trained on them. Those under the development gold
only catch a step back: the shipped models were trained on it, and remember less of it as they generalise better.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tasks.domain.claims.score import LEVELS, as_row, score_article, total
from tasks.engine import engine_of
from tasks.settings import EntitySettings, Settings
from warehouse.records import Analysis

GOLD = Path(__file__).parents[1] / "gold"
FLOORS = json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))

Scored = list[tuple[dict[str, Any], Analysis]]


@pytest.fixture(scope="module")
def scored() -> Scored:
    return analysed("dev-*.jsonl")


def analysed(files: str) -> Scored:
    engine = engine_of(Settings(entities=EntitySettings(backend="embedded")))
    lines = (line for path in sorted(GOLD.glob(files)) for line in path.read_text("utf-8").splitlines())
    rows = [json.loads(line) for line in lines]
    published = [date.fromisoformat(row["published"]) for row in rows]
    return [
        (row, engine.analyse(row["id"], row["title"], row["text"], day))
        for row, day in zip(rows, published, strict=True)
    ]


@pytest.fixture(scope="module")
def unseen() -> Scored:
    return analysed("held-*.jsonl")


@pytest.fixture(params=["development", "held-out"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def articles(name: str, scored: Scored, unseen: Scored) -> Scored:
    return scored if name == "development" else unseen


def test_claims_keep_their_floors(name: str, articles: Scored) -> None:
    counts = total(score_article([as_row(c) for c in found.claims], row["claims"]) for row, found in articles)
    f1 = {level: round(counts.f1(level), 3) for level in LEVELS}
    assert all(f1[level] >= floor for level, floor in FLOORS[name]["claims"].items()), f1


def test_articles_without_a_claim_stay_quiet(name: str, articles: Scored) -> None:
    alarmed = [row["id"] for row, found in articles if not row["claims"] and found.claims]
    assert len(alarmed) <= FLOORS[name]["false_alarms_at_most"], alarmed


def test_entities_keep_their_floors(scored: Scored) -> None:
    hits, predicted, gold = Counter[str](), Counter[str](), Counter[str]()
    for row, found in scored:
        theirs = {(e["start"], e["end"], e["label"]) for e in row["entities"]}
        mine = {(m.start, m.end, m.label) for m in found.mentions}
        for counter, spans in ((hits, mine & theirs), (predicted, mine), (gold, theirs)):
            counter.update(label for _, _, label in spans)
            counter["micro"] += len(spans)
    f1 = {label: round(2 * hits[label] / (predicted[label] + gold[label]), 3) for label in gold}
    assert all(f1[label] >= floor for label, floor in FLOORS["development"]["entities"].items()), f1


def test_evidence_is_whole_sentences(scored: Scored) -> None:
    from tasks.domain.arabic.sentences import split_sentences

    for row, found in scored:
        starts, ends = zip(*split_sentences(row["text"]), strict=True)
        assert all(claim.evidence[0] in starts and claim.evidence[1] in ends for claim in found.claims), row["id"]

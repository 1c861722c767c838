"""Predicted claims against gold: matched one to one from the strictest agreement to the loosest, level by level.

Claims are JSON objects with the fields of `Claim`; a gold claim may carry `"optional": true`, which makes it free.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from warehouse.records import Claim

LEVELS = ("detected", "kind", "directed", "status", "full")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits per level, with what was predicted and what the gold asks for."""

    hits: tuple[int, ...] = (0,) * len(LEVELS)
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        hits = tuple(a + b for a, b in zip(self.hits, other.hits, strict=True))
        return Counts(hits, self.predicted + other.predicted, self.gold + other.gold)

    def precision(self, level: str) -> float:
        return self.hits[LEVELS.index(level)] / self.predicted if self.predicted else 0.0

    def recall(self, level: str) -> float:
        return self.hits[LEVELS.index(level)] / self.gold if self.gold else 0.0

    def f1(self, level: str) -> float:
        p, r = self.precision(level), self.recall(level)
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One article scored: `pairs` are (prediction, gold, levels reached); the rest is unmatched."""

    counts: Counts
    pairs: tuple[tuple[int, int, int], ...] = ()
    false_alarms: tuple[int, ...] = ()
    missed: tuple[int, ...] = field(default=())


def as_row(claim: Claim) -> dict[str, Any]:
    """The claim as the gold files write it."""
    row: dict[str, Any] = json.loads(json.dumps(asdict(claim)))
    return row


def actors_of(claim: Row) -> frozenset[str]:
    named = {a for a in (claim.get("supplier"), claim.get("recipient")) if a}
    return frozenset(named | set(claim.get("participants") or ()))


def level(predicted: Row, gold: Row) -> int:
    """How many of LEVELS the pair reaches."""
    a, b = predicted["evidence"], gold["evidence"]
    if not actors_of(gold) <= actors_of(predicted) or max(a[0], b[0]) >= min(a[1], b[1]):
        return 0
    checks = (
        predicted["kind"] == gold["kind"],
        _ends(predicted) == _ends(gold),
        predicted.get("status") == gold.get("status"),
        _same_details(predicted, gold),
    )
    return 1 + next((i for i, ok in enumerate(checks) if not ok), len(checks))


def _ends(claim: Row) -> tuple[str | None, str | None, frozenset[str]]:
    return claim.get("supplier"), claim.get("recipient"), frozenset(claim.get("participants") or ())


def _same_details(predicted: Row, gold: Row) -> bool:
    mine, theirs = predicted.get("attribution"), gold.get("attribution")
    if (mine is None) != (theirs is None):
        return False
    if mine and theirs and (mine.get("country"), mine.get("type")) != (theirs.get("country"), theirs.get("type")):
        return False
    return not _item_keys(gold) - _item_keys(predicted)


def _item_keys(claim: Row) -> Counter[tuple[Any, Any, Any]]:
    keys = ((i.get("category"), i.get("low"), i.get("high")) for i in claim.get("items") or ())
    return Counter(key for key in keys if key != ("personnel", None, None))


def match(predicted: Sequence[Row], gold: Sequence[Row]) -> list[tuple[int, int, int]]:
    """Pair greedily: the strictest agreement first, then the order of the lists."""
    pairs = ((level(p, g), -i, -j) for i, p in enumerate(predicted) for j, g in enumerate(gold))
    used_predicted: set[int] = set()
    used_gold: set[int] = set()
    out = []
    for reached, i, j in sorted(pairs, reverse=True):
        if reached and -i not in used_predicted and -j not in used_gold:
            used_predicted.add(-i)
            used_gold.add(-j)
            out.append((-i, -j, reached))
    return out


def score_article(predicted: Sequence[Row], gold: Sequence[Row]) -> Outcome:
    pairs = match(predicted, gold)
    free = {j for j, claim in enumerate(gold) if claim.get("optional")}
    hits = [0] * len(LEVELS)
    for _, j, reached in pairs:
        for k in range(reached if j not in free else 0):
            hits[k] += 1
    counts = Counts(tuple(hits), len(predicted) - sum(j in free for _, j, _ in pairs), len(gold) - len(free))
    matched_predicted, matched_gold = {i for i, _, _ in pairs}, {j for _, j, _ in pairs} | free
    return Outcome(
        counts,
        tuple(pairs),
        tuple(i for i in range(len(predicted)) if i not in matched_predicted),
        tuple(j for j in range(len(gold)) if j not in matched_gold),
    )


def total(outcomes: Iterable[Outcome]) -> Counts:
    return sum((outcome.counts for outcome in outcomes), Counts())


def format_table(counts: Counts) -> str:
    """Precision, recall and F1 at every level, as lines of text."""
    lines = [f"claims: {counts.gold} gold (optional ones aside), {counts.predicted} predicted"]
    for name in LEVELS:
        p, r, f = counts.precision(name), counts.recall(name), counts.f1(name)
        lines.append(f"  {name:9s} P {p:.3f}  R {r:.3f}  F1 {f:.3f}")
    return "\n".join(lines)

"""What claims are measured by: levels by kind and status, false alarms, calibration, and the worst mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tasks.domain.claims.score import LEVELS, Counts, Outcome, actors_of, as_row, score_article
from warehouse.records import Claim

RIGHT = LEVELS.index("status") + 1
BINS = 10
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scored:
    """A gold article with what was found in it, and how the two were matched."""

    article: Row
    found: tuple[Row, ...]
    outcome: Outcome

    @property
    def gold(self) -> Sequence[Row]:
        claims: Sequence[Row] = self.article.get("claims") or ()
        return claims


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims of like confidence: how many, what they were given on average, and what share of them is right."""

    size: int
    confidence: float
    share: float


def score_claims(article: Row, claims: Iterable[Claim]) -> Scored:
    found = tuple(as_row(claim) for claim in claims)
    return Scored(article, found, score_article(found, article.get("claims") or ()))


def total(scored: Iterable[Scored]) -> Counts:
    return sum((one.outcome.counts for one in scored), Counts())


def by(field: str, scored: Sequence[Scored]) -> dict[str, Counts]:
    """The counts of each value of a field ("kind", "status"): of predictions and of gold claims that have it."""
    out: dict[str, Counts] = {}
    for one in scored:
        for value, counts in _of_article(field, one):
            out[value] = out.get(value, Counts()) + counts
    return dict(sorted(out.items(), key=lambda pair: -pair[1].gold))


def _of_article(field: str, one: Scored) -> Iterator[tuple[str, Counts]]:
    free = {j for j, claim in enumerate(one.gold) if claim.get("optional")}
    paired_free = {i for i, j, _ in one.outcome.pairs if j in free}
    for j, claim in enumerate(one.gold):
        if j not in free:
            yield claim[field], Counts(gold=1)
    for i, claim in enumerate(one.found):
        if i not in paired_free:
            yield claim[field], Counts(predicted=1)
    for i, j, level in one.outcome.pairs:
        if j not in free and one.found[i][field] == one.gold[j][field]:
            yield one.gold[j][field], Counts(tuple(int(n < level) for n in range(len(LEVELS))))


def alarms(scored: Sequence[Scored]) -> tuple[int, int]:
    """How many articles without any claim were given one, and how many such articles there are."""
    quiet = [one for one in scored if not one.gold]
    return sum(bool(one.found) for one in quiet), len(quiet)


def certainties(scored: Iterable[Scored]) -> list[tuple[float, bool]]:
    """The confidence of every claim found, and whether it is right up to its status (optional gold counts as gold)."""
    pairs = []
    for one in scored:
        reached = {i: level for i, _, level in one.outcome.pairs}
        pairs += [(claim["confidence"] or 0.0, reached.get(i, 0) >= RIGHT) for i, claim in enumerate(one.found)]
    return pairs


def bins(pairs: Iterable[tuple[float, bool]]) -> list[Bin]:
    """The reliability table: tenths of the confidence that hold any claim, lowest first."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for confidence, hit in pairs:
        held.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, hit))
    return [
        Bin(len(found), sum(c for c, _ in found) / len(found), sum(h for _, h in found) / len(found))
        for _, found in sorted(held.items())
    ]


def expected_error(table: Sequence[Bin]) -> float:
    """The expected calibration error: how far confidence and share lie apart, weighed by the size of the bins."""
    size = sum(one.size for one in table)
    return sum(one.size * abs(one.confidence - one.share) for one in table) / size if size else 0.0


@dataclass(frozen=True, slots=True)
class Mistake:
    """`gold` or `found` is None for a false alarm or a claim that was missed; `level` is the last one reached."""

    article: str
    sentence: str
    found: Row | None
    gold: Row | None
    level: int

    @property
    def weight(self) -> float:
        """How bad: a sure false alarm is the worst, then what was missed, then what is wrong further down."""
        confidence = (self.found or {}).get("confidence") or 0.0
        return confidence * (2.0 if self.gold is None else 1.0 - self.level / len(LEVELS)) if self.found else 0.8


def mistakes(scored: Iterable[Scored]) -> list[Mistake]:
    """Everything that is not right at every level, the worst first."""
    found = [mistake for one in scored for mistake in _mistakes(one)]
    return sorted(found, key=lambda mistake: (-mistake.weight, mistake.article))


def _mistakes(one: Scored) -> Iterator[Mistake]:
    text, name = one.article["text"], one.article["id"]
    for i in one.outcome.false_alarms:
        yield Mistake(name, text[slice(*one.found[i]["evidence"])], one.found[i], None, 0)
    for j in one.outcome.missed:
        yield Mistake(name, text[slice(*one.gold[j]["evidence"])], None, one.gold[j], 0)
    for i, j, level in one.outcome.pairs:
        if level < len(LEVELS) and not one.gold[j].get("optional"):
            yield Mistake(name, text[slice(*one.gold[j]["evidence"])], one.found[i], one.gold[j], level)


def brief(claim: Row) -> str:
    """One claim in one line."""
    who = " + ".join(sorted(actors_of(claim))) if claim.get("participants") else _ends(claim)
    said = claim.get("attribution")
    source = f"{said['country'] or '?'} {said['type']}" if said else "the outlet"
    items = ", ".join(f"{i['category']} {i['low']}..{i['high']}" for i in claim.get("items") or ())
    return f"{claim['kind']} {who}, {claim['status']}, says {source}{f', {items}' if items else ''}"


def _ends(claim: Row) -> str:
    return f"{claim.get('supplier') or '?'} > {claim.get('recipient') or '?'}"

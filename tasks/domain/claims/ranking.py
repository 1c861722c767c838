"""A second look at the scored candidates of an article: what speaks for one may speak against another.

The first scores know one candidate at a time. Here each filling of the roles is set beside its rivals in the sentence
(the reverse direction, another kind, another partner) and beside what the rest of the article says.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tasks.domain.claims.frames import Candidate
from tasks.domain.claims.trees import Forest

Measures = dict[str, float]
FLOOR = -6.0
_Pair = frozenset[str]


def best_of(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Of every kind and filling of the roles the likeliest anchor; the rest only counts as support."""
    best: dict[tuple[str, object], Candidate] = {}
    for c in candidates:
        best.setdefault((c.label, c.roles), c)
    return list(best.values())


def logit(odds: float) -> float:
    clipped = min(max(odds, 1e-4), 1 - 1e-4)
    return math.log(clipped / (1 - clipped))


def measure(article: Sequence[Sequence[Candidate]]) -> list[list[tuple[Candidate, Measures]]]:
    """The best candidates of every sentence, each with its measures; input is scored, the likeliest first."""
    kept = [best_of(sentence) for sentence in article]
    claims: list[dict[tuple[str, object], float]] = [
        {(c.label, c.roles): logit(c.score) for c in sentence} for sentence in kept
    ]
    pairs = [_by_pair(sentence) for sentence in kept]
    tops = [max((logit(c.score) for c in sentence), default=FLOOR) for sentence in kept]
    out = []
    for at, sentence in enumerate(kept):
        rivals = [(c, logit(c.score), _pair(c)) for c in sentence]
        out.append([(c, _measures(c, at, rivals, article[at], claims, pairs, tops)) for c in sentence])
    return out


def _by_pair(sentence: Sequence[Candidate]) -> dict[_Pair, float]:
    out: dict[_Pair, float] = {}
    for c in sentence:
        out.setdefault(_pair(c), logit(c.score))
    return out


def _pair(c: Candidate) -> _Pair:
    return frozenset(i for party in (c.left, c.right) if party for i in party.ids)


def _measures(
    c: Candidate,
    at: int,
    rivals: Sequence[tuple[Candidate, float, _Pair]],
    sentence: Sequence[Candidate],
    claims: Sequence[Mapping[tuple[str, object], float]],
    pairs: Sequence[Mapping[_Pair, float]],
    tops: Sequence[float],
) -> Measures:
    own, pair, key = logit(c.score), _pair(c), (c.label, c.roles)
    others = [i for i in range(len(tops)) if i != at]
    support = sum(x.score for x in sentence if (x.label, x.roles) == key)
    earlier = max((claims[i].get(key, FLOOR) for i in range(at)), default=FLOOR)
    out = {
        "bias": 1.0,
        "own": own,
        "own²": own * abs(own),
        "support": math.log(support + 1e-3),
        "behind": tops[at] - own,
        "article_same": max((claims[i].get(key, FLOOR) for i in others), default=FLOOR),
        "article_pair": max((pairs[i].get(pair, FLOOR) for i in others), default=FLOOR),
        "article_top": max((tops[i] for i in others), default=FLOOR),
        "article_share": sum(1 for top in tops if top > -1.0) / len(tops),
        "said_before": max(0.0, earlier + 1.0),
        f"claim={c.label}": 1.0,
        f"filled={c.left is not None}{c.right is not None}": 1.0,
        "members": float(len(pair)),
    }
    out |= _rivalry(c, own, pair, rivals)
    out |= _nature(c)
    return out


def _nature(c: Candidate) -> Measures:
    """What the candidate itself is made of."""
    out = {f"anchor={c.anchor.name}": 1.0, "left_odds": logit(c.odds[0]), "right_odds": logit(c.odds[1])}
    for rank, theme in enumerate(c.anchor.themes[:2]):
        out[f"theme{rank}={theme.name}"] = 1.0
        out[f"theme{rank}_at"] = float(max(-15, min(15, theme.first - c.anchor.last)))
    for label, party in (("left", c.left), ("right", c.right)):
        if party:
            out[f"{label}={party.kind}"] = 1.0
            out[f"{label}_role={party.role}"] = 1.0
            out[f"{label}_at"] = float(max(-25, min(25, party.first - c.anchor.last))) if party.first >= 0 else 0.0
    return out


def _rivalry(c: Candidate, own: float, pair: _Pair, rivals: Sequence[tuple[Candidate, float, _Pair]]) -> Measures:
    best = {"reverse": FLOOR, "other_kind": FLOOR, "other_partner": FLOOR, "wider": FLOOR, "elsewhere": FLOOR}
    rank = 0
    for other, score, members in rivals:
        if other is c:
            continue
        rank += score > own
        name = _relation(c, pair, other, members)
        best[name] = max(best[name], score)
    return {
        **best,
        "rank": float(min(rank, 6)),
        **{f"{name}-own": min(5.0, max(-5.0, v - own)) for name, v in best.items()},
    }


def _relation(c: Candidate, pair: _Pair, other: Candidate, members: _Pair) -> str:
    if members == pair:
        return "reverse" if other.kind == c.kind else "other_kind"
    if pair < members and other.kind == c.kind:
        return "wider"
    return "other_partner" if members & pair and other.kind == c.kind else "elsewhere"


def rerank(article: Sequence[Sequence[Candidate]], forest: Forest) -> list[list[Candidate]]:
    """The best candidates of every sentence with their final probabilities, the likeliest first."""
    measured = measure(article)
    odds = iter(forest.odds([measures for sentence in measured for _, measures in sentence]).tolist())
    scored = [[replace(c, score=next(odds)) for c, _ in sentence] for sentence in measured]
    return [sorted(sentence, key=lambda c: (-c.score, c.anchor.first)) for sentence in scored]

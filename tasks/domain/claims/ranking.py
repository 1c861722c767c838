"""A second look at the scored candidates of an article: what speaks for one may speak against another.

The first scores know one candidate at a time. Here each filling of the roles is set beside its rivals in the sentence
(the reverse direction, another kind, another partner) and beside what the rest of the article says.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.domain.claims.frames import Candidate
from tasks.domain.claims.trees import Forest

Measures = dict[str, float]
FLOOR = -6.0
_Pair = frozenset[str]
_Claim = tuple[str, object]
LEAST = 0.02
AGAIN = 0.05
SORTS = ("reverse", "other_kind", "other_partner", "wider", "elsewhere")


def logit(odds: float) -> float:
    clipped = min(max(odds, 1e-4), 1 - 1e-4)
    return math.log(clipped / (1 - clipped))


@dataclass(frozen=True, slots=True)
class _Rival:
    """The likeliest candidate of one kind and filling of the roles; `support` is what all its anchors give together."""

    candidate: Candidate
    key: _Claim
    score: float
    net: float
    pair: _Pair
    support: float


@dataclass(frozen=True, slots=True)
class _Sentence:
    """Its rivals, the likeliest first, with the best scores by claim and by pair of actors."""

    rivals: tuple[_Rival, ...]
    scores: tuple[float, ...]
    claims: Mapping[_Claim, float]
    pairs: Mapping[_Pair, float]
    nets: Mapping[_Claim, float]
    net_pairs: Mapping[_Pair, float]

    @property
    def top(self) -> float:
        return self.scores[0] if self.scores else FLOOR

    @property
    def net_top(self) -> float:
        return max(self.net_pairs.values(), default=FLOOR)


def _read(sentence: Sequence[Candidate]) -> _Sentence:
    found: dict[_Claim, list[Candidate]] = {}
    for c in sentence:
        found.setdefault((c.label, c.roles), []).append(c)
    rivals = tuple(_rival(key, same) for key, same in found.items())
    pairs: dict[_Pair, float] = {}
    net_pairs: dict[_Pair, float] = {}
    for rival in rivals:
        pairs.setdefault(rival.pair, rival.score)
        net_pairs[rival.pair] = max(rival.net, net_pairs.get(rival.pair, FLOOR))
    scores = tuple(r.score for r in rivals)
    return _Sentence(rivals, scores, {r.key: r.score for r in rivals}, pairs, {r.key: r.net for r in rivals}, net_pairs)


def _rival(key: _Claim, same: Sequence[Candidate]) -> _Rival:
    """The likeliest of the candidates that make the same claim."""
    best = replace(same[0], again=tuple(c for c in same[1:] if c.score >= AGAIN))
    return _Rival(best, key, logit(best.score), max(FLOOR, best.net), _pair(best), sum(c.score for c in same))


def measure(article: Sequence[Sequence[Candidate]], least: float = 0.0) -> list[list[tuple[Candidate, Measures]]]:
    """The best candidates of every sentence, each with its measures; input is scored, the likeliest first.

    What scored below `least` is a rival like any other, but is not measured itself.
    """
    sentences = [_read(sentence) for sentence in article]
    return [
        [(r.candidate, _measures(r, at, sentences)) for r in sentence.rivals if _counts(r, least)]
        for at, sentence in enumerate(sentences)
    ]


def _counts(rival: _Rival, least: float) -> bool:
    return rival.candidate.score >= least or rival.net >= logit(least)


def _pair(c: Candidate) -> _Pair:
    return frozenset(i for party in (c.left, c.right) if party for i in party.ids)


def _measures(rival: _Rival, at: int, sentences: Sequence[_Sentence]) -> Measures:
    own, c, key = rival.score, rival.candidate, rival.key
    others = [sentence for i, sentence in enumerate(sentences) if i != at]
    earlier = max((sentence.claims.get(key, FLOOR) for sentence in sentences[:at]), default=FLOOR)
    out = {
        "bias": 1.0,
        "own": own,
        "own²": own * abs(own),
        "support": math.log(rival.support + 1e-3),
        "behind": sentences[at].top - own,
        "article_same": max((sentence.claims.get(key, FLOOR) for sentence in others), default=FLOOR),
        "article_pair": max((sentence.pairs.get(rival.pair, FLOOR) for sentence in others), default=FLOOR),
        "article_top": max((sentence.top for sentence in others), default=FLOOR),
        "article_share": sum(1 for sentence in sentences if sentence.top > -1.0) / len(sentences),
        "said_before": max(0.0, earlier + 1.0),
        f"claim={c.label}": 1.0,
        f"filled={c.left is not None}{c.right is not None}": 1.0,
        "members": float(len(rival.pair)),
    }
    out |= _netted(rival, sentences[at], others)
    out |= _rivalry(rival, sentences[at])
    out |= _nature(c)
    return out


def _netted(rival: _Rival, sentence: _Sentence, others: Sequence[_Sentence]) -> Measures:
    """What the network says of it, of its rivals and of the same claim elsewhere in the article."""
    net = rival.net
    return {
        "net": net,
        "net+own": net + rival.score,
        "net_behind": sentence.net_top - net,
        "net_pair": sentence.net_pairs[rival.pair] - net,
        "article_net": max((other.nets.get(rival.key, FLOOR) for other in others), default=FLOOR),
        "article_net_top": max((other.net_top for other in others), default=FLOOR),
    }


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


def _rivalry(rival: _Rival, sentence: _Sentence) -> Measures:
    """The best rival of every sort: they come by their scores, so the first of a sort is its best."""
    own, best = rival.score, dict.fromkeys(SORTS, FLOOR)
    missing = set(SORTS)
    for other in sentence.rivals:
        if other is rival:
            continue
        name = _relation(rival.candidate, rival.pair, other.candidate, other.pair)
        if name in missing:
            best[name] = max(FLOOR, other.score)
            missing.discard(name)
            if not missing:
                break
    rank = sum(1 for score in sentence.scores if score > own)
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
    measured = measure(article, LEAST)
    odds = iter(forest.odds([measures for sentence in measured for _, measures in sentence]).tolist())
    scored = [[replace(c, score=next(odds)) for c, _ in sentence] for sentence in measured]
    return [sorted(sentence, key=lambda c: (-c.score, c.anchor.first)) for sentence in scored]

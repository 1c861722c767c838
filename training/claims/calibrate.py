"""The calibration table: what share of claims with a score is right, from predictions on articles not learned from.

Scores are cut into bins of equal size, and the shares made to rise with the score by pooling neighbours that do not
(isotonic regression; Zadrozny and Elkan 2002). Bins keep a handful of lucky hits from becoming a certainty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from tasks.domain.claims.calibration import Table
from tasks.domain.claims.score import LEVELS, as_row, match
from warehouse.records import Claim

BIN = 30
RIGHT = LEVELS.index("status") + 1
Pool = tuple[float, float, int]


def fit(scores: Sequence[float], hits: Sequence[bool]) -> Table:
    """Learn the table from scores and whether each claim was right; too few of them give no table."""
    pairs = sorted(zip(scores, hits, strict=True))
    bins = [_pool(pairs[start:end]) for start, end in _cuts(len(pairs))]
    return tuple((round(score, 4), round(share, 4)) for score, share, _ in _rising(bins)) if len(bins) > 1 else ()


def _cuts(count: int) -> Iterator[tuple[int, int]]:
    bins = count // BIN
    edges = [round(count * i / bins) for i in range(bins + 1)] if bins else []
    yield from pairwise(edges)


def _pool(pairs: Sequence[tuple[float, bool]]) -> Pool:
    """Mean score, share of hits (with one of two more, so that no bin says 0 or 1), and size."""
    size = len(pairs)
    return sum(score for score, _ in pairs) / size, (sum(hit for _, hit in pairs) + 1) / (size + 2), size


def _rising(bins: Iterable[Pool]) -> list[Pool]:
    out: list[Pool] = []
    for pool in bins:
        out.append(pool)
        while len(out) > 1 and out[-2][1] >= out[-1][1]:
            (s1, p1, n1), (s2, p2, n2) = out[-2:]
            n = n1 + n2
            out[-2:] = [((s1 * n1 + s2 * n2) / n, (p1 * n1 + p2 * n2) / n, n)]
    return out


def hits_of(claims: Sequence[Claim], gold: Sequence[Mapping[str, Any]]) -> Iterator[tuple[float, bool]]:
    """The score of every claim of an article, and whether the gold has it up to its status, be it optional or not."""
    reached = {i: level for i, _, level in match([as_row(claim) for claim in claims], gold)}
    for i, claim in enumerate(claims):
        if claim.confidence is not None:
            yield claim.confidence, reached.get(i, 0) >= RIGHT

"""From the model's own score to a confidence that can be taken at its word: of claims given 0.8, 80 % are right."""

from __future__ import annotations

from bisect import bisect_right

Table = tuple[tuple[float, float], ...]


def calibrated(table: Table, score: float) -> float:
    """The share of right claims among those with such a score, between the knots of the table in a straight line.

    `table` holds pairs (score, share) by rising score; an empty one gives the score itself.
    """
    if not table:
        return score
    at = bisect_right(table, (score, float("inf")))
    if at == 0:
        return table[0][1]
    if at == len(table):
        return table[-1][1]
    (low, below), (high, above) = table[at - 1], table[at]
    return below + (above - below) * (score - low) / (high - low)

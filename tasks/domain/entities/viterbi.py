"""Decoding of tag scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def best_paths(scores: Sequence[Floats], transitions: Floats) -> list[list[int]]:
    """Return the best tag of each word for sentences sorted by falling length.

    `scores` are words by tags, `transitions` from tag to tag.
    """
    lengths = [len(rows) for rows in scores]
    if not lengths or not lengths[0]:
        return [[] for _ in lengths]
    padded = np.zeros((lengths[0], len(scores), transitions.shape[0]), np.float32)
    for at, rows in enumerate(scores):
        padded[: len(rows), at] = rows
    total = padded[0].copy()
    back = np.zeros(padded.shape, np.int64)
    for step in range(1, lengths[0]):
        alive = sum(length > step for length in lengths)
        reached = total[:alive, :, None] + transitions
        back[step, :alive] = reached.argmax(axis=1)
        total[:alive] = reached.max(axis=1) + padded[step, :alive]
    return [_trace(int(total[at].argmax()), back[:length, at]) for at, length in enumerate(lengths)]


def _trace(last: int, back: npt.NDArray[np.int64]) -> list[int]:
    path = [last]
    for step in range(len(back) - 1, 0, -1):
        path.append(int(back[step, path[-1]]))
    return path[::-1] if len(back) else []

"""Decoding of tag scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tasks.domain.entities.packing import Floats, Indexes, Packing


def best_paths(scores: Floats, lengths: Sequence[int], transitions: Floats) -> Indexes:
    """Return the best tag of each word of sentences of these lengths.

    `scores` are words by tags, `transitions` from tag to tag.
    """
    packing = Packing.of(lengths)
    packed = scores[packing.ahead]
    total = np.zeros((0, scores.shape[1]), np.float32)
    back = np.zeros(packed.shape, np.intp)
    for first, end in packing.steps:
        if first == 0:
            total = packed[:end].copy()
        else:
            reached = total[: end - first, :, None] + transitions
            back[first:end] = reached.argmax(axis=1)
            total[: end - first] = reached.max(axis=1) + packed[first:end]
    path = np.empty(len(packed), np.intp)
    path[packing.ahead] = _traced(total.argmax(axis=1), back, packing)
    return path


def _traced(last: Indexes, back: Indexes, packing: Packing) -> Indexes:
    """Follow the tags back from the last one of each sentence; the result is packed."""
    path = np.empty(len(back), np.intp)
    for first, end in reversed(packing.steps):
        path[first:end] = last[: end - first]
        last[: end - first] = back[np.arange(first, end), last[: end - first]]
    return path

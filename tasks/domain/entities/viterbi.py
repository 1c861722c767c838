"""Decoding of tag scores."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def best_path(scores: Floats, transitions: Floats) -> list[int]:
    """Return the best tag of each word (`scores`: words by tags; `transitions`: from tag, to tag)."""
    total, back = scores[0], []
    for row in scores[1:]:
        reached = total[:, None] + transitions
        best = reached.argmax(0)
        back.append(best)
        total = reached[best, np.arange(len(best))] + row
    path = [int(total.argmax())]
    for best in reversed(back):
        path.append(int(best[path[-1]]))
    return path[::-1]

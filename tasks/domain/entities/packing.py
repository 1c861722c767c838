"""Sentences of unequal length laid side by side without padding.

Packed are first the first words of all sentences, then the second words of those that have one, and so on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Indexes = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Packing:
    """Where the words of a text lie when packed.

    `ahead` and `behind` give for each packed place the word that is read there forwards and backwards; `steps` are the
    packed places (first, behind the last) of each step, fewer with each, for the longest sentences come first.
    """

    ahead: Indexes
    behind: Indexes
    steps: tuple[tuple[int, int], ...]

    @staticmethod
    def of(lengths: Sequence[int]) -> Packing:
        """Pack sentences of these lengths."""
        sizes = np.array(lengths, np.intp)
        order = np.argsort(-sizes, kind="stable")
        starts, sizes = (np.cumsum(sizes) - sizes)[order], sizes[order]
        counts = np.searchsorted(-sizes, -np.arange(sizes[0] if len(sizes) else 0), side="left")
        ends = np.cumsum(counts)
        step = np.repeat(np.arange(len(counts)), counts)
        row = np.arange(len(step)) - np.repeat(ends - counts, counts)
        places = zip((ends - counts).tolist(), ends.tolist(), strict=True)
        return Packing(starts[row] + step, starts[row] + sizes[row] - 1 - step, tuple(places))

"""Gradient-boosted trees as tables: what scikit-learn learned, evaluated with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Forest:
    """Trees of one binary model: arrays are [tree, node]; a leaf points at itself. `columns` names the features."""

    columns: Mapping[str, int]
    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    base: float
    depth: int

    def matrix(self, rows: Sequence[Mapping[str, float]]) -> Matrix:
        """One row per candidate; a feature that is not named is 0."""
        out = np.zeros((len(rows), len(self.columns)), dtype=np.float32)
        columns = self.columns
        for i, row in enumerate(rows):
            for name, value in row.items():
                at = columns.get(name)
                if at is not None:
                    out[i, at] = value
        return out

    def score(self, matrix: Matrix) -> NDArray[np.float64]:
        """The probability of each row."""
        n_rows, n_trees = len(matrix), len(self.feature)
        if not n_rows:
            return np.zeros(0)
        trees = np.arange(n_trees)[None, :]
        rows = np.arange(n_rows)[:, None]
        node = np.zeros((n_rows, n_trees), dtype=np.int32)
        for _ in range(self.depth):
            goes_left = matrix[rows, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(goes_left, self.left[trees, node], self.right[trees, node])
        total = self.value[trees, node].sum(axis=1, dtype=np.float64) + self.base
        odds: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-total))
        return odds

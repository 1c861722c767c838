"""Gradient-boosted trees as tables: what scikit-learn learned, evaluated with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Forest:
    """One binary model. Arrays are [tree, node]; a leaf points at itself. `columns` names what the trees look at."""

    columns: Mapping[str, int]
    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats
    base: float
    depth: int

    def odds(self, rows: Sequence[Mapping[str, float]]) -> Floats:
        """The probability of each row; what a row does not name is 0."""
        if not rows:
            return np.zeros(0)
        matrix = self.matrix(rows)
        trees = np.arange(len(self.feature))[None, :]
        lines = np.arange(len(rows))[:, None]
        node = np.zeros((len(rows), len(self.feature)), dtype=np.int32)
        for _ in range(self.depth):
            goes_left = matrix[lines, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(goes_left, self.left[trees, node], self.right[trees, node])
        total = self.value[trees, node].sum(axis=1) + self.base
        out: Floats = 1.0 / (1.0 + np.exp(-total))
        return out

    def matrix(self, rows: Sequence[Mapping[str, float]]) -> Floats:
        out = np.zeros((len(rows), len(self.columns)))
        columns = self.columns
        for i, row in enumerate(rows):
            for name, value in row.items():
                at = columns.get(name)
                if at is not None:
                    out[i, at] = value
        return out


_INTS = ("feature", "left", "right")
_FLOATS = ("threshold", "value")


def forest_to_json(forest: Forest) -> dict[str, Any]:
    arrays = {name: np.round(getattr(forest, name), 5).tolist() for name in (*_INTS, *_FLOATS)}
    return {"columns": list(forest.columns), "base": forest.base, "depth": forest.depth, **arrays}


def forest_from_json(data: Mapping[str, Any]) -> Forest:
    parts: dict[str, Any] = {name: np.array(data[name], dtype=np.int32) for name in _INTS}
    parts |= {name: np.array(data[name], dtype=np.float64) for name in _FLOATS}
    columns = {name: i for i, name in enumerate(data["columns"])}
    return Forest(columns, base=data["base"], depth=data["depth"], **parts)

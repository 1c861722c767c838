"""Boosted trees for the frame stage: scikit-learn learns them, `Forest` holds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from tasks.domain.claims.trees import Forest

Rows = Sequence[Mapping[str, float]]
MIN_COUNT = 6


def columns_of(rows: Rows) -> dict[str, int]:
    """Number the features that occur often enough to learn from."""
    counts = Counter(name for row in rows for name in row)
    return {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= MIN_COUNT))}


def empty_forest(columns: Mapping[str, int]) -> Forest:
    """A forest of no trees, only good for building matrices."""
    none = np.zeros((0, 0), dtype=np.int32)
    return Forest(columns, none, none.astype(np.float32), none, none, none.astype(np.float32), 0.0, 0)


def fit(
    matrix: NDArray[np.float32],
    labels: NDArray[np.int8],
    columns: Mapping[str, int],
    weights: NDArray[np.float64] | None = None,
    *,
    trees: int = 120,
    leaves: int = 15,
    rate: float = 0.08,
) -> Forest:
    """Fit one binary model; deterministic."""
    model = HistGradientBoostingClassifier(
        max_iter=trees, max_leaf_nodes=leaves, learning_rate=rate, min_samples_leaf=15, l2_regularization=3.0,
        max_features=0.3, early_stopping=False, random_state=7,
    )  # fmt: skip
    model.fit(matrix, labels, sample_weight=weights)
    return to_forest(model, columns)


def to_forest(model: HistGradientBoostingClassifier, columns: Mapping[str, int]) -> Forest:
    trees = [predictors[0].nodes for predictors in model._predictors]
    width = max(len(nodes) for nodes in trees)
    shape = (len(trees), width)
    feature, left, right = (np.zeros(shape, dtype=np.int32) for _ in range(3))
    threshold, value = (np.zeros(shape, dtype=np.float32) for _ in range(2))
    depth = 0
    for t, nodes in enumerate(trees):
        for n, node in enumerate(nodes):
            if node["is_leaf"]:
                left[t, n] = right[t, n] = n
                value[t, n] = node["value"]
                depth = max(depth, int(node["depth"]))
            else:
                feature[t, n], threshold[t, n] = node["feature_idx"], node["num_threshold"]
                left[t, n], right[t, n] = node["left"], node["right"]
    base = float(np.ravel(model._baseline_prediction)[0])
    return Forest(columns, feature, threshold, left, right, value, base, depth)

"""Linear models over named properties: scikit-learn learns the weights, `Linear` holds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from tasks.domain.claims.linear import Linear
from tasks.domain.claims.trees import Forest

Rows = Sequence[Sequence[str]]
MIN_COUNT = 4
MIN_MEASURED = 20


def columns_of(rows: Rows) -> dict[str, int]:
    """Number the properties that occur often enough to learn from."""
    counts = Counter(name for row in rows for name in set(row))
    return {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= MIN_COUNT))}


def matrix_of(rows: Rows, columns: Mapping[str, int]) -> csr_matrix:
    indices: list[int] = []
    ends = [0]
    for row in rows:
        indices += [columns[name] for name in row if name in columns]
        ends.append(len(indices))
    return csr_matrix((np.ones(len(indices), dtype=np.float32), indices, ends), shape=(len(rows), len(columns)))


def fit(
    matrix: csr_matrix, labels: NDArray[np.int8], columns: Mapping[str, int], *, strength: float,
    weights: NDArray[np.float64] | None = None,
) -> Linear:  # fmt: skip
    """Fit one binary model; `strength` is the inverse of the L2 penalty. Deterministic."""
    model = LogisticRegression(C=strength, solver="liblinear", fit_intercept=False, max_iter=200, random_state=7)
    model.fit(matrix, labels, sample_weight=weights)
    found = model.coef_[0]
    return Linear({name: float(found[i]) for name, i in columns.items() if found[i]})


def odds_of(linear: Linear, matrix: csr_matrix, columns: Mapping[str, int]) -> NDArray[np.float64]:
    """The probabilities of all rows at once."""
    vector = np.zeros(len(columns))
    for name, weight in linear.weights.items():
        vector[columns[name]] = weight
    total: NDArray[np.float64] = matrix @ vector
    out: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(total, -30, 30)))
    return out


def fit_forest(rows: Sequence[Mapping[str, float]], labels: Sequence[int], weights: Sequence[float]) -> Forest:
    """Fit small boosted trees on measured rows; deterministic."""
    counts = Counter(name for row in rows for name, value in row.items() if value)
    columns = {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= MIN_MEASURED))}
    none = np.zeros((0, 0), dtype=np.int32)
    empty = Forest(columns, none, none.astype(float), none, none, none.astype(float), 0.0, 0)
    model = HistGradientBoostingClassifier(
        max_iter=160, max_leaf_nodes=12, learning_rate=0.08, min_samples_leaf=20, l2_regularization=5.0,
        max_features=0.4, early_stopping=False, random_state=3,
    )  # fmt: skip
    model.fit(empty.matrix(rows), np.array(labels), sample_weight=np.array(weights))
    return _forest(model, columns)


def _forest(model: HistGradientBoostingClassifier, columns: Mapping[str, int]) -> Forest:
    trees = [predictors[0].nodes for predictors in model._predictors]
    shape = (len(trees), max(len(nodes) for nodes in trees))
    feature, left, right = (np.zeros(shape, dtype=np.int32) for _ in range(3))
    threshold, value = (np.zeros(shape) for _ in range(2))
    for t, nodes in enumerate(trees):
        for n, node in enumerate(nodes):
            if node["is_leaf"]:
                left[t, n] = right[t, n] = n
                value[t, n] = node["value"]
            else:
                feature[t, n], threshold[t, n] = node["feature_idx"], node["num_threshold"]
                left[t, n], right[t, n] = node["left"], node["right"]
    depth = max(int(node["depth"]) for nodes in trees for node in nodes)
    return Forest(
        columns, feature, threshold, left, right, value, float(np.ravel(model._baseline_prediction)[0]), depth
    )

"""Linear models over named properties: scikit-learn learns the weights, `Linear` holds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from tasks.domain.claims.linear import Linear

Rows = Sequence[Sequence[str]]
MIN_COUNT = 4


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

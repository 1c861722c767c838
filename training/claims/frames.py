"""Train the frame model and measure it by cross-validation over articles.

    python -m training.claims.frames            cross-validate, then train on everything and write the model
    python -m training.claims.frames --measure  cross-validate only
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tasks.domain.claims.engine import Reading, extract_with
from tasks.domain.claims.frames import ROLES, Candidate, claim_rows, propose, role_rows
from tasks.domain.claims.model import Model, save_model
from tasks.domain.claims.score import Counts, as_row, format_table, score_article
from training.claims.examples import FOLDS, Sample, claim_label, claims_in, load_gold, read_samples, role_labels
from training.claims.learn import columns_of, empty_forest, fit

OUT = Path(__file__).parents[2] / "tasks" / "domain" / "data" / "claims" / "frames.npz"
THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
CHOSEN = 0.35


@dataclass(frozen=True)
class RoleData:
    matrix: NDArray[np.float32]
    labels: NDArray[np.int8]
    folds: NDArray[np.int8]
    columns: dict[str, int]


def role_data(samples: Sequence[Sample]) -> RoleData:
    rows, labels, folds = [], [], []
    for sample in samples:
        for reading in sample.readings:
            claims = claims_in(sample, reading)
            for anchor in reading.view.anchors:
                rows += role_rows(reading.view, anchor, reading.parties)
                found = role_labels(claims, reading, anchor)
                labels += list(zip(*(found[role] for role in ROLES), strict=True))
                folds += [sample.fold] * len(reading.parties)
    columns = columns_of(rows)
    matrix = empty_forest(columns).matrix(rows)
    return RoleData(matrix, np.array(labels, dtype=np.int8), np.array(folds, dtype=np.int8), columns)


def role_model(data: RoleData, keep: NDArray[np.bool_]) -> Model:
    """The three role forests; the claim forest is empty."""
    forests = tuple(
        fit(data.matrix[keep], data.labels[keep, i], data.columns, trees=80, leaves=12) for i in range(len(ROLES))
    )
    return Model(forests, empty_forest({}), CHOSEN)


def claim_model(samples: Sequence[Sample], by_fold: dict[int, Model], roles: Model) -> Model:
    """Learn from candidates whose odds come from a role model that has not seen their article."""
    rows, labels = [], []
    for sample in samples:
        for reading in sample.readings:
            more_rows, more_labels = claim_examples(sample, reading, by_fold[sample.fold])
            rows += more_rows
            labels += more_labels
    columns = columns_of(rows)
    matrix = empty_forest(columns).matrix(rows)
    claim = fit(matrix, np.array(labels, dtype=np.int8), columns, trees=150, leaves=12, rate=0.06)
    return replace(roles, claim=claim)


def claim_examples(sample: Sample, reading: Reading, model: Model) -> tuple[list[dict[str, float]], list[int]]:
    candidates: list[Candidate] = list(propose(reading.view, reading.parties, model))
    claims = claims_in(sample, reading)
    known = [(c, claim_label(claims, c)) for c in candidates]
    kept = [(c, label) for c, label in known if label is not None]
    return claim_rows(reading.view, [c for c, _ in kept]), [label for _, label in kept]


def train(samples: Sequence[Sample], data: RoleData, without: int | None) -> Model:
    """Train on all folds but one; the role odds of each fold come from a model without that fold either."""
    outside = np.ones(len(data.folds), dtype=bool) if without is None else data.folds != without
    inner = {f: role_model(data, outside & (data.folds != f)) for f in range(FOLDS) if f != without}
    used = [s for s in samples if s.fold != without]
    return claim_model(used, inner, role_model(data, outside))


def measure(samples: Sequence[Sample], models: dict[int, Model]) -> None:
    for threshold in THRESHOLDS:
        counts, halves, alarms, empty = Counts(), {0: Counts(), 1: Counts()}, 0, 0
        for sample in samples:
            model = replace(models[sample.fold], threshold=threshold)
            predicted = [as_row(c) for c in extract_with(model, sample.document, ())]
            outcome = score_article(predicted, sample.claims)
            counts += outcome.counts
            half = int(sample.article["id"][-2:]) % 2
            halves[half] += outcome.counts
            if not sample.claims:
                empty, alarms = empty + 1, alarms + bool(predicted)
        work, held = (" ".join(f"{halves[h].f1(n):.3f}" for n in ("detected", "kind", "directed", "status", "full")) for h in (0, 1))
        print(f"threshold {threshold}: even {work} | odd {held} | false alarms on {alarms} of {empty} empty articles")
        if threshold == CHOSEN:
            print(format_table(counts))


def main() -> None:
    samples = read_samples(load_gold())
    data = role_data(samples)
    print(f"{len(samples)} articles, {len(data.matrix)} role rows, {len(data.columns)} columns")
    measure(samples, {f: train(samples, data, f) for f in range(FOLDS)})
    if "--measure" not in sys.argv:
        OUT.write_bytes(save_model(train(samples, data, None)))
        print(f"wrote {OUT} ({OUT.stat().st_size // 1024} KiB)")


if __name__ == "__main__":
    main()

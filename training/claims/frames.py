"""Train the frame model and measure it by cross-validation over articles.

    python -m training.claims.frames            cross-validate, then train on everything and write the model
    python -m training.claims.frames --measure  cross-validate only

The gold says which claim a sentence holds, not which words of it carry the claim. So each model is fitted twice: once
with every place that could carry it as a positive example, then with only those the first fit finds likeliest.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tasks.domain.claims.calibration import Table
from tasks.domain.claims.engine import Reading, candidates_of, claims_of, verdicts_of
from tasks.domain.claims.features import party_names
from tasks.domain.claims.frames import Candidate, claim_rows, propose
from tasks.domain.claims.linear import Linear
from tasks.domain.claims.model import ROLES, Model, dump_model
from tasks.domain.claims.net import Verdict
from tasks.domain.claims.ranking import measure as compare
from tasks.domain.claims.ranking import rerank
from tasks.domain.claims.score import LEVELS, Counts, as_row, format_table, score_article
from tasks.domain.claims.trees import Forest
from training.claims.calibrate import fit as fit_calibration
from training.claims.calibrate import hits_of
from training.claims.examples import (
    FOLDS,
    MADE_UP,
    Sample,
    claim_label,
    claims_in,
    load_gold,
    load_written,
    read_samples,
    role_labels,
)
from training.claims.learn import columns_of, fit, fit_forest, matrix_of, odds_of
from training.claims.net import folded_net
from training.claims.patterns import made_up_articles
from training.claims.short import short_articles

OUT = Path(__file__).parents[2] / "tasks" / "domain" / "data" / "claims" / "frames.json"
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
CHOSEN = 0.25
ROLE_STRENGTH = 0.1
CLAIM_STRENGTH = 0.05
SHARE = 0.6
MADE_UP_WEIGHT = 0.3
# The trees weigh scores against each other; the gold is nearer to the news than reports written to hold many claims.
WRITTEN_WEIGHT = 0.3


@dataclass(frozen=True)
class Examples:
    """Rows with labels, the fold of each, and the bag: rows of one bag may carry the same claim."""

    matrix: csr_matrix
    columns: dict[str, int]
    labels: NDArray[np.int8]
    folds: NDArray[np.int8]
    bags: tuple[Hashable, ...]

    @property
    def weights(self) -> NDArray[np.float64]:
        """Made-up sentences, which are in no fold, count for less than real ones."""
        return np.where(self.folds == MADE_UP, MADE_UP_WEIGHT, 1.0)


def examples(rows: list[list[str]], labels: list[object], folds: list[int], bags: list[Hashable]) -> Examples:
    columns = columns_of(rows)
    return Examples(
        matrix_of(rows, columns), columns, np.array(labels, dtype=np.int8), np.array(folds, dtype=np.int8), tuple(bags)
    )


def fit_bags(data: Examples, labels: NDArray[np.int8], keep: NDArray[np.bool_], strength: float) -> Linear:
    """Fit, keep of every bag the positives near its likeliest, drop its other positives, fit again."""
    first = fit(data.matrix[keep], labels[keep], data.columns, strength=strength, weights=data.weights[keep])
    odds = odds_of(first, data.matrix, data.columns)
    best: dict[Hashable, float] = defaultdict(float)
    positives = np.flatnonzero(keep & (labels == 1))
    for i in positives:
        best[data.bags[i]] = max(best[data.bags[i]], odds[i])
    sure = keep.copy()
    for i in positives:
        sure[i] = odds[i] >= SHARE * best[data.bags[i]]
    return fit(data.matrix[sure], labels[sure], data.columns, strength=strength, weights=data.weights[sure])


def role_examples(samples: Sequence[Sample]) -> Examples:
    rows, labels, folds = [], [], []
    bags: list[Hashable] = []
    for sample in samples:
        for reading in sample.readings:
            claims = claims_in(sample, reading)
            for anchor in reading.view.anchors:
                rows += [party_names(reading.view, anchor, party) for party in reading.parties]
                found = role_labels(claims, reading, anchor)
                labels += list(zip(*(found[role] for role in ROLES), strict=True))
                folds += [sample.fold] * len(reading.parties)
                place = (sample.number, reading.view.scene.index)
                bags += [(*place, party.ids) for party in reading.parties]
    return examples(rows, list(labels), folds, bags)


def role_model(data: Examples, keep: NDArray[np.bool_]) -> Model:
    """The three role models; the claim model is empty."""
    roles: dict[str, Linear] = {
        role: fit_bags(data, data.labels[:, i], keep, ROLE_STRENGTH) for i, role in enumerate(ROLES)
    }
    return Model(roles, Linear({}), CHOSEN)


def role_models(samples: Sequence[Sample]) -> dict[int | None, Model]:
    """A role model without each fold, and under None one of everything."""
    data = role_examples(samples)
    folds: list[int | None] = [*range(FOLDS), MADE_UP, None]
    return {fold: role_model(data, data.folds != (-9 if fold is None else fold)) for fold in folds}


Verdicts = Sequence[Sequence[Verdict | None]]


def claim_examples(samples: Sequence[Sample], by_fold: dict[int | None, Model], verdicts: Verdicts) -> Examples:
    """Candidates that a network proposes and a role model weighs which have not seen their article."""
    rows, labels, folds = [], [], []
    bags: list[Hashable] = []
    for sample, article in zip(samples, verdicts, strict=True):
        for reading, verdict in zip(sample.readings, article, strict=True):
            if verdict is None:
                continue
            found = _claim_examples(sample, reading, by_fold[sample.fold], verdict)
            rows += found[0]
            labels += found[1]
            bags += found[2]
            folds += [sample.fold] * len(found[0])
    return examples(rows, list(labels), folds, bags)


def _claim_examples(
    sample: Sample, reading: Reading, model: Model, verdict: Verdict
) -> tuple[list[list[str]], list[int], list[Hashable]]:
    claims = claims_in(sample, reading)
    known = [(c, claim_label(claims, c)) for c in propose(reading.view, reading.parties, model, verdict)]
    kept = [(c, label) for c, label in known if label is not None]
    bags: list[Hashable] = [(sample.number, reading.view.scene.index, c.kind, c.roles) for c, _ in kept]
    return claim_rows(reading.view, [c for c, _ in kept]), [label for _, label in kept], bags


def train(data: Examples, roles: dict[int | None, Model], without: int | None) -> Model:
    keep = data.folds != (-9 if without is None else without)
    return replace(roles[without], claim=fit_bags(data, data.labels, keep, CLAIM_STRENGTH))


def ranking(samples: Sequence[Sample], scored: Sequence[list[list[Candidate]]], without: int | None) -> Forest:
    """Learn to set candidates side by side, from first scores given by models that have not seen the article."""
    rows, labels, weights = [], [], []
    for sample, article in zip(samples, scored, strict=True):
        if sample.fold == without:
            continue
        for reading, sentence in zip(sample.readings, compare(article), strict=True):
            claims = claims_in(sample, reading)
            for c, row in sentence:
                label = claim_label(claims, c)
                if label is not None:
                    rows.append(row)
                    labels.append(label)
                    weights.append(1.0 if sample.is_gold else WRITTEN_WEIGHT)
    return fit_forest(rows, labels, weights)


def measure(samples: Sequence[Sample], scored: Sequence[list[list[Candidate]]], name: str) -> None:
    """Print the scores of every level by threshold, and the table at the chosen one."""
    print(name)
    for threshold in THRESHOLDS:
        counts, alarms, empty = Counts(), 0, 0
        for sample, candidates in zip(samples, scored, strict=True):
            predicted = [as_row(c) for c in claims_of(sample.readings, sample.scenes, candidates, threshold)]
            counts += score_article(predicted, sample.claims).counts
            if not sample.claims:
                empty, alarms = empty + 1, alarms + bool(predicted)
        levels = " ".join(f"{counts.f1(level):.3f}" for level in LEVELS)
        print(f"threshold {threshold}: {levels}, false alarms on {alarms} of {empty} empty articles")
        if threshold == CHOSEN:
            print(format_table(counts))


def calibration(samples: Sequence[Sample], scored: Sequence[list[list[Candidate]]]) -> Table:
    """From scores given by models that have not seen the article."""
    found = [claims_of(s.readings, s.scenes, one, CHOSEN) for s, one in zip(samples, scored, strict=True)]
    pairs = [pair for s, claims in zip(samples, found, strict=True) for pair in hits_of(claims, s.claims)]
    return fit_calibration([score for score, _ in pairs], [hit for _, hit in pairs])


@dataclass(frozen=True)
class Learned:
    """All articles with their candidates as scored by models that have not seen them: at first, and finally.

    The first `gold` of them are the development gold, on which alone the engine is measured.
    """

    samples: list[Sample]
    gold: int
    roles: dict[int | None, Model]
    data: Examples
    first: list[list[list[Candidate]]]
    final: list[list[list[Candidate]]]


def learn() -> Learned:
    """Train without each fold, and score it."""
    gold = load_gold()
    samples = read_samples([*gold, *load_written(), *short_articles()])
    learned_from = [*samples, *read_samples(made_up_articles(), fold=MADE_UP)]
    roles = role_models(learned_from)
    # Made-up sentences are in no fold: every network has seen them, and any will do.
    nets = {MADE_UP: folded_net(0)} | {f: folded_net(f) for f in range(FOLDS)}
    verdicts = [verdicts_of(s.readings, nets[s.fold]) for s in learned_from]
    data = claim_examples(learned_from, roles, verdicts)
    models = {f: train(data, roles, f) for f in range(FOLDS)}
    measured = zip(samples, verdicts[: len(samples)], strict=True)
    first = [candidates_of(s.readings, models[s.fold], found) for s, found in measured]
    forests = {f: ranking(samples, first, f) for f in range(FOLDS)}
    final = [rerank(scored, forests[s.fold]) for s, scored in zip(samples, first, strict=True)]
    return Learned(samples, len(gold), roles, data, first, final)


def cross_validate() -> tuple[list[Sample], list[list[list[Candidate]]]]:
    """The gold articles and their candidates, scored by models that have not seen them."""
    learned = learn()
    return learned.samples[: learned.gold], learned.final[: learned.gold]


def main() -> None:
    learned = learn()
    samples, data, gold = learned.samples, learned.data, learned.gold
    print(f"{len(samples)} articles, {len(data.labels)} candidates, {len(data.columns)} properties")
    measure(samples[gold:], learned.final[gold:], "articles written for training")
    measure(samples[:gold], learned.final[:gold], "development gold")
    if "--measure" not in sys.argv:
        whole = replace(
            train(data, learned.roles, None),
            ranking=ranking(samples, learned.first, None),
            calibration=calibration(samples[:gold], learned.final[:gold]),
        )
        OUT.write_text(dump_model(whole), encoding="utf-8")
        print(f"wrote {OUT} ({OUT.stat().st_size // 1024} KiB)")


if __name__ == "__main__":
    main()

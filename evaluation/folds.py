"""The development articles scored by models that were trained without them."""

from __future__ import annotations

from dataclasses import replace

from evaluation.measures import Scored, score_claims
from tasks.domain.claims.calibration import calibrated
from tasks.domain.claims.engine import claims_of
from training.claims.calibrate import fit, hits_of
from training.claims.examples import FOLDS
from training.claims.frames import CHOSEN, cross_validate
from warehouse.records import Claim


def scored_by_folds() -> list[Scored]:
    """Each article by the models of the other folds; confidence, too, is calibrated on the other folds."""
    samples, scored = cross_validate()
    found = [claims_of(s.readings, s.scenes, one, CHOSEN) for s, one in zip(samples, scored, strict=True)]
    hits = [(s.fold, list(hits_of(claims, s.claims))) for s, claims in zip(samples, found, strict=True)]
    tables = {}
    for fold in range(FOLDS):
        pairs = [pair for other, some in hits if other != fold for pair in some]
        tables[fold] = fit([score for score, _ in pairs], [hit for _, hit in pairs])
    return [
        score_claims(s.article, [_calibrated(claim, tables[s.fold]) for claim in claims])
        for s, claims in zip(samples, found, strict=True)
    ]


def _calibrated(claim: Claim, table: tuple[tuple[float, float], ...]) -> Claim:
    return replace(claim, confidence=calibrated(table, claim.confidence or 0.0))

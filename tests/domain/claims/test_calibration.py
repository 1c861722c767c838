from __future__ import annotations

import random

import pytest

from tasks.domain.claims.calibration import calibrated
from tasks.domain.claims.score import as_row
from training.claims.calibrate import fit, hits_of
from warehouse.records import Claim

TABLE = ((0.2, 0.1), (0.6, 0.5), (0.9, 0.8))


@pytest.mark.parametrize(
    ("score", "share"), [(0.0, 0.1), (0.2, 0.1), (0.4, 0.3), (0.6, 0.5), (0.75, 0.65), (0.9, 0.8), (1.0, 0.8)]
)
def test_between_knots_the_share_goes_in_a_straight_line(score: float, share: float) -> None:
    assert calibrated(TABLE, score) == pytest.approx(share)


def test_without_a_table_the_score_stands() -> None:
    assert calibrated((), 0.37) == 0.37


def test_an_overconfident_score_is_put_right() -> None:
    """Claims that are right half as often as their score says get half of it."""
    draw = random.Random(7)
    scores = [draw.random() for _ in range(4000)]
    hits = [draw.random() < score / 2 for score in scores]
    table = fit(scores, hits)
    assert all(abs(calibrated(table, score) - score / 2) < 0.1 for score in (0.2, 0.4, 0.6, 0.8))
    assert [share for _, share in table] == sorted(share for _, share in table)


def test_shares_never_fall_as_scores_rise() -> None:
    scores = [i / 300 for i in range(300)]
    hits = [i % 3 == 0 if i > 150 else i % 2 == 0 for i in range(300)]
    shares = [calibrated(fit(scores, hits), score) for score in scores]
    assert shares == sorted(shares)


def test_a_handful_of_claims_teaches_nothing() -> None:
    assert fit([0.9] * 20, [True] * 20) == ()


def test_a_claim_is_right_where_the_gold_has_it_up_to_its_status() -> None:
    claim = Claim("exercise", None, None, ("EGY", "SAU"), "planned", None, (), None, (0, 9), "r", 0.7)
    gold = as_row(claim)
    assert list(hits_of([claim], [gold | {"optional": True}])) == [(0.7, True)]
    assert list(hits_of([claim], [gold | {"status": "occurred"}])) == [(0.7, False)]
    assert list(hits_of([claim], [])) == [(0.7, False)]

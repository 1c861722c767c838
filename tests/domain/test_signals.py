"""When people are called: pure decisions over counts and statements."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tasks.domain.signals import changes, spikes, turned_failing
from warehouse.records import DailyClaims, FeedState, Said, Statement

TODAY = date(2026, 3, 31)


def days(claims: int, *, back: int = 28, pair: tuple[str, str] = ("RUS", "DZA")) -> list[DailyClaims]:
    """So many claims on each of the days before today."""
    return [DailyClaims(*pair, "arms_transfer", TODAY - timedelta(days=ago), claims) for ago in range(1, back + 1)]


def today(claims: int, pair: tuple[str, str] = ("RUS", "DZA")) -> DailyClaims:
    return DailyClaims(*pair, "arms_transfer", TODAY, claims)


@pytest.mark.parametrize(
    ("usual", "now", "expected"),
    [
        (0, 4, False),  # too few to be a rush, however rare the pair
        (1, 5, False),  # 1 + 3 * sqrt(2) is 5.2
        (1, 6, True),
        (10, 19, False),
        (10, 20, True),
        (100, 130, False),
        (100, 131, True),
    ],
)
def test_a_spike_is_far_above_the_usual(usual: int, now: int, expected: bool) -> None:
    known = [*days(usual or 1, pair=("USA", "EGY")), *(days(usual) if usual else [])]
    assert bool(spikes([*known, today(now)], TODAY)) is expected


def test_days_without_claims_count_as_zero() -> None:
    (busy, *_) = days(28)  # one day of 28, and 27 of none: 1 a day
    (spike,) = spikes([*days(1, pair=("USA", "EGY")), busy, today(6)], TODAY)
    assert spike.details == {
        "day": "2026-03-31",
        "actors": ["RUS", "DZA"],
        "kind": "arms_transfer",
        "claims": 6,
        "usual": 1.0,
    }
    assert (spike.subject, spike.happened_at) == ("RUS-DZA arms_transfer", datetime(2026, 3, 31, tzinfo=UTC))


def test_a_young_warehouse_knows_no_rhythm() -> None:
    assert spikes([*days(1, back=13), today(50)], TODAY) == []
    assert spikes([*days(1, back=14), today(50)], TODAY) != []
    assert spikes([], TODAY) == []


DELIVERED = Statement("arms_transfer", ("RUS", "DZA"), "occurred", "12 Su-35")
EXERCISE = Statement("exercise", ("DZA", "RUS"), "planned", "")


def said(before: tuple[Statement, ...], after: tuple[Statement, ...]) -> Said:
    return Said("a1", "http://a.test/1", "صحيفة", datetime(2026, 3, 31, 9, tzinfo=UTC), before, after)


def test_a_claim_with_another_status_or_other_figures_has_changed() -> None:
    for after in (replace(DELIVERED, status="denied"), replace(DELIVERED, items="24 Su-35")):
        (signal,) = changes([said((DELIVERED, EXERCISE), (after, EXERCISE))])
        (claim,) = signal.details["claims"]
        assert claim["before"] == [{"status": "occurred", "items": "12 Su-35"}]
        assert claim["after"] == [{"status": after.status, "items": after.items}]


def test_a_claim_that_is_no_longer_made_has_changed() -> None:
    (signal,) = changes([said((DELIVERED,), ())])
    assert signal.details["claims"][0]["after"] == []


def test_what_is_said_again_or_in_addition_has_not_changed() -> None:
    assert changes([said((DELIVERED,), (DELIVERED, DELIVERED, EXERCISE)), said((), (DELIVERED,))]) == []


def test_a_feed_turns_failing_once() -> None:
    fine = FeedState("f", "http://a.test/rss")
    assert turned_failing(replace(fine, failures=2.5), replace(fine, failures=3.5))
    assert not turned_failing(replace(fine, failures=3.5), replace(fine, failures=4.5))
    assert not turned_failing(fine, replace(fine, failures=1))
    assert turned_failing(fine, replace(fine, is_muted=True))

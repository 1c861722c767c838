from __future__ import annotations

from dataclasses import replace

from tasks.domain.claims.actors import Party
from tasks.domain.claims.anchors import Anchor
from tasks.domain.claims.frames import Candidate, said_again, select
from tasks.domain.claims.ranking import measure

ANCHOR = Anchor(3, 3, "verb", "give", "past", "", False, "سلم", ("arms_transfer",), ())
RUSSIA = Party(("RUS",), "state", 4, 4, 4, group=1)
SYRIA = Party(("SYR",), "state", 6, 6, 6, group=2)
IRAQ = Party(("IRQ",), "state", 7, 7, 7, group=2)
JORDAN = Party(("JOR",), "state", 9, 9, 9, group=3)
SURE = Candidate(ANCHOR, "arms_transfer", RUSSIA, SYRIA, True, (0.9, 0.9), 0.9)


def test_the_reverse_direction_is_a_rival() -> None:
    reverse = replace(SURE, left=SYRIA, right=RUSSIA, score=0.3)
    measured = {c.supplier: measures for c, measures in measure([[SURE, reverse]])[0]}
    assert measured["SYR"]["reverse"] > 0 > measured["RUS"]["reverse"]
    assert (measured["RUS"]["rank"], measured["SYR"]["rank"]) == (0.0, 1.0)


def test_what_the_article_says_elsewhere_counts() -> None:
    alone, repeated = measure([[SURE]])[0][0][1], measure([[SURE], [SURE]])[0][0][1]
    assert repeated["article_same"] > alone["article_same"]


def test_of_one_filling_the_likeliest_anchor_is_kept_with_what_else_says_it() -> None:
    other, unlikely = (
        replace(SURE, anchor=replace(ANCHOR, first=at), score=odds) for at, odds in ((8, 0.5), (9, 0.01))
    )
    ((measured,),) = measure([[SURE, other, unlikely]])
    assert measured[0] == replace(SURE, again=(other,))
    assert said_again([replace(measured[0], score=0.8)]) == [replace(other, score=0.8)]
    assert said_again([replace(measured[0], right=IRAQ)]) == []


def test_one_anchor_has_two_recipients_only_where_they_are_coordinated() -> None:
    second = replace(SURE, right=IRAQ, score=0.8)
    third = replace(SURE, right=JORDAN, score=0.7)
    assert select([SURE, second, third], 0.3) == [SURE, second]


def test_nothing_below_the_threshold_and_no_direction_both_ways() -> None:
    assert select([SURE, replace(SURE, left=SYRIA, right=RUSSIA, score=0.6)], 0.3) == [SURE]
    assert select([replace(SURE, score=0.2)], 0.3) == []


def test_what_cannot_win_is_a_rival_but_not_measured() -> None:
    weak = replace(SURE, left=SYRIA, right=RUSSIA, score=0.01)
    ((measured,),) = measure([[SURE, weak]], least=0.02)
    assert measured == measure([[SURE, weak]])[0][0]
    assert measured[1]["reverse"] < 0

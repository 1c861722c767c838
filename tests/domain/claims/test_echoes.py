"""A denial in the sentence of the claim it answers is a claim of its own."""

from __future__ import annotations

from tasks.domain.claims.details import complete_all
from tests.domain.claims.sentences import frame_at, scenes_of
from warehouse.records import Claim


def claims(text: str, trigger: str) -> list[Claim]:
    scenes = scenes_of(text)
    frame, scene = frame_at(scenes, trigger)
    return complete_all([frame], scene, scenes)


def test_a_denial_behind_the_claim() -> None:
    found = claims("وقال خبراء الأمم المتحدة إن روسيا سلمت سوريا مدافع، وهو ما دأبت دمشق على نفيه.", "سلمت")
    assert [(c.status, c.attribution and c.attribution.country) for c in found] == [
        ("occurred", "UN"),
        ("denied", "SYR"),
    ]
    assert (found[1].items, found[1].supplier) == ((), "RUS")


def test_a_denial_of_a_following_clause() -> None:
    text = "أظهرت صور أقمار صناعية أن روسيا سلمت سوريا مدافع، لكن وزير الدفاع السوري نفى ذلك."
    assert [c.status for c in claims(text, "سلمت")] == ["occurred", "denied"]


def test_a_denied_claim_has_no_second_denial() -> None:
    assert len(claims("نفت دمشق أن روسيا سلمت سوريا مدافع، ونفت موسكو الأمر.", "سلمت")) == 1

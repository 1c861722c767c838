from __future__ import annotations

import pytest

from tasks.domain.claims.inflect import noun_forms, participle_forms, past_forms, present_forms


@pytest.mark.parametrize(
    ("past", "surface"),
    [("سلّم", "سلمت"), ("سلّم", "سلموا"), ("سلّم", "سلمتها"), ("اشترى", "اشترت"), ("اشترى", "اشتراها"), ("أجرى", "اجريا")],
)
def test_perfect_is_inflected(past: str, surface: str) -> None:
    assert surface in set(past_forms(past))


@pytest.mark.parametrize(
    ("present", "surface"),
    [("يزوّد", "ستزود"), ("يزوّد", "يزودون"), ("يزوّد", "تزودها"), ("يشتري", "سيشترون"), ("يشتري", "نشتري")],
)
def test_imperfect_is_inflected(present: str, surface: str) -> None:
    assert surface in set(present_forms(present))


@pytest.mark.parametrize(
    ("noun", "surface"), [("صفقة", "صفقتها"), ("صفقة", "الصفقة"), ("سلاح", "سلاحا"), ("دعم", "دعمهم")]
)
def test_noun_takes_article_and_pronouns(noun: str, surface: str) -> None:
    assert surface in set(noun_forms(noun))


def test_participle_takes_gender_and_number() -> None:
    assert {"المنتشرين", "منتشرة", "المنتشرون"} <= set(participle_forms("منتشر"))

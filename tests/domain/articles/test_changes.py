from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.articles.changes import compare_versions, summarise

FIRST = "وقع الوزيران اتفاقا للتدريب المشترك اليوم."
SECOND = "ويشمل الاتفاق تدريب أطقم الدبابات والمروحيات في البلدين."
THIRD = "ولم تعلن قيمة الاتفاق."


def test_added_removed_and_edited_paragraphs() -> None:
    change = compare_versions(f"{FIRST}\n{SECOND}", f"{FIRST}\n{SECOND.replace('الدبابات', 'المدرعات')}\n{THIRD}")
    assert change.edited == ((SECOND, SECOND.replace("الدبابات", "المدرعات")),)
    assert (change.added, change.removed) == ((THIRD,), ())
    assert (change.words_added, change.words_removed) == (5, 1)
    assert summarise(change) == f"1 paragraph edited; 1 paragraph added; +5 -1 words: {THIRD}"
    back = compare_versions(f"{FIRST}\n{THIRD}", FIRST)
    assert (back.removed, summarise(back)) == ((THIRD,), f"1 paragraph removed; +0 -4 words: {THIRD}")


def test_a_title_alone() -> None:
    change = compare_versions(FIRST, FIRST, old_title="اتفاق", new_title="اتفاق جديد")
    assert summarise(change) == "new title" and change.similarity == 1.0


@pytest.mark.parametrize(("old", "new"), [("", ""), (FIRST, FIRST), (f"{FIRST}\n\n {SECOND}", f"{FIRST}\n{SECOND}  ")])
def test_white_space_is_no_change(old: str, new: str) -> None:
    assert compare_versions(old, new).is_empty and summarise(compare_versions(old, new)) == "no change"


@given(
    st.lists(st.sampled_from([FIRST, SECOND, THIRD, "خبر"])), st.lists(st.sampled_from([FIRST, SECOND, THIRD, "آخر"]))
)
def test_counts_agree_with_the_texts(old: list[str], new: list[str]) -> None:
    change = compare_versions("\n".join(old), "\n".join(new))
    words = [len(" ".join(texts).split()) for texts in (old, new)]
    assert words[1] - words[0] == change.words_added - change.words_removed
    assert len(new) - len(old) == len(change.added) - len(change.removed)
    assert 0 <= change.similarity <= 1

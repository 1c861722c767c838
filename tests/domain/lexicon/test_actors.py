"""The shipped actor lexicon: every state by name, adjective and capital, heads, and forms with several meanings."""

from __future__ import annotations

import pytest

from tasks.domain.arabic.tokens import tokenise
from tasks.domain.lexicon import Match, actors


def found(text: str) -> list[Match]:
    return list(actors().match(tokenise(text)))


def ids(text: str) -> list[str]:
    return [match.entry_id for match in found(text)]


@pytest.mark.parametrize(
    ("spelling", "state"),
    [
        ("بيونغ يانغ", "PRK"),
        ("بيونج يانج", "PRK"),
        ("بيونجيانغ", "PRK"),
        ("الولايات المتحدة الأمريكية", "USA"),
        ("أميركا", "USA"),
        ("امريكا", "USA"),
        ("واشنطن", "USA"),
        ("الإمارات", "ARE"),
        ("بريطانيا", "GBR"),
        ("كييف", "UKR"),
        ("إسلام آباد", "PAK"),
    ],
)
def test_spellings_of_states_and_capitals(spelling: str, state: str) -> None:
    assert ids(f"قالت {spelling} إنها") == [state]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال وزير الدفاع الأميركي", ("USA", "leader")),
        ("أعلنت وزارة الدفاع السعودية", ("SAU", "ministry")),
        ("القوات الجوية الملكية السعودية", ("SAU", "army")),
        ("رئيس وزراء الهند", ("IND", "leader")),
        ("وزارة الدفاع", ("", "ministry")),
        ("الجيش المالي", ("MLI", "army")),
    ],
)
def test_heads_take_up_the_adjective_or_the_state(text: str, expected: tuple[str, str]) -> None:
    (match,) = found(text)
    assert (match.entry_id, match.role) == expected


@pytest.mark.parametrize(
    "text", ["دعم مالي كبير", "وزير المالية", "نهر الأردن", "صلاة المغرب", "قناة بنما", "ولاية جورجيا", "مقر قواته"]
)
def test_words_that_only_look_like_states(text: str) -> None:
    assert ids(text) in ([], [""])


def test_spans_leave_clitics_out() -> None:
    text = "وللصين وبالولايات المتحدة"
    assert [(match.proclitic, text[match.start : match.end]) for match in found(text)] == [
        ("ول", "لصين"),
        ("وب", "الولايات المتحدة"),
    ]

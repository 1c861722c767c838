"""The shipped actor lexicon: every state by name, adjective and capital, heads, and forms with several meanings."""

from __future__ import annotations

from datetime import date

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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ذكرت وكالة رويترز", "رويترز"),
        ("وقعت شركة لوكهيد مارتن الأميركية", "لوكهيد مارتن"),
        ("قال حزب الله اللبناني", "حزب الله"),
        ("قال ولحزب الله اللبناني", "حزب الله"),
        ("دول حلف «الناتو»", "الناتو"),
        ("خبراء «الحرس الثوري» الإيراني", "الحرس الثوري"),
        ("قوات الدعم السريع", "قوات الدعم السريع"),
        ("منظمة العفو الدولية", "منظمة العفو الدولية"),
    ],
)
def test_spans_are_the_name_itself(text: str, name: str) -> None:
    (match,) = [match for match in found(text) if match.label]
    assert text[match.start : match.end] == name


def test_bare_heads_have_a_label_only_if_they_are_names() -> None:
    assert [(m.form, m.label) for m in found("قال الجيش إن وزارة الدفاع")] == [("الجيش", None), ("وزاره الدفاع", "ORG")]


def test_a_state_that_agrees_with_an_adjective_is_one() -> None:
    assert [(m.entry_id, m.role) for m in found("الاتفاقية السعودية الباكستانية")] == [
        ("SAU", "adjective"),
        ("PAK", "adjective"),
    ]


def test_offices_go_with_their_dates() -> None:
    tokens = tokenise("قال مارك روته")
    assert [m.entry_id for m in actors().match(tokens, date(2022, 5, 1))] == ["NLD"]
    assert [m.entry_id for m in actors().match(tokens, date(2025, 5, 1))] == ["NATO"]


def test_a_commander_names_the_army_and_stands_for_its_state() -> None:
    text = "قال نائب رئيس أركان الجيش الهندي"
    (match,) = found(text)
    assert (match.entry_id, match.role, match.source_type) == ("IND", "commander", "military")
    assert (text[match.start : match.end], match.label, match.key) == ("الجيش الهندي", "ORG", "IND:army")
    assert match.first == 1


def test_named_exercises_take_their_number_and_stand_for_nobody() -> None:
    text = "انطلقت مناورات النجم الساطع 2023 في مصر"
    exercise, state = found(text)
    assert (text[exercise.start : exercise.end], exercise.role, exercise.label) == (
        "النجم الساطع 2023",
        "exercise",
        "MISC",
    )
    assert (exercise.entry_id, state.entry_id) == ("", "EGY")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قالت وزارة جيش الاحتلال", [("ISR", "army")]),
        ("قال وزير خارجية مالي", [("MLI", "leader")]),
        ("انتشرت قوات خفر السواحل اليونانية", [("GRC", "army")]),
    ],
)
def test_a_head_that_nothing_completes_hides_nothing(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(match.entry_id, match.role) for match in found(text)] == expected

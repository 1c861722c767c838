from tasks.domain.arabic.document import read_document
from tasks.domain.entities.propagate import propagate
from warehouse.records import Label, Mention


def _told(text: str, names: list[tuple[str, Label]], rank: dict[str, int] | None = None) -> list[tuple[str, str]]:
    mentions, at = [], 0
    for name, label in names:
        at = text.index(name, at)
        mentions.append(Mention(at, at + len(name), name, label))
        mentions[-1] = Mention(at, at + len(name), name, label, backend="embedded")
        at += len(name)
    found = propagate(read_document(text), mentions, rank or {})
    assert all(text[m.start : m.end] == m.text for m in found)
    return [(m.text, m.label) for m in found]


def test_a_surname_follows_its_full_name() -> None:
    text = "استقبل سيرغي شويغو الوفد. وقال شويغو إن الاتفاق قريب، وشكر الوفد لشويغو."
    assert _told(text, [("سيرغي شويغو", "PERS")]) == [("سيرغي شويغو", "PERS"), ("شويغو", "PERS"), ("شويغو", "PERS")]


def test_a_surname_before_its_full_name_is_found_too() -> None:
    assert _told("شويغو يزور كابل\nوصل سيرغي شويغو", [("سيرغي شويغو", "PERS")])[0] == ("شويغو", "PERS")


def test_a_common_word_is_no_surname() -> None:
    text = "قال إبراهيم رئيسي ذلك. وهو سبب رئيسي."
    assert _told(text, [("إبراهيم رئيسي", "PERS")], {"رييسي": 300}) == [("إبراهيم رئيسي", "PERS")]


def test_the_end_of_a_compound_name_is_no_surname() -> None:
    text = "قال محمد سيف الدين ذلك. هذا الدين."
    assert _told(text, [("محمد سيف الدين", "PERS")]) == [("محمد سيف الدين", "PERS")]


def test_the_same_name_has_the_same_label() -> None:
    text = "وقعت شركة بايكار العقد. وقالت بايكار إن التسليم قريب."
    assert _told(text, [("بايكار", "ORG")]) == [("بايكار", "ORG"), ("بايكار", "ORG")]


def test_a_lone_surname_takes_the_label_of_its_full_name() -> None:
    text = "قال سيرغي شويغو ذلك. وغادر شويغو."
    assert _told(text, [("سيرغي شويغو", "PERS"), ("شويغو", "ORG")])[1] == ("شويغو", "PERS")


def test_nothing_is_added_inside_another_name() -> None:
    text = "قال سيرغي شويغو ذلك في قاعدة شويغو الجوية."
    assert _told(text, [("سيرغي شويغو", "PERS"), ("قاعدة شويغو الجوية", "LOC")]) == [
        ("سيرغي شويغو", "PERS"),
        ("قاعدة شويغو الجوية", "LOC"),
    ]

"""Mentions become entities that are the same across spellings and never two people in one."""

from __future__ import annotations

import string
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.arabic.document import Document, read_document
from tasks.domain.entities.linking import link, stands_for
from tasks.domain.lexicon import Aliases, LexiconFile, actors, equipment, load_aliases
from tasks.domain.lexicon.names import latin, name_words
from warehouse.records import Entity, Label, Mention


def mentions(document: Document, *wanted: tuple[str, Label]) -> list[Mention]:
    """One mention for each name, each searched after the one before."""
    found: list[Mention] = []
    at = 0
    for name, label in wanted:
        at = document.text.index(name, at)
        found.append(Mention(at, at + len(name), name, label))
        at += len(name)
    return found


def linked(
    text: str, *wanted: tuple[str, Label], aliases: Aliases | None = None, published: date | None = None
) -> tuple[list[str | None], dict[str, Entity]]:
    document = read_document(text, published=published)
    out, entities = link(mentions(document, *wanted), document, actors(), equipment=equipment(), aliases=aliases)
    return [mention.entity_id for mention in out], {entity.entity_id: entity for entity in entities}


def test_one_capital_in_three_spellings() -> None:
    ids, entities = linked(
        "قالت بيونغ يانغ إن بيونج يانج غير بيونجيانغ.",
        ("بيونغ يانغ", "LOC"),
        ("بيونج يانج", "LOC"),
        ("بيونجيانغ", "LOC"),
    )
    assert ids == ["loc:pyongyang"] * 3
    assert entities["loc:pyongyang"] == Entity("loc:pyongyang", "LOC", "capital", "بيونغ يانغ", "Pyongyang", "PRK")


def test_leaders_by_full_name_and_surname() -> None:
    ids, _ = linked(
        "التقى فلاديمير بوتين كيم جونغ أون. وقال بوتين إن الزعيم كيم وافق.",
        *(("فلاديمير بوتين", "PERS"), ("كيم جونغ أون", "PERS"), ("بوتين", "PERS"), ("كيم", "PERS")),
    )
    assert ids == ["per:vladimir-putin", "per:kim-jong-un", "per:vladimir-putin", "per:kim-jong-un"]


def test_a_surname_stands_for_the_only_full_name_it_fits() -> None:
    ids, entities = linked(
        "قال الباحث يوناس برغستروم إن الصفقة كبيرة. وأضاف برغستروم أنها تاريخية.",
        *(("يوناس برغستروم", "PERS"), ("برغستروم", "PERS")),
    )
    assert ids[0] == ids[1]
    assert [entity.name_ar for entity in entities.values()] == ["يوناس برغستروم"]


def test_a_surname_of_two_people_is_neither() -> None:
    ids, _ = linked(
        "حضر سامر النجار وماهر النجار. وقال النجار إنه راض.",
        *(("سامر النجار", "PERS"), ("ماهر النجار", "PERS"), ("النجار", "PERS")),
    )
    assert len(set(ids)) == 3


def test_transcriptions_of_one_foreign_name_meet_and_arabic_names_do_not() -> None:
    assert (
        linked("قال خلدون غورغون", ("خلدون غورغون", "PERS"))[0]
        == linked("قال خلدون جورجون", ("خلدون جورجون", "PERS"))[0]
    )
    assert linked("قال محمد جمال", ("محمد جمال", "PERS"))[0] != linked("قال محمد كمال", ("محمد كمال", "PERS"))[0]


def test_a_middle_name_may_be_left_out() -> None:
    ids, _ = linked(
        "كلف سالم فتحي الراوي بالمهمة، وقال سالم الراوي إنه يقبل.",
        ("سالم فتحي الراوي", "PERS"),
        ("سالم الراوي", "PERS"),
    )
    assert ids[0] == ids[1]


def test_a_bare_ministry_is_the_one_the_document_names() -> None:
    ids, entities = linked(
        "قالت وزارة الدفاع التركية إنها سلمت الدفعة. وذكرت وزارة الدفاع أن أخرى ستتبع.",
        *(("وزارة الدفاع التركية", "ORG"), ("وزارة الدفاع", "ORG")),
    )
    assert ids == ["TUR:ministry-of-defence"] * 2
    assert entities["TUR:ministry-of-defence"].name_ar == "وزارة الدفاع التركية"
    assert entities["TUR:ministry-of-defence"].country == "TUR"


def test_the_part_of_a_longer_name_that_names_something_else() -> None:
    ids, _ = linked("قال مجلس الأمن القومي في البيت الأبيض", ("البيت الأبيض", "ORG"))
    assert ids == ["org:white-house"]


def test_weapons_of_every_spelling() -> None:
    ids, entities = linked(
        'مقاتلات سوخوي-35 وسو 35 و"سو-35"', ("سوخوي-35", "MISC"), ("سو 35", "MISC"), ("سو-35", "MISC")
    )
    assert set(ids) == {"misc:su-35"}
    assert entities["misc:su-35"].kind == "aircraft"


def test_the_label_settles_an_everyday_word() -> None:
    ids, _ = linked("وأعلنت مالي انسحابها", ("مالي", "LOC"))
    assert ids == ["MLI"]


def test_an_office_that_changed_hands() -> None:
    text = "قال أحمد الشرع إنه مستعد"
    assert linked(text, ("أحمد الشرع", "PERS"), published=date(2025, 3, 1))[1]["per:ahmed-al-sharaa"].kind == "leader"
    assert (
        linked(text, ("أحمد الشرع", "PERS"), published=date(2020, 3, 1))[1]["per:ahmed-al-sharaa"].kind
        == "group_leader"
    )


def test_a_users_alias_wins_over_everything() -> None:
    aliases = load_aliases(
        [
            LexiconFile(
                "desk.toml",
                'kind = "aliases"\nversion = "1"\nprovenance = "desk"\n'
                '[PERS."per:ours"]\nar = "ف. بوتين"\ncountry = "RUS"\nnames = ["{فلاديمير |}بوتين"]\n',
            )
        ]
    )
    ids, entities = linked(
        "قال فلاديمير بوتين إن بوتين", ("فلاديمير بوتين", "PERS"), ("بوتين", "PERS"), aliases=aliases
    )
    assert ids == ["per:ours", "per:ours"]
    assert entities["per:ours"].name_ar == "ف. بوتين"


def test_order_and_extent_stay() -> None:
    document = read_document("زار إيمانويل ماكرون القاهرة ثم عاد إلى باريس.")
    given_ones = mentions(document, ("إيمانويل ماكرون", "PERS"), ("القاهرة", "LOC"), ("باريس", "LOC"))
    out, entities = link(given_ones, document, actors())
    assert [(m.start, m.end, m.text, m.label) for m in out] == [(m.start, m.end, m.text, m.label) for m in given_ones]
    assert [entity.entity_id for entity in entities] == [mention.entity_id for mention in out]


LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
words = st.text(LETTERS, min_size=2, max_size=7)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)


@given(st.lists(names, min_size=1, max_size=6), st.lists(st.sampled_from(["PERS", "LOC", "ORG", "MISC"]), min_size=6))
def test_every_mention_gets_an_id_and_linking_repeats_itself(people: list[str], labels: list[Label]) -> None:
    document = read_document("\n".join(f"قال {name}." for name in people))
    asked = mentions(document, *zip(people, labels, strict=False))
    first = link(asked, document, actors(), equipment=equipment())
    assert first == link(asked, document, actors(), equipment=equipment())
    assert all(mention.entity_id for mention in first[0])
    assert {entity.entity_id for entity in first[1]} == {mention.entity_id for mention in first[0]}


@given(names, names)
def test_two_names_share_an_id_only_if_they_compare_equal(one: str, other: str) -> None:
    assert (latin(name_words(one)) == latin(name_words(other))) == (name_words(one) == name_words(other))


@given(words, st.sampled_from(list(LETTERS)), st.sampled_from(list(LETTERS)))
def test_one_letter_of_an_arabic_name_makes_another_person(rest: str, one: str, other: str) -> None:
    first, second = name_words(f"محمد {one}{rest}"), name_words(f"محمد {other}{rest}")
    assert (first == second) == (one == other)
    assert not stands_for(first, second)


@given(names)
def test_a_name_never_stands_for_itself(name: str) -> None:
    assert not stands_for(name_words(name), name_words(name))


@given(names)
def test_ids_are_ascii(name: str) -> None:
    assert set(latin(name_words(name))) <= set(string.ascii_letters + string.digits + "-")

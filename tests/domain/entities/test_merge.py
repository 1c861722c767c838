from dataclasses import replace

import pytest

from tasks.domain.arabic.tokens import tokenise
from tasks.domain.entities.merge import Known, unite
from tasks.domain.entities.merge import merge as merge_tokens
from tasks.domain.entities.spans import decode
from tasks.domain.lexicon import Match
from warehouse.records import Label, Mention

TEXT = (
    "وصل وفد من جامعة القاهرة إلى موسكو بمقاتلات إف-16 من باراك أوباما وأكدت صحيفة الغد وشركة «بايكار» التركية "
    "ووزارة الدفاع الروسية أن سلاح الجو في قناة السويس وأن الجنرال محمد زكي هناك"
)
TOKENS = tokenise(TEXT)


def _mention(words: str, label: Label, backend: str = "embedded", score: float | None = 0.9) -> Mention:
    start = TEXT.index(words)
    return Mention(start, start + len(words), words, label, backend=backend, score=score)


def _known(words: str, label: Label, role: str, entry_id: str = "") -> Known:
    mention = _mention(words, label, "gazetteer", 1.0)
    first = next(at for at, token in enumerate(TOKENS) if token.start <= mention.start < token.end)
    last = next(at for at, token in enumerate(TOKENS) if token.end == mention.end)
    return Match(
        entry_id, role, None, None, mention.start, mention.end, first, last, "", False, words, label=label
    ), mention


def merge(known: list[Known], found: list[Mention]) -> tuple[Mention, ...]:
    merged = merge_tokens(TOKENS, known, found)
    assert all(TEXT[mention.start : mention.end] == mention.text for mention in merged)
    return merged


def _told(mentions: tuple[Mention, ...]) -> list[tuple[str, str]]:
    return [(mention.text, mention.label) for mention in mentions]


def test_a_certain_name_stands_without_the_model() -> None:
    assert _told(merge([_known("موسكو", "LOC", "capital")], [])) == [("موسكو", "LOC")]


def test_a_body_without_its_state_is_left_to_the_model() -> None:
    bare = [_known("سلاح الجو", "ORG", "army")]
    assert merge(bare, []) == ()
    assert _told(merge(bare, [_mention("سلاح الجو", "ORG")])) == [("سلاح الجو", "ORG")]
    assert _told(merge([_known("وزارة الدفاع الروسية", "ORG", "ministry", "RUS")], [])) == [
        ("وزارة الدفاع الروسية", "ORG")
    ]


def test_a_weapon_in_the_name_of_a_person_is_no_weapon() -> None:
    known = [_known("باراك", "MISC", "designation")]
    assert _told(merge(known, [_mention("باراك أوباما", "PERS")])) == [("باراك أوباما", "PERS")]


def test_a_generic_head_stays_outside() -> None:
    assert _told(merge([_known("صحيفة الغد", "ORG", "media")], [])) == [("الغد", "ORG")]
    assert _told(merge([_known("شركة «بايكار» التركية", "ORG", "company")], [])) == [("بايكار", "ORG")]
    assert _told(merge([_known("قناة السويس", "LOC", "place")], [])) == [("قناة السويس", "LOC")]


def test_the_model_may_narrow_a_name_from_the_left() -> None:
    known = [_known("الجنرال محمد زكي", "PERS", "commander")]
    assert _told(merge(known, [_mention("محمد زكي", "PERS")])) == [("محمد زكي", "PERS")]


def test_the_model_wins_where_it_sees_more() -> None:
    known = [_known("القاهرة", "LOC", "capital")]
    assert _told(merge(known, [_mention("جامعة القاهرة", "ORG")])) == [("جامعة القاهرة", "ORG")]


def test_the_list_wins_over_another_label_and_over_a_piece() -> None:
    known = [_known("موسكو", "LOC", "capital")]
    assert _told(merge(known, [_mention("موسكو", "ORG")])) == [("موسكو", "LOC")]
    whole = [_known("جامعة القاهرة", "ORG", "body")]
    assert _told(merge(whole, [_mention("القاهرة", "LOC")])) == [("جامعة القاهرة", "ORG")]


def test_what_only_the_model_knows_is_kept() -> None:
    assert _told(merge([], [_mention("موسكو", "LOC"), _mention("وفد", "ORG")])) == [("وفد", "ORG"), ("موسكو", "LOC")]


def test_of_two_models_the_first_counts() -> None:
    first = [_mention("جامعة القاهرة", "ORG", "camel")]
    second = [_mention("القاهرة", "LOC"), _mention("موسكو", "LOC")]
    assert [m.backend for m in unite([first, second])] == ["camel", "embedded"]
    assert unite([[], second]) == unite([second])


def test_tags_become_spans() -> None:
    tags = ["B-PERS", "I-PERS", "O", "I-LOC", "I-ORG", "B-ORG", "B-ORG"]
    spans = decode([(tag, 1 - at / 10) for at, tag in enumerate(tags)])
    assert [(s.first, s.last, s.label) for s in spans] == [
        (0, 1, "PERS"),
        (3, 3, "LOC"),
        (4, 4, "ORG"),
        (5, 5, "ORG"),
        (6, 6, "ORG"),
    ]
    assert spans[0].score == 0.9
    assert decode([]) == ()


def test_a_lexicon_name_keeps_the_score_of_the_model_that_saw_it_too() -> None:
    (mention,) = merge([_known("موسكو", "LOC", "capital")], [replace(_mention("موسكو", "LOC"), score=0.7)])
    assert mention.score == 0.7


@pytest.mark.parametrize(
    ("text", "place", "kept"),
    [
        ("زار رئيس بوتسوانا موكويتسي ماسيسي كيغالي", "بوتسوانا", "موكويتسي ماسيسي"),
        ("قالت جورجيا ميلوني إن", "جورجيا", "جورجيا ميلوني"),
        ("زيارة بوتين لبيونج يانج أمس", "بيونج يانج", "بوتين"),
        ("زار فلاديمير بوتين مينسك أمس", "مينسك", "فلاديمير بوتين"),
    ],
)
def test_a_state_beside_a_name_is_no_part_of_it(text: str, place: str, kept: str) -> None:
    tokens = tokenise(text)
    start, name = text.index(place), " ".join(text.split()[2 if "رئيس" in text else 1 : -1])
    found = Mention(text.index(name), text.index(name) + len(name), name, "PERS", backend="embedded")
    first = next(at for at, token in enumerate(tokens) if token.start <= start < token.end)
    last = next(at for at, token in enumerate(tokens) if token.end == start + len(place))
    clitic = "ل" if tokens[first].start < start else ""
    match = Match("", "capital", None, None, start, start + len(place), first, last, clitic, False, place, label="LOC")
    known = (match, Mention(start, start + len(place), place, "LOC", backend="gazetteer"))
    assert (kept, "PERS") in _told(merge_tokens(tokens, [known], [found]))

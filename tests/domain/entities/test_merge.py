from dataclasses import replace

from tasks.domain.entities.merge import merge, unite
from tasks.domain.entities.spans import decode
from tasks.domain.lexicon import Match
from warehouse.records import Label, Mention

TEXT = "وصل وفد من جامعة القاهرة إلى موسكو بمقاتلات إف-16 من باراك أوباما"


def _mention(words: str, label: Label, backend: str = "embedded", score: float | None = 0.9) -> Mention:
    start = TEXT.index(words)
    return Mention(start, start + len(words), words, label, backend=backend, score=score)


def _known(words: str, label: Label, role: str) -> tuple[Match, Mention]:
    mention = _mention(words, label, "gazetteer", 1.0)
    last = len(words.split()) - 1
    match = Match("", role, None, None, mention.start, mention.end, 0, last, "", False, words, label=label)
    return match, mention


def _told(mentions: tuple[Mention, ...]) -> list[tuple[str, str]]:
    return [(mention.text, mention.label) for mention in mentions]


def test_a_certain_name_stands_without_the_model() -> None:
    assert _told(merge([_known("موسكو", "LOC", "capital")], [])) == [("موسكو", "LOC")]


def test_a_single_doubtful_word_is_left_to_the_model() -> None:
    known = [_known("باراك", "MISC", "air_defence")]
    assert merge(known, []) == ()
    assert _told(merge(known, [_mention("باراك أوباما", "PERS")])) == [("باراك أوباما", "PERS")]


def test_a_designator_with_a_number_is_certain() -> None:
    assert _told(merge([_known("إف-16", "MISC", "aircraft")], [])) == [("إف-16", "MISC")]


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

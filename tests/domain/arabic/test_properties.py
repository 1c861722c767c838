"""What must hold for every text: no input raises, offsets slice back, nothing is quadratic."""

from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.domain.arabic.dates import find_dates
from tasks.domain.arabic.document import read_document
from tasks.domain.arabic.normalise import fold, normalise
from tasks.domain.arabic.numbers import classify_numbers
from tasks.domain.arabic.tokens import readings, tokenise

WORDS = (
    "و في من إلى بين منذ حتى عام 2019 5 7 مليون ملايين ونصف المليون ألفا ألفين مئة وعشرين أحد عشر ثلاثة أكثر "
    "نحو على الأقل يناير كانون الثاني الماضي المقبل أمس الأول من اليوم الخميس الربع العام السنوات قبل يومين "
    'العشرين إف-16 سو-35 للجيش ولل ـ - – / : ( ) « » " . ... ؟ ، \n 10:30 12.03.2024 % عيار ملم َ \u200f ﻻ '
    "\n"
)

anything = st.text(max_size=200)
newslike = st.lists(st.sampled_from(WORDS.split(" ")), max_size=40).map(" ".join)
dense = st.lists(st.sampled_from(WORDS.split()), max_size=40).map("".join)
texts = st.one_of(anything, newslike, dense)
days = st.one_of(st.none(), st.dates())


@settings(deadline=None)
@given(texts)
def test_folding_is_idempotent_and_maps_back(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    folded = normalise(text)
    spans = [folded.original(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@settings(deadline=None)
@given(texts)
def test_tokens_slice_back_and_lose_nothing_visible(text: str) -> None:
    tokens = tokenise(text)
    assert all(text[token.start : token.end] == token.text and token.norm for token in tokens)
    assert all(left.end <= right.start for left, right in pairwise(tokens))
    for token in tokens:
        for reading in readings(token):
            assert 0 <= reading.skip < len(token.text) and reading.rest


@settings(deadline=None)
@given(texts)
def test_sentences_part_the_text(text: str) -> None:
    document = read_document(text)
    spans = [(sentence.start, sentence.end) for sentence in document.sentences]
    assert all(start < end and not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    outside = "".join(
        text[a:b] for a, b in zip([0, *(e for _, e in spans)], [*(s for s, _ in spans), len(text)], strict=True)
    )
    assert not tokenise(outside)


@settings(deadline=None)
@given(texts)
def test_numbers_slice_back(text: str) -> None:
    tokens = tokenise(text)
    numbers = classify_numbers(tokens, ("يومين",))
    for number in numbers:
        assert tokens[number.first].start <= number.start < number.end == tokens[number.last].end
        assert number.low is not None or number.high is not None
    assert all(left.last < right.first for left, right in pairwise(numbers))


@settings(deadline=None)
@given(texts, days)
def test_dates_slice_back_and_are_in_order(text: str, published: date | None) -> None:
    for span in find_dates(text, published):
        assert text[span.start : span.end] == span.text
        assert span.first is None or span.last is None or span.first[:4] <= span.last[:4]


def test_long_monotonous_input_is_read_to_its_end() -> None:
    """Any step that is quadratic makes this test hang."""
    for piece in (
        ".",
        "«",
        '"',
        "َ",
        "ـ",
        "و",
        "1,",
        "5-",
        "مليون ",
        "و ",
        "بين 5 ",
        "12/",
        "قبل ",
        "كانون ",
        "إلى 7 ",
        "عشرات الآلاف ",
    ):
        text = piece * (20_000 // len(piece))
        document = read_document(text, published=date(2024, 1, 1))
        for sentence in document.sentences:
            classify_numbers(sentence.tokens)
        find_dates(text, document.published)

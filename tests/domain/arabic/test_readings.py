"""What the text is read as stays the same, byte for byte, however fast it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.domain.arabic.date_readers import matches, readers
from tasks.domain.arabic.dates import TimeSpan, find_dates
from tasks.domain.arabic.document import Document, read_document
from tasks.domain.arabic.normalise import fold, normalise
from tasks.domain.arabic.numbers import Number, classify_numbers

TESTS = Path(__file__).parents[2]
STORED: dict[str, dict[str, str]] = json.loads((TESTS / "fixtures/arabic/readings.json").read_text(encoding="utf-8"))


def articles() -> dict[str, dict[str, str]]:
    lines = (TESTS / "gold/dev-a.jsonl").read_text(encoding="utf-8").splitlines()
    return {article["id"]: article for article in map(json.loads, lines)}


ARTICLES = articles()


def digests(document: Document, numbers: Sequence[Sequence[Number]], dates: Sequence[TimeSpan]) -> dict[str, str]:
    found = {"document": (document.sentences, document.quotes), "numbers": numbers, "dates": dates}
    return {name: sha256(repr(value).encode()).hexdigest()[:16] for name, value in found.items()}


@pytest.mark.parametrize("name", sorted(STORED))
def test_reads_articles_as_before(name: str) -> None:
    article = ARTICLES[name]
    published = date.fromisoformat(article["published"])
    document = read_document(article["text"], article["title"], published)
    numbers = [classify_numbers(sentence.tokens) for sentence in document.sentences]
    assert digests(document, numbers, find_dates(article["text"], published)) == STORED[name]


def everywhere(text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    for rank, (pattern, _) in enumerate(readers()):
        yield from ((rank, match.span()) for match in pattern.finditer(text))


@pytest.mark.parametrize("name", sorted(STORED))
def test_finds_every_date_pattern_at_the_words_it_begins_with(name: str) -> None:
    text = normalise(ARTICLES[name]["text"]).text
    assert [(rank, match.span()) for rank, match in matches(text)] == list(everywhere(text))


PARTS = "و ف ب ل ك 12 3 2024 يوم اليوم صباح الاثنين امس اول من بعد غد الموافق يناير كانون الثاني تشرين / ( ) ، الاول"
PARTS += " منتصف نهاية الشهر العام الماضي المقبل قبل منذ ثلاث سنوات عامين الربع صيف الاشهر الاولى بين عام هذا هذه - –"


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(PARTS.split()), st.sampled_from(["", " ", "، "])), max_size=12))
def test_finds_every_date_pattern_in_any_order_of_words(words: list[tuple[str, str]]) -> None:
    text = fold("".join(word + gap for word, gap in words))
    assert [(rank, match.span()) for rank, match in matches(text)] == list(everywhere(text))


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="ابأإئى ةًّـ‏\u200c\ufb50\ufefb\ufe70٣5", max_size=30))
def test_normalises_a_text_like_its_characters(text: str) -> None:
    whole = normalise(text)
    assert whole.text == "".join(fold(character) for character in text)
    origins = [at for at, character in enumerate(text) for _ in fold(character)]
    assert list(whole.starts) == origins
    assert all(fold(text[start:end]) for start, end in zip(whole.starts, whole.ends, strict=True))

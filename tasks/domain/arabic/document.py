"""An article body cut once into sentences, tokens and quotations: what every later step reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tasks.domain.arabic.quotes import find_quotes
from tasks.domain.arabic.sentences import split_sentences
from tasks.domain.arabic.tokens import Token, tokenise


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `start` and `end` are offsets into the text of the document, as are those of its tokens."""

    index: int
    start: int
    end: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One article. `quotes` are the spans between quotation marks, the marks left out."""

    title: str
    text: str
    published: date | None
    sentences: tuple[Sentence, ...]
    quotes: tuple[tuple[int, int], ...]

    def sentence_at(self, offset: int) -> Sentence | None:
        """Find the sentence that holds the character, None between sentences."""
        return next((s for s in self.sentences if s.start <= offset < s.end), None)


def read_document(text: str, title: str = "", published: date | None = None) -> Document:
    """Cut an article text; every offset in the result is an offset into `text`."""
    spans = split_sentences(text)
    sentences = tuple(Sentence(i, start, end, tokenise(text, start, end)) for i, (start, end) in enumerate(spans))
    return Document(title, text, published, sentences, find_quotes(text))

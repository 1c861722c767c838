"""From tags of words to mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from tasks.domain.arabic.document import Document, Sentence
from warehouse.records import Label, Mention


@dataclass(frozen=True, slots=True)
class TagSpan:
    """Words `first` to `last`, inclusive, with one label; `score` is the least of the words' scores."""

    first: int
    last: int
    label: Label
    score: float | None


def decode(tags: Sequence[tuple[str, float | None]]) -> tuple[TagSpan, ...]:
    """Read BIO tags; an inside tag that continues nothing begins a span of its own."""
    spans: list[TagSpan] = []
    for at, (tag, score) in enumerate(tags):
        edge, _, name = tag.partition("-")
        if not name:
            continue
        label = cast(Label, name)
        previous = spans[-1] if spans else None
        if edge == "I" and previous and previous.last == at - 1 and previous.label == label:
            spans[-1] = TagSpan(previous.first, at, label, _least(previous.score, score))
        else:
            spans.append(TagSpan(at, at, label, score))
    return tuple(spans)


def _least(left: float | None, right: float | None) -> float | None:
    return right if left is None else left if right is None else min(left, right)


def mention(document: Document, sentence: Sentence, span: TagSpan, skip: int, backend: str) -> Mention:
    """Place a span in the text; `skip` characters of its first word are clitics."""
    start, end = sentence.tokens[span.first].start + skip, sentence.tokens[span.last].end
    score = None if span.score is None else round(span.score, 3)
    return Mention(start, end, document.text[start:end], span.label, backend=backend, score=score)

"""Scoring of taggers on labelled articles and on ANERcorp; `python -m evaluation.entities` prints the report.

The packaged weights have seen the development gold: for an honest figure on it see folds.py. They have not seen the
test part of ANERcorp.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tasks.domain.arabic.document import Document, Sentence
from tasks.domain.arabic.normalise import fold
from tasks.domain.arabic.tokens import Token
from tasks.domain.entities.embedded import EmbeddedTagger
from tasks.domain.entities.propagate import propagate
from tasks.domain.entities.spans import decode, mention
from tasks.domain.entities.tagger import Tagger
from training.entities.corpora import Span, Tagged, read_anercorp
from training.entities.scores import Scores, bio_spans

Article = tuple[str, Document, list[Span]]
Found = dict[str, list[Span]]
# The sentences of ANERcorp follow each other, but where an article ends is not marked: they have 15 on average.
ARTICLE_SENTENCES = 15


def tag_articles(tagger: Tagger, articles: Iterable[Article]) -> Found:
    """Tag articles; the result is by article id."""
    return {name: [(m.start, m.end, m.label) for m in tagger.tag(document)] for name, document, _ in articles}


def score_found(found: Found, articles: Iterable[Article]) -> Scores:
    """Score exact spans and labels, over the articles that were tagged."""
    scores = Scores()
    for name, _, spans in articles:
        if name in found:
            scores.add(_pairs(spans), _pairs(found[name]))
    return scores


def _pairs(spans: Iterable[Span]) -> list[tuple[tuple[int, int], str]]:
    return [((start, end), label) for start, end, label in spans]


def write_found(found: Found, path: Path) -> None:
    """Keep what was found, one article a line."""
    rows = ({"id": name, "entities": spans} for name, spans in sorted(found.items()))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def read_found(path: Path) -> Found:
    """Read what was found."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: [(start, end, label) for start, end, label in row["entities"]] for row in rows}


def score_anercorp(tagger: EmbeddedTagger, path: Path) -> Scores:
    """Score the network alone on a file of words and tags."""
    sentences = read_anercorp(path)
    found = tagger.tag_words([[word for word, _ in sentence] for sentence in sentences])
    scores = Scores()
    for sentence, tags in zip(sentences, found, strict=True):
        scores.add(bio_spans(tag for _, tag in sentence), bio_spans(tag for tag, _ in tags))
    return scores


def score_anercorp_in_articles(tagger: EmbeddedTagger, path: Path) -> Scores:
    """Score the network with what an article tells of its names, over stretches of as many sentences as articles."""
    sentences, scores = read_anercorp(path), Scores()
    for begin in range(0, len(sentences), ARTICLE_SENTENCES):
        stretch = sentences[begin : begin + ARTICLE_SENTENCES]
        document = _document(stretch)
        tags = tagger.tag_words([[word for word, _ in sentence] for sentence in stretch])
        mentions = [
            mention(document, sentence, span, 0, tagger.name)
            for sentence, found in zip(document.sentences, tags, strict=True)
            for span in decode(found)
        ]
        named = [(m.start, m.end, m.label) for m in propagate(document, mentions, tagger.weights.network.words)]
        for sentence, tagged in zip(document.sentences, stretch, strict=True):
            scores.add(bio_spans(tag for _, tag in tagged), _word_spans(sentence, named))
    return scores


def _document(sentences: Sequence[Tagged]) -> Document:
    """Write tagged words as a document in which every word is a token."""
    made: list[Sentence] = []
    at = 0
    for index, sentence in enumerate(sentences):
        begin, tokens = at, list[Token]()
        for word, _ in sentence:
            is_word = any(character.isalnum() for character in word)
            tokens.append(Token(at, at + len(word), word, fold(word) or "-", is_word))
            at += len(word) + 1
        made.append(Sentence(index, begin, at - 1, tuple(tokens)))
    text = " ".join(word for sentence in sentences for word, _ in sentence)
    return Document("", text, None, tuple(made), ())


def _word_spans(sentence: Sentence, spans: Iterable[Span]) -> set[tuple[tuple[int, int], str]]:
    found = set()
    for start, end, label in spans:
        words = [at for at, token in enumerate(sentence.tokens) if token.start < end and start < token.end]
        if words:
            found.add(((words[0], words[-1]), label))
    return found


def speed(tagger: EmbeddedTagger, sentences: Sequence[Sequence[str]]) -> float:
    """Measure words a second of processor time, everything warm."""
    tagger.tag_words(sentences)
    began = time.process_time()
    tagger.tag_words(sentences)
    return sum(map(len, sentences)) / (time.process_time() - began)

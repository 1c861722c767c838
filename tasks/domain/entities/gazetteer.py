"""Mentions that the lexicons know by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.domain.arabic.document import Document, Sentence
from tasks.domain.lexicon import Lexicon, Match, actors, equipment
from warehouse.records import Mention


@dataclass(frozen=True, slots=True)
class GazetteerTagger:
    """Tags what the lexicons of actors and equipment name, and nothing else."""

    lexicons: tuple[Lexicon, ...] = field(default_factory=lambda: (actors(), equipment()))
    name: str = "gazetteer"
    version: str = "1"

    def tag(self, document: Document) -> tuple[Mention, ...]:
        """Return the lexicon matches that have an entity label, of two that overlap the longer."""
        return tuple(mention for sentence in document.sentences for mention in self.tag_sentence(document, sentence))

    def tag_sentence(self, document: Document, sentence: Sentence) -> tuple[Mention, ...]:
        """Return the mentions of one sentence."""
        found = sorted(self._matches(sentence), key=lambda match: (match.start - match.end, match.start))
        kept: list[Match] = []
        for match in found:
            if all(match.end <= other.start or match.start >= other.end for other in kept):
                kept.append(match)
        return tuple(_mention(document, match) for match in sorted(kept, key=lambda match: match.start))

    def _matches(self, sentence: Sentence) -> Iterator[Match]:
        for lexicon in self.lexicons:
            yield from (match for match in lexicon.match(sentence.tokens) if match.label is not None)


def _mention(document: Document, match: Match) -> Mention:
    label = match.label or "MISC"
    return Mention(match.start, match.end, document.text[match.start : match.end], label, match.key or None, score=1.0)

"""Mentions that the lexicons know by name."""

from __future__ import annotations

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
        """Return the lexicon matches that have an entity label."""
        return tuple(mention for sentence in document.sentences for _, mention in self.matches(document, sentence))

    def matches(self, document: Document, sentence: Sentence) -> tuple[tuple[Match, Mention], ...]:
        """Return the labelled matches of one sentence in order, of two that overlap the longer, with their mentions."""
        found = (match for lexicon in self.lexicons for match in lexicon.match(sentence.tokens) if match.label)
        kept: list[Match] = []
        for match in sorted(found, key=lambda match: (match.start - match.end, match.start)):
            if all(match.end <= other.start or match.start >= other.end for other in kept):
                kept.append(match)
        return tuple((match, _mention(document, match)) for match in sorted(kept, key=lambda match: match.start))

    def adjectives(self, sentence: Sentence) -> frozenset[tuple[int, int]]:
        """Return the spans of adjectives of nationality ("يونانية"), which name no place."""
        found = (match for lexicon in self.lexicons for match in lexicon.match(sentence.tokens))
        return frozenset((match.start, match.end) for match in found if match.role == "adjective")


def _mention(document: Document, match: Match) -> Mention:
    label = match.label or "MISC"
    return Mention(match.start, match.end, document.text[match.start : match.end], label, match.key or None, score=1.0)

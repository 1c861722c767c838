"""The tagger that serves: lexicons first, then one or more models, then what the document itself tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tasks.domain.arabic.document import Document
from tasks.domain.entities.gazetteer import GazetteerTagger
from tasks.domain.entities.merge import merge, unite
from tasks.domain.entities.propagate import propagate
from tasks.domain.entities.tagger import Tagger
from tasks.domain.entities.weights import packaged_weights
from warehouse.records import Mention


@dataclass(frozen=True, slots=True)
class CombinedTagger:
    """Several models, the first of which counts most, under the lexicons and the document's own evidence."""

    models: tuple[Tagger, ...]
    gazetteer: GazetteerTagger = field(default_factory=GazetteerTagger)
    rank: Mapping[str, int] = field(default_factory=lambda: packaged_weights().network.words)

    @property
    def name(self) -> str:
        """The names of the models."""
        return "+".join(model.name for model in self.models)

    @property
    def version(self) -> str:
        """The versions of the models and of the lexicon rules."""
        return "+".join((*(model.version for model in self.models), self.gazetteer.version))

    def tag(self, document: Document) -> tuple[Mention, ...]:
        """Return the mentions in order, none overlapping another."""
        found = unite([model.tag(document) for model in self.models])
        merged: list[Mention] = []
        for sentence in document.sentences:
            adjectives = self.gazetteer.adjectives(sentence)
            inside = [
                mention
                for mention in _between(found, sentence.start, sentence.end)
                if mention.label != "LOC" or (mention.start, mention.end) not in adjectives
            ]
            merged += merge(sentence.tokens, self.gazetteer.matches(document, sentence), inside)
        return propagate(document, merged, self.rank)


def _between(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    return [mention for mention in mentions if start <= mention.start < end]

"""The tagger that comes with the package: a small trained network, run by numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.domain.arabic.document import Document
from tasks.domain.entities.clitics import clitics_before, document_forms
from tasks.domain.entities.spans import decode, mention
from tasks.domain.entities.weights import Weights, packaged_weights
from warehouse.records import Mention


@dataclass(frozen=True, slots=True)
class EmbeddedTagger:
    """Tags by the packaged weights alone, without lexicons and without looking beyond the sentence."""

    weights: Weights = field(default_factory=packaged_weights)
    head: str = "gold"
    name: str = "embedded"

    @property
    def version(self) -> str:
        """Begin of the SHA-256 of the weights."""
        return self.weights.version

    def tag_words(self, sentences: Sequence[Sequence[str]]) -> list[list[tuple[str, float]]]:
        """Return one (label, share) for each word of each sentence, whatever the words are."""
        return self.weights.heads[self.head].tag(self.weights.network.states(sentences))

    def tag(self, document: Document) -> tuple[Mention, ...]:
        """Return the mentions in order, clitics left out of their spans."""
        found = self.tag_words([[token.text for token in sentence.tokens] for sentence in document.sentences])
        seen, features = document_forms(document), self.weights.network.features
        return tuple(
            mention(document, sentence, span, clitics_before(sentence.tokens, span.first, features, seen), self.name)
            for sentence, tags in zip(document.sentences, found, strict=True)
            for span in decode(tags)
        )

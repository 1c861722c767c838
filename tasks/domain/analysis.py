"""One article in, everything the engine finds in it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tasks.domain.arabic.document import Document, read_document
from tasks.domain.claims.context import Lexicons
from tasks.domain.claims.engine import engine_version, extract_claims
from tasks.domain.claims.explain import Explainer, read_explainer
from tasks.domain.entities.linking import link
from tasks.domain.entities.tagger import Tagger
from tasks.domain.lexicon import Lexicon
from tasks.domain.lexicon.aliases import Aliases
from warehouse.records import Analysis, Entity, Mention


@dataclass(frozen=True, slots=True)
class Engine:
    """The parts of an analysis, loaded once: pure and deterministic from here on."""

    tagger: Tagger
    actors: Lexicon
    equipment: Lexicon
    aliases: Aliases

    @property
    def version(self) -> str:
        """Changes whenever the same text could give another answer: rules, models or lexicons."""
        lexicons = f"lexicons-{self.actors.version[:8]}.{self.equipment.version[:8]}"
        return "+".join((engine_version(), f"{self.tagger.name}-{self.tagger.version}", lexicons))

    def analyse(
        self, article_id: str, title: str, text: str, published: date | None, article_version: int = 1
    ) -> Analysis:
        """Entities and claims of one article version; offsets are into `text`."""
        document = read_document(text, title, published)
        mentions, entities = self._entities(document)
        claims = extract_claims(document, mentions, self._lexicons)
        return Analysis(article_id, article_version, self.version, mentions, entities, claims)

    def explainer(self, title: str, text: str, published: date | None) -> Explainer:
        """The same article, read for explaining its claims."""
        document = read_document(text, title, published)
        return read_explainer(document, self._entities(document)[0], self._lexicons)

    @property
    def _lexicons(self) -> Lexicons:
        return Lexicons(self.actors, self.equipment)

    def _entities(self, document: Document) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
        tagged = self.tagger.tag(document)
        return link(tagged, document, self.actors, equipment=self.equipment, aliases=self.aliases)

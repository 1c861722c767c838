"""What a tagger is, and which one serves by default."""

from __future__ import annotations

from typing import Protocol

from tasks.domain.arabic.document import Document
from warehouse.records import Mention


class Tagger(Protocol):
    """Finds the named entities of a document. `version` changes whenever the same text could be tagged differently."""

    @property
    def name(self) -> str:
        """The backend, as stored with each mention."""
        ...

    @property
    def version(self) -> str:
        """What the answers depend on: hashes of weights and lexicons."""
        ...

    def tag(self, document: Document) -> tuple[Mention, ...]:
        """Return the mentions in order, none overlapping another; offsets are into `document.text`."""
        ...


def default_tagger() -> Tagger:
    """Build the tagger that needs nothing installed: lexicons first, then the packaged model, then propagation."""
    from tasks.domain.entities.gazetteer import GazetteerTagger

    return GazetteerTagger()

"""What a tagger is, which ones there are, and which one serves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

from tasks.domain.arabic.document import Document
from tasks.domain.entities.camel_files import ModelStatus, find_ner_model
from warehouse.records import Mention

Backend = Literal["auto", "embedded", "camel", "both"]


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


class BackendError(ValueError):
    """A backend that was asked for by name and cannot serve; the message says why and what to do."""


def default_tagger() -> Tagger:
    """Build the tagger that needs nothing installed: lexicons first, then the packaged model, then propagation."""
    return tagger_for("embedded", None)


def tagger_for(backend: Backend, camel_folder: Path | None) -> Tagger:
    """Build the tagger of a configured backend; `camel_folder` is camel-tools' data folder.

    "auto" takes a CAMeL model if a usable one is installed, "camel" and "both" insist on it.
    """
    from tasks.domain.entities.combined import CombinedTagger
    from tasks.domain.entities.embedded import EmbeddedTagger

    embedded = EmbeddedTagger()
    if backend == "embedded":
        return CombinedTagger((embedded,))
    status = find_ner_model(camel_folder) if camel_folder else None
    if status is None or not status.is_usable or status.path is None:
        if backend == "auto":
            return CombinedTagger((embedded,))
        reason = f"{status.problem}; {status.cure}" if status else "no data folder of camel-tools is given"
        message = f'[entities] backend = "{backend}": {reason}, or set backend = "embedded"'
        raise BackendError(message)
    from tasks.domain.entities.camel import load_camel

    camel = load_camel(status.path, embedded.weights.network.features)
    return CombinedTagger((camel, embedded) if backend == "both" else (camel,))


def models_status(camel_folder: Path) -> Sequence[ModelStatus]:
    """Say for each backend what is found and, where something is missing, how to get it. Loads nothing."""
    from tasks.domain.entities.weights import weights_path

    weights = weights_path()
    packaged = ModelStatus("embedded", True, weights)
    if not weights.is_file():
        cure = "install the package again, or train with training/entities"
        packaged = ModelStatus("embedded", False, None, f"{weights} is missing", cure)
    return (packaged, find_ner_model(camel_folder))

"""The engine as configured: models and lexicons are loaded here, once for a process."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import get_args

from tasks.configure import ConfigurationError
from tasks.domain.analysis import Engine
from tasks.domain.arabic.document import read_document
from tasks.domain.entities.camel_files import data_folder
from tasks.domain.entities.linking import link
from tasks.domain.entities.tagger import BackendError, tagger_for
from tasks.domain.lexicon import LexiconError, LexiconFile, actors, equipment
from tasks.domain.lexicon.aliases import load_aliases
from tasks.domain.lexicon.load import of_kind
from tasks.settings import Backend, Settings
from warehouse.records import Label, Mention


def engine_of(settings: Settings) -> Engine:
    """The configured engine.

    Raises ConfigurationError where a user's lexicon file cannot be used, or a model that the configuration insists
    on is not there.
    """
    user = user_lexicons(settings)
    try:
        return _engine(settings.entities.backend, user)
    except (LexiconError, BackendError) as error:
        raise ConfigurationError([str(error)]) from error


def user_lexicons(settings: Settings) -> tuple[LexiconFile, ...]:
    """The user's own lexicon files. Raises ConfigurationError where one cannot be read."""
    return tuple(_read(path) for path in settings.analysis.lexicons)


def entity_ids(name: str, settings: Settings) -> tuple[str, ...]:
    """The identifiers that a name would be linked to, as a person, a place, an organisation or anything else."""
    user = user_lexicons(settings)
    document = read_document(name)
    mentions = [Mention(0, len(name), name, label) for label in get_args(Label)]
    try:
        lexicons = actors(user), equipment(user), load_aliases(of_kind(user, "aliases"))
    except LexiconError as error:
        raise ConfigurationError([str(error)]) from error
    found = [link([one], document, lexicons[0], equipment=lexicons[1], aliases=lexicons[2]) for one in mentions]
    return tuple(dict.fromkeys(entity.entity_id for _, entities in found for entity in entities))


def camel_folder() -> Path:
    """Where camel-tools would keep its models on this machine."""
    return data_folder(os.environ, Path.home())


def _read(path: Path) -> LexiconFile:
    try:
        return LexiconFile(str(path), path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        problem = f"{path}: named under [analysis] lexicons, but cannot be read: {error}"
        raise ConfigurationError([problem]) from error


@lru_cache(maxsize=2)
def _engine(backend: Backend, user: tuple[LexiconFile, ...]) -> Engine:
    return Engine(
        tagger_for(backend, camel_folder()), actors(user), equipment(user), load_aliases(of_kind(user, "aliases"))
    )

"""The engine as configured: models and lexicons are loaded here, once for a process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from tasks.domain.analysis import Engine
from tasks.domain.entities.tagger import default_tagger
from tasks.domain.lexicon import LexiconFile, actors
from tasks.settings import Settings


def engine_of(settings: Settings) -> Engine:
    """The configured engine. Raises LexiconError where a user's lexicon file cannot be used."""
    return _engine(settings.analysis.lexicons)


@lru_cache(maxsize=2)
def _engine(lexicon_paths: tuple[Path, ...]) -> Engine:
    files = tuple(LexiconFile(str(path), path.read_text(encoding="utf-8")) for path in lexicon_paths)
    return Engine(default_tagger(), actors(files))

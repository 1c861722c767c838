"""What a user has settled about names: which of them are one entity, and what it is called. It wins over everything.

kind = "aliases"
version = "1"
provenance = "our desk"

[PERS."per:kurt-campbell"]                   # label, then the id, the shipped one or your own
ar = "كورت كامبل"
en = "Kurt Campbell"
country = "USA"
names = ["كورت كامبل", "كيرت كامبيل", "كامبل"]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from tasks.domain.lexicon.fields import Place, only, parse, strings, text
from tasks.domain.lexicon.names import name_words
from tasks.domain.lexicon.records import LexiconFile
from tasks.domain.lexicon.spelling import expand
from warehouse.records import Entity, Label, Mention

_LABELS: tuple[Label, ...] = get_args(Label)
_FIELDS = frozenset(("ar", "en", "country", "names", "kind"))
_TOP = frozenset(("kind", "version", "provenance"))
Names = tuple[Label, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Aliases:
    """Entities by label and by the compared words of a name."""

    entities: Mapping[Names, Entity] = field(default_factory=dict)

    def find(self, mention: Mention) -> Entity | None:
        """Look up the mention under its own label."""
        return self.entities.get((mention.label, name_words(mention.text)))


def load_aliases(sources: Iterable[LexiconFile]) -> Aliases:
    """Read alias files; a name that an earlier file has settled stays as it is there."""
    entities: dict[Names, Entity] = {}
    for source in sources:
        for names, entity in _entries(source):
            entities.setdefault(names, entity)
    return Aliases(entities)


def _entries(source: LexiconFile) -> Iterator[tuple[Names, Entity]]:
    table = parse(source)
    for label in (key for key in table if key not in _TOP):
        if label not in _LABELS:
            raise Place(source.name, label).error(f"unknown label; known: {', '.join(_LABELS)}")
        for entity_id, entry in table[label].items():
            yield from _entry(Place(source.name, f"{label}.{entity_id}"), label, entity_id, entry)


def _entry(place: Place, label: Label, entity_id: str, entry: Any) -> Iterator[tuple[Names, Entity]]:
    if not isinstance(entry, dict) or "names" not in entry:
        raise place.error('an alias is a table with names = ["name", "other spelling"]')
    only(entry, _FIELDS, place)
    names = [form for pattern in strings(entry, "names", place) for form in expand(pattern)]
    entity = Entity(
        entity_id,
        label,
        text(entry, "kind", place) or "alias",
        text(entry, "ar", place) or names[0],
        text(entry, "en", place),
        text(entry, "country", place),
    )
    yield from (((label, name_words(name)), entity) for name in names)

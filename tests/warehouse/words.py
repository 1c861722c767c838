"""A place as one word of a command line, for tests that start processes."""

from __future__ import annotations

from pathlib import Path

from warehouse.place import Lake, Place


def as_word(place: Place) -> str:
    return f"{place.catalog} {place.data}" if isinstance(place, Lake) else str(place)


def from_word(word: str) -> Place:
    catalog, space, data = word.partition(" ")
    return Lake(catalog, data) if space else Path(word)

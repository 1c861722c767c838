"""Names of people from Wikidata (CC0), which the tagger's features know as given names and surnames."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from tasks.domain.entities.features import word_form

LEAST = 2  # people of that name: once may be a slip


def name_lists(database: Path) -> dict[str, list[str]]:
    """Read `names.sqlite3` of arabic-name-romanizer: parts of people's names, each with its role and count."""
    counts: dict[str, Counter[str]] = {"given": Counter(), "surname": Counter()}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        query = "SELECT arabic_key, role, count FROM units WHERE source = 'wikidata' AND role IN ('given', 'surname')"
        for name, role, count in connection.execute(query):
            counts[role][word_form(name)] += count
    return {
        f"wikidata_{role}": sorted(name for name, count in found.items() if count >= LEAST and len(name) > 2)
        for role, found in counts.items()
    }

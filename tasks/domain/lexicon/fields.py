"""Reading the fields of an entry, with errors that name the file, the entry and the cure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from tasks.domain.lexicon.records import LexiconError, LexiconFile, Rule
from tasks.domain.lexicon.spelling import atoms

Table = Mapping[str, Any]
ANY_NUMBER = "#"
RULE_FIELDS = frozenset(each.name for each in fields(Rule))


def parse(file: LexiconFile) -> dict[str, Any]:
    """Read the TOML of a lexicon file and insist on its `version` and `provenance`."""
    try:
        table = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{file.name}: not valid TOML: {error}") from error
    for key in ("version", "provenance"):
        if key not in table:
            raise LexiconError(f'{file.name}: no `{key}`; add a line such as {key} = "..." at the top of the file')
    return table


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands, for messages; `sets` are the named word sets of its file."""

    file: str
    entry: str
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def at(self, entry: str) -> Place:
        """Another entry of the same file."""
        return replace(self, entry=entry)

    def error(self, problem: str) -> LexiconError:
        return LexiconError(f"{self.file}: [{self.entry}]: {problem}")


def strings(table: Table, key: str, place: Place) -> tuple[str, ...]:
    """Read a list of strings, or one string; absent is empty."""
    value = table.get(key, ())
    items = (value,) if isinstance(value, str) else value
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) and item.strip() for item in items):
        raise place.error(f"`{key}` must be a string or a list of strings that are not empty, found {value!r}")
    for item in items:
        balanced(item, place)
    return tuple(items)


def balanced(pattern: str, place: Place) -> str:
    """Refuse a pattern whose braces do not close."""
    if pattern.count("{") != pattern.count("}"):
        raise place.error(f"the braces of {pattern!r} do not match; alternatives are written {{one|other}}")
    return pattern


def text(table: Table, key: str, place: Place) -> str | None:
    """Read an optional string."""
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        raise place.error(f"`{key}` must be a string, found {value!r}")
    return value


def day(table: Table, key: str, place: Place) -> date | None:
    """Read an optional TOML date, written without quotes: since = 2024-10-01."""
    value = table.get(key)
    if value is not None and type(value) is not date:
        raise place.error(f"`{key}` must be a date without quotes, such as 2024-10-01, found {value!r}")
    return value


def rule(table: Table, place: Place) -> Rule | None:
    """Read the context rule of an entry or of a form; None where it names no words."""
    given = {name: strings(table, name, place) for name in RULE_FIELDS if name in table}
    if not given:
        return None
    return Rule(**{name: frozenset(_keys(name, words, place)) for name, words in given.items()})


def _keys(name: str, words: tuple[str, ...], place: Place) -> Iterator[str]:
    """Fold the words of a rule, and the words of a set for "@set"; marks of the surface and "#" stay as they are."""
    for word in words:
        if word.startswith("@"):
            if word[1:] not in place.sets:
                raise place.error(f"no word set {word[1:]!r} in [sets] of this file")
            yield from _keys(name, place.sets[word[1:]], place)
        else:
            yield word if name == "surface" or word == ANY_NUMBER else " ".join(atoms(word))


def opening(file: LexiconFile, table: Table) -> Place:
    """The place at the top of a file, with its word sets read."""
    top = Place(file.name, "sets")
    return replace(top, sets={name: strings(table["sets"], name, top) for name in table.get("sets", {})})


def forms(table: Table, key: str, place: Place) -> Iterator[tuple[str, Rule | None]]:
    """Read forms: strings, or tables that add a context rule to one form, { is = "عمان", before = ["سلطنة"] }."""
    value = table.get(key, [])
    if not isinstance(value, list):
        raise place.error(f"`{key}` must be a list, found {value!r}")
    shared = rule(table, place)
    for item in value:
        if isinstance(item, str) and item.strip():
            yield balanced(item, place), shared
        elif isinstance(item, dict) and isinstance(item.get("is"), str):
            unknown = item.keys() - RULE_FIELDS - {"is"}
            if unknown:
                raise place.error(f"unknown `{sorted(unknown)[0]}` in `{key}`; known: {', '.join(sorted(RULE_FIELDS))}")
            yield balanced(item["is"], place), rule(item, place)
        else:
            raise place.error(f'`{key}` holds {item!r}; write a form in quotes or {{ is = "form", before = ["word"] }}')


def only(table: Table, known: frozenset[str], place: Place) -> None:
    """Refuse fields that nobody would read."""
    unknown = table.keys() - known - RULE_FIELDS
    if unknown:
        raise place.error(f"unknown field `{sorted(unknown)[0]}`; known: {', '.join(sorted(known | RULE_FIELDS))}")

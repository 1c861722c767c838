"""From the tables of an actor file to forms and their senses.

An actor file has one table per role, and in it one entry per id or name:

    version = "1"
    provenance = "where this comes from"

    [state.RUS]                                  # id: ISO 3166-1 alpha-3
    ar = "روسيا"
    en = "Russia"
    forms = ["روسيا", "روسيا الاتحادية"]
    adjectives = ["روسي"]                        # inflected by the loader
    plurals = ["روس"]                            # irregular plurals
    capital = { en = "Moscow", forms = ["موسكو"] }

    [armed_group]                                # id in capitals, stands for itself
    HEZBOLLAH = { en = "Hezbollah", country = "LBN", forms = ["حزب الله"] }

    [company]                                    # English name as key, stands for its country
    "Lockheed Martin" = { country = "USA", forms = ["لوكهيد مارتن"] }

`actor` makes an entry stand for another id; `since` and `until` are dates; braces hold alternatives,
"{حركة |}حماس"; a form with several meanings carries a rule, { is = "عمان", before = ["سلطنة"] }.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tasks.domain.lexicon.fields import Place, Table, day, forms, only, opening, rule, strings, text
from tasks.domain.lexicon.inflect import adjective_forms
from tasks.domain.lexicon.records import LexiconFile, Sense
from tasks.domain.lexicon.spelling import ARTICLE, expand

FormSense = tuple[str, Sense]
Roles = dict[str, Table]

_NOT_ROLES = frozenset(("version", "provenance", "kind", "modifiers", "sets"))
_FIELDS = frozenset(
    [
        "ar",
        "en",
        "id",
        "country",
        "actor",
        "forms",
        "adjectives",
        "adjective_rule",
        "plurals",
        "capital",
        "since",
        "until",
        "label",
        "source",
    ]
)
_HEAD_FIELDS = frozenset(("role", "source", "label", "adjective", "state", "both", "bare", "bare_label", "en"))
_PREFIXES = {
    "exercise": "misc",
    "operation": "misc",
    "treaty": "misc",
    "leader": "per",
    "commander": "per",
    "group_leader": "per",
    "capital": "loc",
    "place": "loc",
    "seat": "org",
}
_ARABIC = re.compile("[\u0600-\u06ff]")
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")


def actor_senses(file: LexiconFile, table: Table, roles: Roles) -> Iterator[FormSense]:
    """Read every entry of an actor file."""
    top = opening(file, table)
    for role, entries in table.items():
        if role in _NOT_ROLES:
            continue
        if role in _SPECIAL:
            yield from _SPECIAL[role](top, entries, roles)
            continue
        if role not in roles:
            raise top.at(role).error(f"unknown role; known: head, {', '.join(sorted(roles))}")
        for name, entry in entries.items():
            yield from _entry(top.at(f"{role}.{name}"), role, name, entry, roles)


def slug(name: str) -> str:
    """Make an id of an English name: "Élysée Palace" → "elysee-palace"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _NOT_ALNUM.sub("-", plain.lower()).strip("-")


def _entry(place: Place, role: str, name: str, entry: Any, roles: Roles) -> Iterator[FormSense]:
    if not isinstance(entry, dict):
        raise place.error(f"an entry is a table, {name} = {{ forms = [...] }}, found {entry!r}")
    only(entry, _FIELDS, place)
    sense = _sense(place, role, name, entry, roles)
    for pattern, context in forms(entry, "forms", place):
        meaning = replace(sense, rule=context) if context else sense
        yield from ((form, meaning) for form in expand(pattern))
    yield from _adjectives(place, entry, sense, roles)
    if "capital" in entry:
        yield from _capital(place, entry["capital"], sense, roles)


def _sense(place: Place, role: str, name: str, entry: Table, roles: Roles) -> Sense:
    meaning = roles[role]
    is_self = meaning.get("stands_for") == "self"
    own = str(entry.get("id", name))
    country = text(entry, "country", place) or (own if role == "state" else None)
    stands_for = text(entry, "actor", place)
    if stands_for is None:
        stands_for = own if is_self and role not in ("silent", "group_leader") else country or ""
    first = next((form for form, _ in forms(entry, "forms", place)), name)
    return Sense(
        key=own if is_self and role != "group_leader" else f"{_PREFIXES.get(role, 'org')}:{slug(own)}",
        actor=stands_for,
        role=role,
        country=country,
        label=entry.get("label", meaning.get("label")),
        source_type=entry.get("source", meaning.get("source")),
        name_ar=text(entry, "ar", place) or _canonical(first, meaning.get("label") == "PERS"),
        name_en=text(entry, "en", place) or (None if _ARABIC.search(name) else name),
        since=day(entry, "since", place),
        until=day(entry, "until", place),
        takes_number=bool(meaning.get("takes_number", False)),
        is_silent=role == "silent",
        file=place.file,
    )


def _canonical(pattern: str, is_person: bool) -> str:
    """The name to show: of a person the fullest, of anything else without what may be left out."""
    spellings = expand(pattern)
    return spellings[0] if is_person else min(spellings, key=lambda spelling: len(spelling.split()))


def _adjectives(place: Place, entry: Table, sense: Sense, roles: Roles) -> Iterator[FormSense]:
    context = rule(entry.get("adjective_rule", {}), place)
    meaning = replace(sense, role="adjective", label=None, source_type=None, rule=context)
    plural_meaning = replace(meaning, number="pl", rule=None)
    names = {form for pattern, _ in forms(entry, "forms", place) for form in expand(pattern)}
    for stem in strings(entry, "adjectives", place):
        for form in (form for pattern in expand(stem) for form in adjective_forms(pattern)):
            if form.startswith(ARTICLE) or form not in names:  # "جورجيا" is the state, not an accusative
                yield form, meaning
    for plural in strings(entry, "plurals", place):
        for form in expand(plural):
            yield from ((each, plural_meaning) for each in (form, ARTICLE + form))


def _capital(place: Place, capital: Any, state: Sense, roles: Roles) -> Iterator[FormSense]:
    if not isinstance(capital, dict) or "en" not in capital:
        raise place.error('`capital` is a table: { en = "Moscow", forms = ["موسكو"] }')
    entry = {**capital, "country": state.country, "actor": state.actor}
    yield from _entry(place, "capital", str(capital["en"]), entry, roles)


def _heads(top: Place, heads: Table, roles: Roles) -> Iterator[FormSense]:
    """Read heads: nouns that become an actor with the adjective or state that follows ("وزارة الدفاع" + "الروسية").

    `adjective` lists definite heads that an adjective completes, `state` construct heads that a name completes,
    `both` those that take either. A head with bare = false is nothing by itself.
    """
    for name, head in heads.items():
        place = top.at(f"head.{name}")
        only(head, _HEAD_FIELDS, place)
        if head.get("role") not in roles:
            raise place.error(f"`role` must be one of {', '.join(sorted(roles))}")
        meaning = roles[head["role"]]
        sense = Sense(
            key=name,
            actor="",
            role=head["role"],
            label=head.get("label", meaning.get("label")) or None,
            source_type=head.get("source", meaning.get("source")),
            name_en=text(head, "en", place),
            rule=rule(head, place),
            is_labelled_bare=bool(head.get("bare_label", False)),
            is_silent=not head.get("bare", True),
            file=top.file,
        )
        for joins in ("adjective", "state", "both"):
            for pattern in strings(head, joins, place):
                joined = replace(
                    sense, joins=joins, name_ar=expand(pattern)[0], is_silent=sense.is_silent or joins == "state"
                )
                yield from ((form, joined) for form in expand(pattern))


def _places(top: Place, by_country: Table, roles: Roles) -> Iterator[FormSense]:
    """Read [places.XXX] tables: names of places by the country they lie in; they stand for nobody."""
    for country, places in by_country.items():
        for name, spellings in places.items():
            entry = {"country": country, "actor": "", "forms": spellings}
            yield from _entry(top.at(f"places.{country}.{name}"), "place", name, entry, roles)


_SPECIAL = {"head": _heads, "places": _places}

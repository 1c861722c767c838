"""From the tables of an equipment file to forms and their senses.

An equipment file has one table per category:

    version = "1"
    provenance = "where this comes from"

    [aircraft]
    nouns = [{ sg = "+طائرة +مقاتلة", pl = ["+طائرات +مقاتلة", "+مقاتلات"], unit = "aircraft" }]
    [aircraft.designations]
    "F-16" = ["فايتنغ فالكون"]       # Arabic spellings of the letters and number are generated
    "Rafale" = ["رافال"]

`+` marks the words that take the article together. Besides the categories there are `generic` (nouns that name no
item, "أسلحة"), `unit` (what is counted instead: "بطارية") and `currency` (by ISO 4217 code).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from tasks.domain.lexicon.designators import Letters, designator_forms
from tasks.domain.lexicon.fields import Place, Table, forms, only, opening, rule, strings, text
from tasks.domain.lexicon.inflect import noun_forms
from tasks.domain.lexicon.records import GrammaticalNumber, LexiconFile, Rule, Sense
from tasks.domain.lexicon.spelling import ARTICLE, expand
from warehouse.records import Category

FormSense = tuple[str, Sense]
CATEGORIES = frozenset(get_args(Category))
_ARABIC = re.compile("[\u0621-\u064a]{2}")
NUMBERS: tuple[GrammaticalNumber, ...] = get_args(GrammaticalNumber)
_TABLES = CATEGORIES | {"generic", "unit", "currency"}
_NOT_TABLES = frozenset(("version", "provenance", "kind", "sets"))
_NOUN_FIELDS = frozenset(("sg", "pl", "extra", "unit", "category", "en"))


def equipment_senses(file: LexiconFile, table: Table, letters: Letters) -> Iterator[FormSense]:
    """Read every entry of an equipment file."""
    top = opening(file, table)
    for name, entries in table.items():
        if name in _NOT_TABLES:
            continue
        place = top.at(name)
        if name not in _TABLES:
            raise place.error(f"unknown category; known: {', '.join(sorted(_TABLES))}")
        if name in ("unit", "currency"):
            yield from _counted(place, name, entries)
        else:
            yield from _category(place, name, entries, letters)


def _category(place: Place, name: str, entries: Table, letters: Letters) -> Iterator[FormSense]:
    only(entries, frozenset(("nouns", "designations")), place)
    category: Any = name if name in CATEGORIES else None
    role = "generic" if category is None else "personnel" if category == "personnel" else "equipment"
    for noun in entries.get("nouns", []):
        yield from _noun(place, noun, Sense(key="", actor="", role=role, category=category, file=place.file))
    for designation, spellings in entries.get("designations", {}).items():
        yield from _designation(place.at(f"{name}.{designation}"), category, designation, spellings, letters)


def _noun(place: Place, noun: Any, sense: Sense) -> Iterator[FormSense]:
    if not isinstance(noun, dict) or not (noun.get("sg") or noun.get("pl")):
        raise place.error(f'a noun is a table {{ sg = "+طائرة", pl = ["+طائرات"] }}, found {noun!r}')
    only(noun, _NOUN_FIELDS, place)
    singular, plurals = text(noun, "sg", place) or "", strings(noun, "pl", place)
    unit = text(noun, "unit", place) or sense.unit
    meaning = replace(
        sense,
        key=f"{sense.category or sense.role}:{unit or (singular or plurals[0]).replace('+', '')}",
        category=noun.get("category", sense.category),
        rule=rule(noun, place),
        unit=unit,
    )
    by_number = {number: replace(meaning, number=number) for number in NUMBERS}
    by_number["du"] = replace(by_number["du"], rule=None)  # a dual says its number itself and needs no other evidence
    is_owned = sense.role not in ("currency", "unit")
    for form, number in noun_forms(singular, plurals, strings(noun, "extra", place), is_owned=is_owned):
        yield form, by_number[number]


def _designation(
    place: Place, category: Category | None, name: str, spellings: Any, letters: Letters
) -> Iterator[FormSense]:
    listed = list(forms({"forms": spellings}, "forms", place))
    generated = [(form, context) for form, context in designator_forms(name, letters)]
    written = [(form, context) for pattern, context in listed for form in expand(pattern)]
    plain = _named(place, category, name, None)
    for form, context in [(name, None), *written, *generated]:
        meaning = replace(plain, rule=context) if context else plain
        yield form, meaning
        if _ARABIC.match(form) and not form.startswith(ARTICLE):
            yield ARTICLE + form, meaning


def _named(place: Place, category: Category | None, name: str, context: Rule | None) -> Sense:
    return Sense(
        key=f"misc:{name.lower().replace(' ', '-')}",
        actor="",
        role="designation",
        category=category,
        designation=name,
        label="MISC",
        name_ar=name,
        name_en=name,
        rule=context,
        file=place.file,
    )


def _counted(place: Place, role: str, entries: Table) -> Iterator[FormSense]:
    category: Category | None = "money" if role == "currency" else None
    for unit, nouns in entries.items():
        here = place.at(f"{role}.{unit}")
        sense = Sense(key=f"{role}:{unit}", actor="", role=role, category=category, unit=unit, file=place.file)
        for noun in nouns:
            yield from _noun(here, noun, sense)

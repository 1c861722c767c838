"""The regular expressions of the date finder, over folded text, built once from the word table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from tasks.domain.arabic.normalise import fold
from tasks.domain.arabic.tables import load_table

_PIECE = re.compile(r"(?<!P)<(\w+)>")


def _forms(text: str) -> list[str]:
    return [fold(form).replace("_", " ") for form in text.split()]


@cache
def mapping(section: str) -> dict[str, str]:
    """Turn a section of the table round: folded form to the name of its entry."""
    table: Mapping[str, str] = load_table("dates")[section]
    return {form: name for name, text in table.items() for form in _forms(text)}


@cache
def listed(section: str, entry: str = "forms") -> frozenset[str]:
    """Fold the forms of one entry of the table."""
    return frozenset(_forms(load_table("dates")[section][entry]))


def any_of(forms: Iterable[str]) -> str:
    """Write an alternation, the longest form first."""
    return "(?:" + "|".join(sorted(map(re.escape, forms), key=len, reverse=True)) + ")"


@cache
def pieces() -> dict[str, str]:
    """Name the sub-patterns that the patterns below are put together from."""
    month = any_of(mapping("months"))
    ordinal = any_of(mapping("ordinals"))
    relative = any_of(mapping("relative"))
    unit_year = r"(?:العام|السنة|عام|سنة)"
    return {
        "month": month,
        # "يناير/كانون الثاني", "سبتمبر (أيلول)", "أغسطس آب"
        "months": rf"(?P<month>{month})(?: ?[/(] ?{month}\)?| {month}(?!\w))?",
        "day": rf"(?:\d{{1,2}}|{ordinal})",
        "weekday": any_of(mapping("weekdays")),
        "relative": relative,
        "tail": rf"(?:[ ،]{{1,2}}(?:من )?(?:(?:{unit_year} )?(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d)"
        rf"|{unit_year} (?P<of_year>{relative})(?!\w)|(?P<this_year>هذا العام|هذه السنة)(?!\w)"
        rf"|(?P<relative>{relative})(?!\w)))?",
        "year": r"(?P<year>(?:19|20)\d\d)(?![\d.,]\d|\d)م?",
        "unit": any_of(mapping("units")),
        "count": rf"(?:\d{{1,3}}|{any_of(mapping('counts'))})",
        "daypart": any_of(listed("dayparts")),
        "unit_year": unit_year,
    }


NUMBER = "#"
_SECTION = re.compile(r"<(\w+)>")


def first_words(heads: str) -> frozenset[str]:
    """Gather the first words of phrases parted by `|` or blanks; `<name>` stands for a section of the table."""
    named = (form for name in _SECTION.findall(heads) for form in _section(name))
    plain = re.split("[| ]", _SECTION.sub("", heads))
    return frozenset(first.split(" ")[0] for first in (*named, *plain) if first)


def _section(name: str) -> Iterable[str]:
    return listed(name) if name == "dayparts" else mapping(name)


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which `<name>` stands for a piece; it matches whole words, clitics left out."""
    whole = _PIECE.sub(lambda match: pieces()[match[1]], pattern)
    return re.compile(rf"(?<!\w)(?:[وف]?[بلك]?)(?P<core>{whole})(?!\w)")


@cache
def opener() -> re.Pattern[str]:
    """Match the prepositions and part words that end just before a time."""
    table = load_table("dates")["openers"]
    prepositions = any_of(fold(phrase) for phrases in table.values() for phrase in phrases)
    part = any_of(form for text in load_table("dates")["parts"].values() for form in _forms(text))
    stretch = r"(?:يوم|ايام|شهر|شهري|الفترة|فترة|صباح|مساء|فجر|ليل|ليلة|ظهر|عصر)"
    return re.compile(
        rf"(?<!\w)[وفب]?(?P<prepositions>(?:{prepositions} (?:ان )?)*)(?P<part>(?:{part} )?)(?:{stretch} ){{0,2}}$"
    )


@cache
def prepositions() -> dict[str, str]:
    """Map each opening phrase to what it does: since, until or within."""
    table = load_table("dates")["openers"]
    return {fold(phrase): name for name, phrases in table.items() for phrase in phrases}

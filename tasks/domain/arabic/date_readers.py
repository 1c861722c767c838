"""The ways in which news writes a time, each a pattern with its reader.

Most words of a text begin no time: each pattern is tried only at the words that it can begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from tasks.domain.arabic import date_atoms as atoms
from tasks.domain.arabic.date_atoms import Reader
from tasks.domain.arabic.date_patterns import NUMBER, compiled, first_words

_NEAR = "اليوم|امس الاول|اول من امس|اول امس|امس|غدا|يوم غد"
_PART = "نهاية|مطلع|بداية|اوائل|اواخر|منتصف|اواسط|مستهل|ختام"
_TO_YEAR = r"(?P<to_year>(?:19|20)\d\d)"

_DAY = f"<dayparts> {_NEAR} <weekdays>"
_UNIT = "الاسبوع الشهر العام السنة العقد"
_WORD = re.compile(r"\w+")
_CLITIC = re.compile("[وف]?[بلك]?")

# The words that a pattern can begin with, the pattern, its reader. Where two match as much, the earlier one counts.
_PATTERNS: tuple[tuple[str, str, Reader], ...] = (
    (NUMBER, r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})", atoms.iso_day),
    (NUMBER, r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})", atoms.iso_day),
    (
        NUMBER,
        r"(?P<from_day>[0-9]{1,2}) ?(?:و|الي|حتي|-|–) ?(?P<day><day>)(?: من)?(?: شهر)? <months><tail>",
        atoms.days_of_month,
    ),
    (
        f"{NUMBER} {_DAY} <ordinals> الموافق",
        rf"(?:(?:<daypart> )?(?:(?:{_NEAR}|<daypart>)[ ،]{{1,2}})?<weekday>[ ،(]{{1,2}})?(?:الموافق )?"
        r"(?P<day><day>)(?: من)?(?: شهر)? <months><tail>\)?",
        atoms.day_of_month,
    ),
    ("<months>", r"<months><tail>", atoms.month),
    (
        "العام السنة عام سنة عامي سنتي الفترة موسم دورة اعوام",
        rf"(?:<unit_year>|عامي|سنتي|الفترة|موسم|دورة|اعوام) <year>(?: ?(?:و|-|/|–|الي|حتي) ?{_TO_YEAR})?",
        atoms.years,
    ),
    (NUMBER, rf"<year> ?[-–/] ?{_TO_YEAR}", atoms.years),
    ("بين من", rf"(?:بين|من) <year> (?:و|الي |حتي ){_TO_YEAR}", atoms.years),
    (NUMBER, r"<year>", atoms.bare_year),
    ("شتاء ربيع صيف خريف", r"(?P<season>شتاء|ربيع|صيف|خريف)<tail>", atoms.season),
    (
        "الربع النصف الثلث",
        r"(?P<share>الربع|النصف|الثلث) (?P<ordinal>الاول|الثاني|الثالث|الرابع)<tail>",
        atoms.share_of_year,
    ),
    (
        "الربع النصف الثلث",
        r"(?P<share>الربع|النصف|الثلث) (?P<ordinal>الاول|الثاني|الثالث|الرابع) من <unit_year><tail>",
        atoms.share_of_year,
    ),
    ("النصف", r"النصف (?P<ordinal>الاول|الثاني) من الشهر(?: (?P<relative><relative>))?", atoms.half_month),
    (
        "الاشهر الشهور",
        r"(?P<unit>الاشهر|الشهور) (?P<count><count>) الاولي(?: من <unit_year>)?<tail>",
        atoms.first_months,
    ),
    (
        _DAY,
        rf"(?:<daypart> )?(?:(?P<lead>{_NEAR}|<daypart>) )?(?P<weekday><weekday>)(?: (?P<relative><relative>))?",
        atoms.weekday,
    ),
    (
        "<dayparts> اول امس الامس البارحة بعد غدا الغد",
        r"(?:<daypart> )?(?:اول من امس|اول امس|امس الاول|امس|الامس|البارحة)|بعد غد|غدا|الغد|<daypart> غد",
        atoms.near_day,
    ),
    ("<dayparts> اليوم", r"(?:<daypart> )?اليوم", atoms.today),
    ("هذا هذه", r"(?:هذا|هذه) (?P<unit>الاسبوع|الشهر|العام|السنة|العقد)(?P<relative>(?!))?", atoms.this_unit),
    (_PART, rf"(?:{_PART}) (?P<unit>الاسبوع|الشهر|العام|السنة|العقد)(?P<relative>(?!))?", atoms.this_unit),
    (
        f"{_PART} {_UNIT}",
        rf"(?:(?:{_PART}) )?(?P<unit>الاسبوع|الشهر|العام|السنة|العقد) (?P<relative><relative>)",
        atoms.this_unit,
    ),
    (
        "قبل منذ",
        r"(?:قبل|منذ) (?:(?:نحو|حوالي|اكثر من|قرابة|ازيد من) )?"
        r"(?:(?P<count><count>) )?(?P<unit><unit>)(?! (?:من|[0-9]))",
        atoms.units_ago,
    ),
    (
        "السنوات الاعوام الاشهر الشهور الاسابيع الايام",
        r"(?P<unit>السنوات|الاعوام|الاشهر|الشهور|الاسابيع|الايام)(?: (?P<count><count>))? (?P<relative><relative>)",
        atoms.last_units,
    ),
)


@cache
def readers() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """Compile the patterns once, in their order."""
    return tuple((compiled(pattern), reader) for _, pattern, reader in _PATTERNS)


def matches(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Give what each pattern finds in folded text, with the number of the pattern; of one pattern none overlap."""
    places: dict[int, list[int]] = {}
    for word in _WORD.finditer(text):
        for rank in _begun_by(word.group()):
            places.setdefault(rank, []).append(word.start())
    for rank in sorted(places):
        pattern, end = readers()[rank][0], 0
        for start in places[rank]:
            match = pattern.match(text, start) if start >= end else None
            if match is not None:
                end = match.end()
                yield rank, match


@lru_cache(maxsize=65536)
def _begun_by(word: str) -> tuple[int, ...]:
    """The patterns that the word, or the word without its clitics, can begin."""
    longest = _CLITIC.match(word)
    bare = {word[at:] for at in range(longest.end() + 1 if longest else 1)}
    heads = {NUMBER if rest[0].isdecimal() else rest for rest in bare if rest}
    return tuple(rank for rank, words in enumerate(_first_words()) if not words.isdisjoint(heads))


@cache
def _first_words() -> tuple[frozenset[str], ...]:
    return tuple(first_words(heads) for heads, _, _ in _PATTERNS)

"""The ways in which news writes a time, each a pattern with its reader."""

from __future__ import annotations

import re
from functools import cache

from tasks.domain.arabic import date_atoms as atoms
from tasks.domain.arabic.date_atoms import Reader
from tasks.domain.arabic.date_patterns import compiled

_NEAR = "اليوم|امس الاول|اول من امس|اول امس|امس|غدا|يوم غد"
_PART = "نهاية|مطلع|بداية|اوائل|اواخر|منتصف|اواسط|مستهل|ختام"
_TO_YEAR = r"(?P<to_year>(?:19|20)\d\d)"

# Where two patterns match as much, the earlier one counts.
_PATTERNS: tuple[tuple[str, Reader], ...] = (
    (r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})", atoms.iso_day),
    (r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})", atoms.iso_day),
    (
        r"(?P<from_day>[0-9]{1,2}) ?(?:و|الي|حتي|-|–) ?(?P<day><day>)(?: من)?(?: شهر)? <months><tail>",
        atoms.days_of_month,
    ),
    (
        rf"(?:(?:<daypart> )?(?:(?:{_NEAR}|<daypart>)[ ،]{{1,2}})?<weekday>[ ،(]{{1,2}})?(?:الموافق )?"
        r"(?P<day><day>)(?: من)?(?: شهر)? <months><tail>\)?",
        atoms.day_of_month,
    ),
    (r"<months><tail>", atoms.month),
    (rf"(?:<unit_year>|عامي|سنتي|الفترة|موسم|دورة|اعوام) <year>(?: ?(?:و|-|/|–|الي|حتي) ?{_TO_YEAR})?", atoms.years),
    (rf"<year> ?[-–/] ?{_TO_YEAR}", atoms.years),
    (rf"(?:بين|من) <year> (?:و|الي |حتي ){_TO_YEAR}", atoms.years),
    (r"<year>", atoms.bare_year),
    (r"(?P<season>شتاء|ربيع|صيف|خريف)<tail>", atoms.season),
    (r"(?P<share>الربع|النصف|الثلث) (?P<ordinal>الاول|الثاني|الثالث|الرابع)<tail>", atoms.share_of_year),
    (r"(?P<share>الربع|النصف|الثلث) (?P<ordinal>الاول|الثاني|الثالث|الرابع) من <unit_year><tail>", atoms.share_of_year),
    (r"النصف (?P<ordinal>الاول|الثاني) من الشهر(?: (?P<relative><relative>))?", atoms.half_month),
    (r"(?P<unit>الاشهر|الشهور) (?P<count><count>) الاولي(?: من <unit_year>)?<tail>", atoms.first_months),
    (
        rf"(?:<daypart> )?(?:(?P<lead>{_NEAR}|<daypart>) )?(?P<weekday><weekday>)(?: (?P<relative><relative>))?",
        atoms.weekday,
    ),
    (r"(?:<daypart> )?(?:اول من امس|اول امس|امس الاول|امس|الامس|البارحة)|بعد غد|غدا|الغد|<daypart> غد", atoms.near_day),
    (r"(?:<daypart> )?اليوم", atoms.today),
    (r"(?:هذا|هذه) (?P<unit>الاسبوع|الشهر|العام|السنة|العقد)(?P<relative>(?!))?", atoms.this_unit),
    (rf"(?:{_PART}) (?P<unit>الاسبوع|الشهر|العام|السنة|العقد)(?P<relative>(?!))?", atoms.this_unit),
    (rf"(?:(?:{_PART}) )?(?P<unit>الاسبوع|الشهر|العام|السنة|العقد) (?P<relative><relative>)", atoms.this_unit),
    (
        r"(?:قبل|منذ) (?:(?:نحو|حوالي|اكثر من|قرابة|ازيد من) )?"
        r"(?:(?P<count><count>) )?(?P<unit><unit>)(?! (?:من|[0-9]))",
        atoms.units_ago,
    ),
    (
        r"(?P<unit>السنوات|الاعوام|الاشهر|الشهور|الاسابيع|الايام)(?: (?P<count><count>))? (?P<relative><relative>)",
        atoms.last_units,
    ),
)


@cache
def readers() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """Compile the patterns once, in their order."""
    return tuple((compiled(pattern), reader) for pattern, reader in _PATTERNS)

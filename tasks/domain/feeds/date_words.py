"""The words of dates, from their data file, as tables and as patterns over folded text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tasks.domain.arabic.normalise import fold


@dataclass(frozen=True, slots=True)
class DateWords:
    """Folded names; `zones` in minutes east of Greenwich. The patterns match folded text only."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    halves: Mapping[str, str]
    zones: Mapping[str, int]
    refused: re.Pattern[str]
    other_date: re.Pattern[str]
    named_date: re.Pattern[str]
    weekday: re.Pattern[str]
    time: re.Pattern[str]
    zone: re.Pattern[str]


def fold_date(text: str) -> str:
    """Fold letters, digits and spaces so that one pattern reads every alphabet; tatweel and marks are gone."""
    return " ".join(fold(text).lower().translate(_SEPARATORS).split())


_SEPARATORS = str.maketrans(
    {**dict.fromkeys('،,;|()[]·•«»"', " "), "年": "-", "月": "-", "日": " ", "년": "-", "월": "-", "일": " "}
)


# A lone "-07" may also be the day of the date that follows the time.
_OFFSET = r"[+-]\s?[01]\d:?[0-5]\d(?![\d:/.-])|[+-]\d{3}(?!\d)|\+\d{1,2}(?![\d:/.-])|-\d{1,2}(?![\d:/.-]|\s*[^\W\d])"


def _any(names: Iterable[str]) -> str:
    """One pattern for whole words, longest first; Arabic and Latin letters both bound a word."""
    longest = sorted(set(names), key=lambda name: (-len(name), name))
    return r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)"


def _table(section: Mapping[str, Iterable[str]]) -> dict[str, int]:
    return {fold_date(name): int(number) for number, names in section.items() for name in names}


@cache
def date_words() -> DateWords:
    raw = tomllib.loads(files("tasks.domain.data").joinpath("feeds/dates.toml").read_text("utf-8"))
    months, weekdays = _table(raw["months"]), _table(raw["weekdays"])
    halves = {fold_date(name): half for half, names in raw["halves"].items() for name in names}
    zones = {fold_date(name): round(hours * 60) for name, hours in raw["zones"].items()}
    other = _any(map(fold_date, raw["other_calendars"]["months"]))
    return DateWords(
        months=months,
        weekdays=weekdays,
        halves=halves,
        zones=zones,
        refused=re.compile(_any(map(fold_date, raw["refused"]["words"]))),
        other_date=re.compile(_other_date(other)),
        named_date=re.compile(_named_date(_any(months)), re.X),
        weekday=re.compile(_any(weekdays) + r"\.?"),
        time=re.compile(_time("|".join(map(re.escape, sorted(halves, key=len, reverse=True)))), re.X),
        zone=re.compile(rf"\s*(?P<name>{_any(zones)})?\s*(?P<offset>{_OFFSET})?"),
    )


def _other_date(month: str) -> str:
    year = r"1[345]\d\d(?!\d)(?:\s*ه(?!\w))?"
    named = rf"(?<!\d)\d{{1,2}}\s*[-/]?\s*(?:من\s+)?(?:شهر\s+)?{month}\s*[-/]?\s*(?:عام\s+)?{year}"
    year_first = r"(?<!\d)1[345]\d\d([-/])\d{1,2}\1\d{1,2}(?!\d)(?:\s*ه(?!\w))?"
    year_last = rf"(?<!\d)\d{{1,2}}([-/])\d{{1,2}}\2(?:{year})"
    return f"{named}|{year_first}|{year_last}"


def _named_date(month: str) -> str:
    # Two names of one month may stand together: "يونيو/حزيران".
    names = rf"(?P<{{0}}>{month})\.?(?:\s*[-/]?\s*(?P<{{0}}2>{month}))?"
    day = r"(?<![\d:])(?P<{0}>\d{{1,2}})(?:st|nd|rd|th|er|\.)?"
    gap, ad, of = r"[\s/.-]*", r"(?:\s*م(?!\w))?", r"(?:of|de|من|شهر|عام|سنه|سنة)?"
    return (
        rf"{day.format('day1')}{gap}{of}{gap}{names.format('month1')}{gap}{of}{gap}(?P<year1>\d{{4}}|'?\d{{2}})(?!\d|[:.]\d){ad}"
        rf"|(?<![\d:])(?P<year2>\d{{4}}){gap}{names.format('month2')}{gap}{day.format('day2')}(?![\d:])"
        rf"|{names.format('month3')}{gap}{day.format('day3')}\s*[-/.]?\s*(?P<year3>\d{{4}})(?![\d:]){ad}"
    )


def _time(half: str) -> str:
    minute_and_second = r"(?P<minute>\d\d|\d(?=:\d)) (?: :(?P<second>\d{1,2}) (?:[.,:]\d{1,9})? )?"
    return rf"""(?<![\d:.])(?P<hour>\d{{1,2}})
        (?: \s?[:h]\s? {minute_and_second} (?![\d:]) (?:\s*(?P<half>{half})(?!\w))?
          | \s*(?P<half2>{half})(?!\w) )"""

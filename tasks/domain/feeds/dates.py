"""Dates as feeds write them. Whatever is not understood to the last digit is None with a reason, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from tasks.domain.feeds.date_words import date_words, fold_date


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """`when` is UTC. A text that names no known zone is read by the clock that the reader was given, else as UTC, so
    that the day is the one written; a day without a time of day is that day's midnight in UTC.
    """

    when: datetime | None
    reason: str | None = None
    is_zone_assumed: bool = False
    has_time: bool = True


class _Unreadable(Exception):
    """Why a text is no date; never leaves this module."""


@dataclass(frozen=True, slots=True)
class _Time:
    hour: int = 0
    minute: int = 0
    second: int = 0
    zone: int | None = None
    is_given: bool = False
    zone_text: str = ""


_LONGEST = 200
_YEARS = range(1980, 2101)
# What nearly all software writes, read without the folding and searching that the rest needs: ten times as fast.
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)", re.ASCII)
_RFC = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d\d? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d "
    r"(?:GMT|UT|UTC|Z|\+0000|[+-](?:0\d|1[0-3])[0-5]\d)",
    re.ASCII,
)
_EPOCH = re.compile(r"(\d{10})(?:\.\d+)?|(\d{13})")
_COMPACT = re.compile(r"(?<![\d])((?:19|20)\d\d)(\d\d)(\d\d)(?:t?\s?(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?)?(?=\D|$)")
_YEAR_FIRST = re.compile(r"(?<![\d:/.-])(\d{4})\s?([-/. ])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?![\d:/-])")
_YEAR_LAST = re.compile(r"(?<![\d:/.-])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?![\d:/-])(?:\s*م(?!\w))?")
_WEEK = re.compile(r"(\d{4})-?w(\d\d)-?([1-7])")
_ORDINAL = re.compile(r"(?<!\d)(\d{4})-(\d{3})(?![\d-])")
_BAD_OFFSET = re.compile(r"(?<!\w)[+-]\s?(?:\d{1,2}:\d{1,2}|\d{3,4})(?!\S)")
_ZONE_NAME = re.compile(r"(?<!\w)(?!at\b|on\b|of\b|the\b)[a-z]{2,5}(?!\w)")


def read_date(text: str, *, day_first: bool | None = None, clock: tzinfo | None = None) -> ParsedDate:
    """Read one date. `day_first` settles 3/4/2024, which is otherwise ambiguous unless a weekday settles it.

    `clock` is for a time of day whose zone the text does not say.
    """
    text = text[:_LONGEST].strip()
    usual = _usual(text)
    if usual:
        return usual
    folded = fold_date(text)
    if not folded:
        return ParsedDate(None, "empty")
    try:
        return _epoch(folded) or _read(folded, day_first, clock)
    except _Unreadable as error:
        return ParsedDate(None, str(error))


def _usual(text: str) -> ParsedDate | None:
    try:
        if _RFC.fullmatch(text):
            when = parsedate_to_datetime(text)
        elif _ISO.fullmatch(text):
            when = datetime.fromisoformat(text)
        else:
            return None
    except ValueError:
        return None  # the thorough reader says what is wrong with it
    # "-0000" and "UT" come back without a zone: both are UTC.
    when = (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    return ParsedDate(when) if when.year in _YEARS else None


def infer_day_first(texts: Iterable[str]) -> bool | None:
    """What the numeric dates of one feed say of their order: None if they say nothing or contradict each other."""
    seen = set()
    for text in texts:
        found = _YEAR_LAST.search(fold_date(text[:_LONGEST]))
        if found and (int(found[1]) > 12) != (int(found[3]) > 12):
            seen.add(int(found[1]) > 12)
    return seen.pop() if len(seen) == 1 else None


def _epoch(folded: str) -> ParsedDate | None:
    found = _EPOCH.fullmatch(folded)
    if not found:
        return None
    when = datetime.fromtimestamp(int(found[1]) if found[1] else int(found[2]) / 1000, UTC)
    return ParsedDate(when) if when.year in _YEARS else None


def _read(folded: str, day_first: bool | None, clock: tzinfo | None) -> ParsedDate:
    words = date_words()
    rest, other = words.other_date.subn(" ", folded)
    time, rest = _take_time(_split_iso(rest))
    weekday = words.weekday.search(rest)
    days, rest = _take_days(rest, day_first, words.weekdays[weekday[0].rstrip(".")] if weekday else None)
    if not days:
        raise _Unreadable("only a date of another calendar" if other else f"no date found in {folded[:60]!r}")
    if len(days) > 1:
        raise _Unreadable("more than one date")
    zone, doubt = _take_zone(time, rest)
    return _assemble(days.pop(), time, zone, doubt, clock)


def _split_iso(text: str) -> str:
    """Part day from time where only a letter or a colon does: 2024-01-18t10:00, 18/jan/2024:10:00:00, 20240118t1000."""
    text = _COMPACT.sub(_spaced, text)
    return re.sub(r"(?<=\d)t(?=\d\d:?\d\d)|(?<=\d{4}):(?=\d\d:\d\d)", " ", text)


def _spaced(found: re.Match[str]) -> str:
    year, month, day, hour, minute, second = found.groups()
    return f"{year}-{month}-{day}" + (f" {hour}:{minute}:{second or '00'}" if hour else "")


def _take_time(text: str) -> tuple[_Time, str]:
    """The one time of day, with the zone behind it, and the text without them."""
    time = _Time()
    while found := _next_time(text):
        clock = _clock(found)
        if time.is_given and (time.hour, time.minute, time.second) != clock:
            raise _Unreadable("more than one time of day")
        zone = date_words().zone.match(text, found.end())
        end = zone.end() if zone else found.end()
        if not time.is_given:
            time = _Time(*clock, _minutes(zone), True, text[found.end() : end].strip())
        text = f"{text[: found.start()]} {text[end:]}"
    return time, text


def _next_time(text: str) -> re.Match[str] | None:
    return next((match for match in date_words().time.finditer(text) if not _is_day_and_ad(match, text)), None)


def _is_day_and_ad(match: re.Match[str], text: str) -> bool:
    """Tell "18 م" of a Christian year from "5 م" in the afternoon: the latter needs the word for hour before it."""
    return match["half2"] == "م" and not re.search(r"الساع[هة]\s*$", text[: match.start()])


def _clock(match: re.Match[str]) -> tuple[int, int, int]:
    half = match["half"] or match["half2"]
    hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
    if half:
        hour = _from_half(hour, date_words().halves[half])
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise _Unreadable(f"no such time of day: {match[0].strip()}")
    return hour, minute, min(second, 59)


def _from_half(hour: int, half: str) -> int:
    if hour > 12:
        if half == "am":
            raise _Unreadable(f"no such time of day: {hour} am")
        return hour
    hour %= 12
    # Eleven at noon is before it, and two at night is after midnight.
    is_late = {"am": False, "pm": True, "noon": hour < 9, "night": hour > 5}[half]
    return hour + 12 if is_late else hour


def _minutes(zone: re.Match[str] | None) -> int | None:
    """Minutes east of Greenwich; None if nothing or nonsense is said. GMT+3 is east, as everybody means it."""
    if zone is None or not zone["offset"]:
        return date_words().zones[zone["name"]] if zone and zone["name"] else None
    sign, digits = zone["offset"][0], re.sub(r"\D", "", zone["offset"])
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    total = (hours * 60 + minutes) * (-1 if sign == "-" else 1)
    return total if abs(total) <= 14 * 60 and minutes < 60 else None


def _take_days(text: str, day_first: bool | None, weekday: int | None) -> tuple[set[date], str]:
    """All days written in the text, and what is left without them."""
    days = set()
    readers = (
        (_WEEK, lambda m: date.fromisocalendar(int(m[1]), int(m[2]), int(m[3]))),
        (date_words().named_date, _named),
        (_YEAR_FIRST, lambda m: date(int(m[1]), int(m[3]), int(m[4]))),
        (_YEAR_LAST, lambda m: _year_last(m, day_first, weekday)),
        (_ORDINAL, lambda m: date(int(m[1]), 1, 1) + timedelta(days=int(m[2]) - 1)),
    )
    for pattern, read in readers:
        for match in pattern.finditer(text):
            try:
                days.add(read(match))
            except ValueError:
                raise _Unreadable(f"no such day: {match[0].strip()}") from None
        text = pattern.sub(" ", text)
    return days, text


def _named(match: re.Match[str]) -> date:
    months, form = date_words().months, next(n for n in "123" if match[f"year{n}"])
    month, twin = months[match[f"month{form}"]], match[f"month{form}2"]
    if twin and months[twin] != month:
        raise _Unreadable(f"two months: {match[0].strip()}")
    year = match[f"year{form}"].lstrip("'")
    if len(year) < 4 and not match[f"month{form}"].isascii():
        raise _Unreadable(f"a year of two digits, or none: {match[0].strip()}")
    return date(_full_year(year), month, int(match[f"day{form}"]))


def _full_year(year: str) -> int:
    """Two digits as RFC 2822 4.3 reads them: 00 to 49 are of this century."""
    return int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 50 else 1900)


def _year_last(match: re.Match[str], day_first: bool | None, weekday: int | None) -> date:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if first > 12 or second > 12 or first == second:
        day, month = (first, second) if first > 12 or first == second else (second, first)
        return date(year, month, day)
    if match[2] == ".":
        return date(year, second, first)
    if day_first is None:
        day_first = _settled_by(weekday, date(year, second, first), date(year, first, second))
    if day_first is None:
        raise _Unreadable(f"day or month first: {match[0].strip()}")
    return date(year, second, first) if day_first else date(year, first, second)


def _settled_by(weekday: int | None, day_first: date, month_first: date) -> bool | None:
    fits = [day.weekday() == weekday for day in (day_first, month_first)]
    return fits[0] if fits[0] != fits[1] else None


def _take_zone(time: _Time, rest: str) -> tuple[int | None, str | None]:
    """Look at what is left once day and time are taken: a zone further off, weekday and filler words, but no number."""
    rest = date_words().weekday.sub(" ", rest)
    if date_words().refused.search(rest):
        raise _Unreadable(f"a relative date: {rest.strip()}")
    zone = time.zone
    for found in date_words().zone.finditer(rest) if time.is_given else ():
        zone = zone if zone is not None else _minutes(found)
        rest = rest.replace(found[0], " ") if found[0].strip() else rest
    unknown = _BAD_OFFSET.search(rest)
    rest = _BAD_OFFSET.sub(" ", rest)
    if any(character.isdigit() for character in rest):
        raise _Unreadable(f"not understood: {rest.strip()}")
    return zone, None if zone is not None else _zone_reason(unknown[0] if unknown else time.zone_text, rest)


def _zone_reason(offset: str, rest: str) -> str:
    name = _ZONE_NAME.search(rest)
    unknown = offset.strip() or (name[0] if name else "")
    return f"unknown zone {unknown}" if unknown else "no zone"


def _assemble(day: date, time: _Time, zone: int | None, doubt: str | None, clock: tzinfo | None) -> ParsedDate:
    if day.year not in _YEARS:
        raise _Unreadable(f"year {day.year} is out of range")
    local = datetime(day.year, day.month, day.day)
    if not time.is_given:
        return ParsedDate(local.replace(tzinfo=UTC), "no time of day: midnight UTC", True, False)
    local += timedelta(hours=time.hour, minutes=time.minute, seconds=time.second)
    if zone is not None:
        return ParsedDate(local.replace(tzinfo=timezone(timedelta(minutes=zone))).astimezone(UTC))
    return ParsedDate(local.replace(tzinfo=clock or UTC).astimezone(UTC), f"{doubt}: read as {clock or 'UTC'}", True)

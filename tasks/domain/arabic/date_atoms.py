"""Single times: each reader recognises one way to write a day, month, year or stretch and resolves it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.domain.arabic.date_patterns import listed, mapping, opener
from tasks.domain.arabic.date_periods import (
    Period,
    day_period,
    month_period,
    safe_day,
    shift_days,
    shift_months,
    weekday_after,
    weekday_before,
    year_period,
)
from tasks.domain.arabic.tables import load_table

# How far ahead of publication a bare "15 ديسمبر" may lie before it means last year's.
DAYS_AHEAD = 45
OPENER_REACH = 60


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader may look at: the folded text, the day of publication, and whether the sentence looks ahead."""

    text: str
    published: date | None
    is_ahead: bool = False


Reader = Callable[[re.Match[str], Context], Period | None]


def _is_opened(match: re.Match[str], context: Context) -> bool:
    """Say whether a preposition or a part of a time ("في", "منذ", "مطلع") stands before the match."""
    start = match.start("core")
    found = opener().search(context.text, max(0, start - OPENER_REACH), start)
    return found is not None and bool(found["prepositions"] or found["part"])


def iso_day(match: re.Match[str], context: Context) -> Period | None:
    day = safe_day(int(match["y"]), int(match["m"]), int(match["d"]))
    return day_period(day) if day else None


def _day_number(text: str) -> int:
    return int(text) if text.isdigit() else int(mapping("ordinals")[text])


def _year_of(match: re.Match[str], context: Context) -> int | None:
    """Read the year that the tail of a month names, outright or relative to publication."""
    if match["year"]:
        return int(match["year"])
    if context.published is None:
        return None
    if match["this_year"]:
        return context.published.year
    if match["of_year"]:
        return context.published.year + {"past": -1, "present": 0, "future": 1}[mapping("relative")[match["of_year"]]]
    return None


def _month_year(match: re.Match[str], context: Context, month: int) -> int | None:
    """Place a month that has no year: the latest one not after publication, unless the words look ahead."""
    year = _year_of(match, context)
    if year is not None or context.published is None:
        return year
    now = context.published
    relative = mapping("relative").get(match["relative"] or "")
    if relative == "future" or (relative is None and context.is_ahead):
        return now.year + (month <= now.month if relative else month < now.month)
    if relative == "present":
        return now.year
    return now.year - (month >= now.month if relative else month > now.month)


def _day_year(match: re.Match[str], context: Context, month: int, day: int) -> int | None:
    year = _year_of(match, context)
    if year is not None or context.published is None:
        return year
    now = context.published
    relative = mapping("relative").get(match["relative"] or "")
    this = safe_day(now.year, month, min(day, 28))
    if this is None or relative == "present":
        return now.year
    if relative == "past":
        return now.year - (this >= now)
    if relative == "future" or context.is_ahead:
        return now.year + (this < now)
    following = safe_day(now.year + 1, month, min(day, 28))
    if following and following - now <= timedelta(days=DAYS_AHEAD):
        return now.year + 1
    return now.year - (this - now > timedelta(days=DAYS_AHEAD))


def day_of_month(match: re.Match[str], context: Context) -> Period | None:
    month, day = int(mapping("months")[match["month"]]), _day_number(match["day"])
    year = _day_year(match, context, month, day)
    found = safe_day(year, month, day) if year is not None else None
    return day_period(found) if found else None


def days_of_month(match: re.Match[str], context: Context) -> Period | None:
    month = int(mapping("months")[match["month"]])
    first, last = _day_number(match["from_day"]), _day_number(match["day"])
    year = _day_year(match, context, month, last)
    if year is None:
        return None
    begin, end = safe_day(year, month, first), safe_day(year, month, last)
    return Period(begin, end, "day") if begin and end and begin <= end else None


def month(match: re.Match[str], context: Context) -> Period | None:
    is_placed = match["year"] or match["of_year"] or match["this_year"] or match["relative"]
    if match["month"] in listed("ambiguous", "months") and not is_placed and not _is_opened(match, context):
        return None
    month = int(mapping("months")[match["month"]])
    year = _month_year(match, context, month)
    return month_period(year, month) if year is not None else None


def years(match: re.Match[str], context: Context) -> Period | None:
    to = match.groupdict().get("to_year")
    return year_period(int(match["year"]), int(to) if to else None)


def bare_year(match: re.Match[str], context: Context) -> Period | None:
    return years(match, context) if _is_opened(match, context) else None


def season(match: re.Match[str], context: Context) -> Period | None:
    first, last = load_table("dates")["season_months"][mapping("seasons")[match["season"]]]
    length = (last - first) % 12 + 1
    year = _year_of(match, context)
    if year is None and context.published is not None:
        relative = mapping("relative").get(match["relative"] or "")
        now = context.published
        year = now.year + (1 if relative == "future" and now.month >= first else 0)
        year -= relative != "future" and relative != "present" and now.month < first + length
    return month_period(year, first, length) if year is not None else None


def share_of_year(match: re.Match[str], context: Context) -> Period | None:
    """Read "الربع الأول من 2024", "النصف الثاني من العام الماضي"."""
    length = {"الربع": 3, "النصف": 6, "الثلث": 4}[match["share"]]
    index = int(mapping("ordinals")[match["ordinal"]]) - 1
    year = _year_of(match, context)
    if year is None and context.published is not None:
        year = context.published.year
    if year is None or index * length >= 12:
        return None
    return month_period(year, index * length + 1, length)


def first_months(match: re.Match[str], context: Context) -> Period | None:
    year = _year_of(match, context) or (context.published.year if context.published else None)
    return month_period(year, 1, _count(match)) if year is not None else None


def half_month(match: re.Match[str], context: Context) -> Period | None:
    month = _unit_away(context.published, "month", _step(match))
    if month is None or month.first is None:
        return None
    first = month.first
    following = shift_months(first, 1)
    if match["ordinal"] == "الاول":
        return Period(first, first.replace(day=15), "day")
    return Period(first.replace(day=16), shift_days(following, -1), "day") if following else None


def weekday(match: re.Match[str], context: Context) -> Period | None:
    if context.published is None:
        return None
    weekday = int(mapping("weekdays")[match["weekday"]])
    relative = mapping("relative").get(match["relative"] or "")
    lead = match["lead"] or ""
    if relative == "future" or lead in listed("days", "tomorrow") or (relative is None and context.is_ahead):
        return day_period(weekday_after(context.published, weekday))
    return day_period(weekday_before(context.published, weekday, "امس" in lead or relative == "past"))


def near_day(match: re.Match[str], context: Context) -> Period | None:
    word = match["core"]
    days = -1 if any(form in word for form in listed("days", "yesterday")) else 0
    if "اول" in word:
        days = -2
    elif word.split()[-1] in listed("days", "tomorrow") or "غد" in word.split()[0]:
        days = 2 if "بعد" in word else 1
    moved = shift_days(context.published, days) if context.published else None
    return day_period(moved) if moved else None


def today(match: re.Match[str], context: Context) -> Period | None:
    before = context.text[max(0, match.start("core") - 20) : match.start("core")].split()
    after = context.text[match.end("core") : match.end("core") + 20].split()
    has_daypart = " " in match["core"]
    if not has_daypart and before and before[-1] in listed("not_today", "before"):
        return None
    if after and after[0] in listed("not_today", "after"):
        return None
    return day_period(context.published) if context.published else None


def this_unit(match: re.Match[str], context: Context) -> Period | None:
    before = context.text[max(0, match.start("core") - 20) : match.start("core")].split()
    if before and before[-1] in listed("not_year", "before"):
        return None
    return _unit_away(context.published, mapping("units")[match["unit"]], _step(match))


def _step(match: re.Match[str]) -> int:
    return {"past": -1, "present": 0, "future": 1}[mapping("relative").get(match["relative"] or "", "present")]


def _unit_away(now: date | None, unit: str, step: int) -> Period | None:
    if now is None:
        return None
    if unit == "year":
        return year_period(now.year + step)
    if unit == "decade":
        first = now.year // 10 * 10 + 10 * step
        return year_period(first, first + 9)
    if unit == "month":
        return month_period(now.year, now.month + step)
    if unit == "week":
        monday = shift_days(now, 7 * step - now.weekday())
        return Period(monday, shift_days(monday, 6), "day") if monday else None
    moved = shift_days(now, step)
    return day_period(moved) if moved else None


def _count(match: re.Match[str]) -> int:
    text = match["count"]
    if text:
        return int(text) if text.isdigit() else int(mapping("counts")[text])
    return 2 if match["unit"] in listed("duals") else 1


def units_ago(match: re.Match[str], context: Context) -> Period | None:
    """Read "قبل عامين", "منذ ثلاث سنوات": a time as far back as the unit is fine."""
    now, count, unit = context.published, _count(match), mapping("units")[match["unit"]]
    if now is None or (match["count"] is None and match["unit"] in listed("plurals")):
        return None
    if unit in ("day", "week"):
        moved = shift_days(now, -count * (7 if unit == "week" else 1))
        return day_period(moved) if moved else None
    if unit == "month":
        return month_period(now.year, now.month - count)
    return year_period(now.year - count * (10 if unit == "decade" else 1))


def last_units(match: re.Match[str], context: Context) -> Period | None:
    """Read "السنوات الخمس الأخيرة", "الأيام الماضية": a stretch that ends, or begins, at publication."""
    now, unit = context.published, mapping("units")[match["unit"]]
    if now is None:
        return None
    count = int(mapping("counts").get(match["count"] or "", 0) or (match["count"] or "0"))
    is_ahead = mapping("relative")[match["relative"]] == "future"
    if unit == "year":
        other: date | None = date(max(1, now.year + (count if is_ahead else -count)), 1, 1) if count else None
    elif unit == "month":
        other = shift_months(now, count if is_ahead else -count) if count else None
    else:
        days = (count or 7) * (7 if unit == "week" else 1)
        other = shift_days(now, days if is_ahead else -days)
    first, last = (now, other) if is_ahead else (other, now)
    return Period(first, last, "year" if unit == "year" else "month")

"""Calendar periods of day, month or year precision, and the arithmetic on them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Precision = Literal["day", "month", "year"]
FIRST_YEAR, LAST_YEAR = 1800, 2200


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, each written to the same precision; None on a side that the text leaves open."""

    first: date | None
    last: date | None
    precision: Precision

    def iso(self) -> tuple[str | None, str | None]:
        """Write both ends as ISO 8601, as precise as the text was."""
        return _iso(self.first, self.precision), _iso(self.last, self.precision)


def _iso(day: date | None, precision: Precision) -> str | None:
    if day is None:
        return None
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def day_period(day: date) -> Period:
    """Give the period of one day."""
    return Period(day, day, "day")


def month_period(year: int, month: int, months: int = 1) -> Period | None:
    """Give `months` whole months from one on; months outside 1 to 12 carry into the year."""
    first, last = _month_start(year, month), _month_start(year, month + months - 1)
    return Period(first, last, "month") if first and last else None


def year_period(year: int, last: int | None = None) -> Period | None:
    """Give whole years, None outside the years that news can mean."""
    end = year if last is None else last
    if not (FIRST_YEAR <= year <= end <= LAST_YEAR):
        return None
    return Period(date(year, 1, 1), date(end, 1, 1), "year")


def safe_day(year: int, month: int, day: int) -> date | None:
    """Build a date, None where there is no such day."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def shift_days(day: date, days: int) -> date | None:
    """Move by days, None when that leaves the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _month_start(year: int, month: int) -> date | None:
    carried = year * 12 + month - 1
    return safe_day(carried // 12, carried % 12 + 1, 1)


def shift_months(day: date, months: int) -> date | None:
    """Go to the first day of the month that lies `months` away."""
    return _month_start(day.year, day.month + months)


def weekday_before(base: date, weekday: int, is_strict: bool) -> date:
    """Find the latest such weekday not after `base`, before it if strict (Monday is 0)."""
    back = (base.weekday() - weekday) % 7
    return base - timedelta(days=7 if is_strict and back == 0 else back)


def weekday_after(base: date, weekday: int) -> date:
    """Find the first such weekday after `base`."""
    return base + timedelta(days=(weekday - base.weekday()) % 7 or 7)


def late_part(period: Period) -> Period:
    """Narrow whole years to the last month, for "قبل نهاية العام"."""
    if period.precision != "year" or period.last is None:
        return period
    end = date(period.last.year, 12, 1)
    return Period(end, end, "month")


def early_part(period: Period) -> Period:
    """Narrow whole years to the first month, for "مطلع العام المقبل"."""
    if period.precision != "year" or period.first is None:
        return period
    return Period(period.first, period.first, "month")


def join(first: Period, last: Period) -> Period | None:
    """Make one period of two ends of equal precision that come in order."""
    if first.precision != last.precision or first.first is None or last.last is None or first.first > last.last:
        return None
    return replace(first, last=last.last)

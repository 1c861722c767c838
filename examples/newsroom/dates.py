"""A moment as newsrooms write it. The styles are data: see dates.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_MERIDIEM = {"arabic": ("ص", "م"), "english": ("AM", "PM")}
# The ordinal of 1 Muharram of year 1 in the civil, tabular calendar.
_HIJRI_EPOCH = 227015


@dataclass(frozen=True, slots=True)
class Style:
    pattern: str
    months: str = "egyptian"
    weekdays: str = "arabic"
    digits: str = "latin"
    meridiem: str = "arabic"


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "dates.toml").read_text(encoding="utf-8"))


def style_names() -> tuple[str, ...]:
    return tuple(_tables()["style"])


def format_moment(moment: datetime, style: str, offset_hours: float = 0) -> str:
    """The aware `moment` in one of the styles of dates.toml, at a fixed offset from UTC."""
    tables = _tables()
    chosen = Style(**tables["style"][style])
    text = chosen.pattern.format(**_fields(moment, chosen, offset_hours, tables))
    return text.translate(_ARABIC_DIGITS) if chosen.digits == "arabic" else text


def _fields(moment: datetime, style: Style, offset_hours: float, tables: dict[str, Any]) -> dict[str, object]:
    local = moment + timedelta(hours=offset_hours)
    hours, minutes = divmod(round(abs(offset_hours) * 60), 60)
    sign = "-" if offset_hours < 0 else "+"
    year, month, day = hijri(local)
    return {
        "year": local.year,
        "month_number": local.month,
        "month": tables["months"][style.months][local.month - 1],
        "day": local.day,
        "weekday": tables["weekdays"][style.weekdays][local.weekday()],
        "hour": local.hour,
        "hour12": (local.hour - 1) % 12 + 1,
        "minute": local.minute,
        "meridiem": _MERIDIEM[style.meridiem][local.hour >= 12],
        "offset": f"{sign}{hours:02}{minutes:02}",
        "colon_offset": f"{sign}{hours:02}:{minutes:02}",
        "hijri_year": year,
        "hijri_month": tables["months"]["hijri"][month - 1],
        "hijri_day": day,
    }


def hijri(moment: datetime) -> tuple[int, int, int]:
    """Year, month and day of the tabular Islamic calendar (30-year cycle); official calendars may differ by a day."""
    days = moment.toordinal() - _HIJRI_EPOCH
    year = (30 * days + 10646) // 10631
    day_of_year = days - 354 * (year - 1) - (3 + 11 * year) // 30
    month = (11 * day_of_year + 330) // 325
    return year, month, day_of_year - 29 * (month - 1) - (6 * month - 1) // 11 + 1

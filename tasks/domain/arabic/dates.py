"""Dates and stretches of time in Arabic news, resolved against the day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from tasks.domain.arabic.date_atoms import OPENER_REACH, Context
from tasks.domain.arabic.date_patterns import any_of, listed, mapping, opener, prepositions
from tasks.domain.arabic.date_periods import Period, early_part, join, late_part, shift_months
from tasks.domain.arabic.date_readers import matches, readers
from tasks.domain.arabic.normalise import Normalised, normalise

# Any day serves to ask whether words are a time at all when the day of publication is not known.
_SOME_DAY = date(2000, 6, 15)
_OPEN = Period(None, None, "day")
_GAP = re.compile(r" ?(?:و|الي |حتي |- ?|– ?)")
_HAS_YEAR = re.compile(r"\d{4}")
_SENTENCE_END = re.compile(r"[.!؟?\n]")
_AHEAD_REACH = 90


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time as written, with its prepositions; `first` and `last` are ISO 8601, as precise as the text.

    None on one side means open ("منذ 2019" has no last), on both that the time cannot be resolved.
    """

    start: int
    end: int
    first: str | None
    last: str | None
    text: str


@dataclass(frozen=True, slots=True)
class _Atom:
    start: int
    end: int
    period: Period


def find_dates(text: str, published: date | None = None) -> tuple[TimeSpan, ...]:
    """Return the times of a text in order; offsets are those of the original text."""
    folded = normalise(text)
    atoms = _joined(folded.text, _atoms(folded.text, published))
    return tuple(_span(text, folded, atom) for atom in atoms)


def _atoms(text: str, published: date | None) -> list[_Atom]:
    found = sorted(_candidates(text, published), key=lambda item: (item[0].start, -item[0].end, item[1]))
    kept: list[_Atom] = []
    for atom, _ in found:
        if not kept or atom.start >= kept[-1].end:
            kept.append(atom)
    return kept


def _candidates(text: str, published: date | None) -> Iterator[tuple[_Atom, int]]:
    for rank, match in matches(text):
        reader = readers()[rank][1]
        is_ahead = _looks_ahead(text, match.start("core"))
        period = reader(match, Context(text, published, is_ahead))
        if period is None and published is None and reader(match, Context(text, _SOME_DAY, is_ahead)):
            period = _OPEN
        if period is not None:
            yield _Atom(match.start("core"), match.end("core"), period), rank


@cache
def _ahead() -> re.Pattern[str]:
    words = any_of(listed("ahead"))
    until = any_of(
        phrase for phrase, name in prepositions().items() if name == "until" and phrase not in ("قبل", "حتي")
    )
    return re.compile(rf"(?<!\w)[وف]?(?:{words}(?!\w)|{until} (?:\w+ )?$)")


def _looks_ahead(text: str, at: int) -> bool:
    before = text[max(0, at - _AHEAD_REACH) : at]
    return _ahead().search(_SENTENCE_END.split(before)[-1]) is not None


def _joined(text: str, atoms: Sequence[_Atom]) -> list[_Atom]:
    """Join "من سبتمبر إلى نوفمبر", "بين أغسطس وفبراير": two ends of one stretch."""
    joined: list[_Atom] = []
    for atom in atoms:
        whole = _stretch(text, joined[-1], atom) if joined else None
        if whole is not None:
            joined[-1] = whole
        else:
            joined.append(atom)
    return joined


def _stretch(text: str, left: _Atom, right: _Atom) -> _Atom | None:
    gap = text[left.end : right.start]
    if not _GAP.fullmatch(gap) or left.period.precision == "year":
        return None
    if left.period.precision == "day" and "و" in gap and not _prepositions(text, left.start).endswith("بين "):
        return None
    period = join(_same_year(text, left, right.period), right.period)
    return _Atom(left.start, right.end, period) if period else None


def _same_year(text: str, left: _Atom, right: Period) -> Period:
    """Give a month without a year the year of the other end, or the one before if it would come later."""
    first, last = left.period.first, right.last
    if (
        left.period.precision != "month"
        or first is None
        or last is None
        or _HAS_YEAR.search(text[left.start : left.end])
    ):
        return left.period
    years = last.year - first.year - (first.month > last.month)
    moved = shift_months(first, 12 * years)
    return replace(left.period, first=moved, last=moved)


def _opener(text: str, start: int) -> re.Match[str] | None:
    return opener().search(text, max(0, start - OPENER_REACH), start)


def _prepositions(text: str, start: int) -> str:
    found = _opener(text, start)
    return found["prepositions"] if found else ""


def _span(text: str, folded: Normalised, atom: _Atom) -> TimeSpan:
    found = _opener(folded.text, atom.start)
    begin, part, opening = atom.start, "", ""
    if found:
        opening, part = found["prepositions"].strip(), found["part"].strip()
        begin = found.start("prepositions")
    inner = folded.text[atom.start : atom.end]
    period = _edged(atom.period, opening or inner, part or inner.split(" ")[0])
    first, last = period.iso()
    start, end = folded.original(begin, atom.end)
    return TimeSpan(start, end, first, last, text[start:end])


def _edged(period: Period, opening: str, part: str) -> Period:
    """Apply what stands before the time: a part of it, an open beginning or an open end."""
    direction = _direction(opening)
    edge = mapping("parts").get(part)
    if edge == "late" and direction == "until":
        period = late_part(period)
    elif edge == "early":
        period = early_part(period)
    if direction == "since":
        return replace(period, last=None)
    if direction == "until":
        return replace(period, first=None)
    return period


def _direction(opening: str) -> str:
    """Look for a phrase that opens one side; of "قبل عامين" the time itself is meant, not all before it."""
    names = [name for phrase, name in prepositions().items() if opening == phrase or opening.startswith(phrase + " ")]
    is_count = opening.startswith("قبل ") and len(opening.split()) > 1
    return "within" if is_count else next((name for name in names if name != "within"), "within")

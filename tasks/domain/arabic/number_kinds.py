"""Tell the numbers that count something from years, hours, calibres, measures, shares and labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from tasks.domain.arabic.tables import load_table, words
from tasks.domain.arabic.tokens import Token, readings

NumberKind = Literal["quantity", "year", "date", "time", "calibre", "measure", "percent", "duration", "identifier"]

_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"\d{1,2}[.]\d{1,2}[.]\d{4}|\d{4}[.]\d{1,2}[.]\d{1,2}")
_JOINTS = frozenset(("و", "-", "–", "الي", "حتي"))


@cache
def _set(name: str) -> frozenset[str]:
    return words(load_table("numbers")["kinds"][name])


@cache
def _months() -> frozenset[str]:
    return frozenset(
        form for forms in load_table("dates")["months"].values() for form in words(forms.replace("_", " "))
    )


def kind_of(tokens: Sequence[Token], first: int, last: int, value: float) -> NumberKind:
    """Judge the number that fills `tokens[first..last]` by the words around it."""
    if _is_percent(tokens, last):
        return "percent"
    if _is_date(tokens, first, last, value):
        return "date"
    if _is_year(tokens, first, last, value):
        return "year"
    if _is_time(tokens, first, last):
        return "time"
    return _unit_kind(tokens, first, last)


def _unit_kind(tokens: Sequence[Token], first: int, last: int) -> NumberKind:
    after = _rest(tokens, last + 1)
    before = _readings_before(tokens, first)
    if before & _set("calibre_heads") or (after in _set("calibre_units")):
        return "calibre"
    if after in _set("measures"):
        return "measure"
    if after in _set("durations"):
        return "duration"
    if before & _set("identifiers") and tokens[first].is_number:
        return "identifier"
    return "quantity"


def _rest(tokens: Sequence[Token], at: int) -> str:
    if at < len(tokens) and tokens[at].norm in ("-", "("):
        at += 1
    return tokens[at].norm if at < len(tokens) else ""


def _readings_before(tokens: Sequence[Token], first: int) -> frozenset[str]:
    if first == 0:
        return frozenset()
    found = {reading.rest for reading in readings(tokens[first - 1])}
    return frozenset(found | {rest.removeprefix("ال") for rest in found})


def _is_percent(tokens: Sequence[Token], last: int) -> bool:
    following = [token.norm for token in tokens[last + 1 : last + 3]]
    word = tokens[last].norm
    if word in _set("percent_words") and (word.startswith("ب") or (last > 0 and tokens[last - 1].norm == "في")):
        return True
    if not following:
        return False
    if following[0] in _set("percent_marks") or following[0] in _set("percent_words"):
        return True
    return following[0] == "في" and len(following) > 1 and following[1] in _set("percent_words")


def _is_date(tokens: Sequence[Token], first: int, last: int, value: float) -> bool:
    if _DATE.fullmatch(tokens[first].norm):
        return True
    if _is_day(tokens, last, value):
        return True
    if _rest(tokens, last + 1) in _JOINTS and last + 2 < len(tokens) and tokens[last + 2].norm.isdigit():
        # "يومي 19 و20 سبتمبر"
        return 1 <= value <= 31 and _is_day(tokens, last + 2, float(tokens[last + 2].norm))
    return _is_slashed(tokens, first, last)


def _is_day(tokens: Sequence[Token], last: int, value: float) -> bool:
    after = _rest(tokens, last + 1)
    if after in ("من", "شهر"):
        after = _rest(tokens, last + 2)
    return 1 <= value <= 31 and (after in _months() or _first_of_two(tokens, last + 1))


def _first_of_two(tokens: Sequence[Token], at: int) -> bool:
    pair = " ".join(token.norm for token in tokens[at : at + 2])
    return pair in _month_pairs()


@cache
def _month_pairs() -> frozenset[str]:
    forms = (form for forms in load_table("dates")["months"].values() for form in forms.split())
    return frozenset(" ".join(sorted_form.split("_")) for sorted_form in map(_folded, forms) if "_" in sorted_form)


def _folded(form: str) -> str:
    return next(iter(words(form)))


def _is_slashed(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Recognise the parts of "12/3/2024" and "2024-01-18"."""
    run = [token.norm for token in tokens[max(0, first - 4) : last + 5]]
    text = " ".join(run)
    own = re.escape(tokens[first].norm)
    parts = r"\d{1,2} ([/-]) \d{1,2} \1 \d{4}|\d{4} ([/-]) \d{1,2} \2 \d{1,2}"
    return any(re.search(rf"(?<!\S){own}(?!\S)", match.group()) is not None for match in re.finditer(parts, text))


def _is_year(tokens: Sequence[Token], first: int, last: int, value: float) -> bool:
    if not (1900 <= value < 2100):
        return False
    before = _readings_before(tokens, first)
    if before & _set("strict_year_heads"):
        return True
    if first != last or not _YEAR.fullmatch(tokens[first].norm):
        return False
    return _is_bare_year(tokens, first, before)


def _is_bare_year(tokens: Sequence[Token], first: int, before: frozenset[str]) -> bool:
    """A year stands behind a month, a season or a preposition, or alone: a count is followed by what it counts."""
    if before & _months() or before & _set("year_heads"):
        return True
    if first > 1 and tokens[first - 1].norm in ("-", "–", "/", "و", "الي"):
        return bool(_YEAR.fullmatch(tokens[first - 2].norm))
    follower = tokens[first + 1] if first + 1 < len(tokens) else None
    return follower is None or not follower.is_word or follower.norm.startswith("ال")


def _is_time(tokens: Sequence[Token], first: int, last: int) -> bool:
    if _readings_before(tokens, first) & _set("clock_heads"):
        return True
    neighbours = [tokens[i].norm if 0 <= i < len(tokens) else "" for i in (first - 1, last + 1)]
    digits = [i for i, norm in zip((first - 2, last + 2), neighbours, strict=True) if norm == ":"]
    return any(0 <= i < len(tokens) and tokens[i].is_number for i in digits) and tokens[first].is_number

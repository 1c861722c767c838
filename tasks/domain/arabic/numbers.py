"""Quantities in Arabic news: numbers in digits and words with their approximations, bounds and ranges."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from tasks.domain.arabic.normalise import fold
from tasks.domain.arabic.number_kinds import NumberKind, kind_of
from tasks.domain.arabic.numerals import Numeral, begins_number, part_of, read_numeral, read_plural
from tasks.domain.arabic.qualifiers import qualifier_apart
from tasks.domain.arabic.tables import load_table, phrases, words
from tasks.domain.arabic.tokens import Token, readings
from warehouse.records import Qualifier

_REACH_AFTER = 5  # words between a number and a qualifier behind its noun
_DASHES = frozenset(("-", "–", "—", "/"))


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its bounds; the span and the inclusive token indexes `first` to `last` cover the qualifier words.

    `kind` tells quantities from numbers that count nothing (years, calibres, measures, ...).
    """

    start: int
    end: int
    low: float | None
    high: float | None
    qualifier: Qualifier | None
    first: int
    last: int
    kind: NumberKind = "quantity"


def find_numbers(tokens: Sequence[Token], duals: Collection[str] = ()) -> tuple[Number, ...]:
    """Return the quantities of one sentence in order.

    `duals` are dual forms of countable nouns ("طائرتين"): each is two of its kind.
    """
    return tuple(number for number in classify_numbers(tokens, duals) if number.kind == "quantity")


def classify_numbers(tokens: Sequence[Token], duals: Collection[str] = ()) -> tuple[Number, ...]:
    """Return all numbers of one sentence, also those that count nothing, each with its kind."""
    folded = frozenset(fold(form) for form in duals)
    found: list[Number] = []
    free = 0
    for at, token in enumerate(tokens):
        if at < free or not token.is_word or not (folded or begins_number(token.norm)):
            continue
        number = _number_at(tokens, at, found[-1].last if found else -1) or _dual_at(tokens, at, folded)
        if number is not None:
            found.append(number)
            free = number.last + 1
    return tuple(found)


def _number_at(tokens: Sequence[Token], at: int, taken: int) -> Number | None:
    if not begins_number(tokens[at].norm):
        return None
    plural = read_plural(tokens, at)
    if plural is not None:
        number = _spanning(tokens, at, plural.last, plural.value, None, "at_least")
        return _with_qualifier_before(tokens, number, taken)
    numeral = read_numeral(tokens, at)
    if numeral is None or _is_no_count(tokens, at, numeral):
        return None
    kind = kind_of(tokens, at, numeral.last, numeral.value)
    number = _spanning(tokens, at, numeral.last, numeral.value, numeral.value, None, kind)
    if kind in ("quantity", "measure", "duration", "percent"):
        number = _as_range(tokens, number, numeral, taken) or number
        kind = kind_of(tokens, number.first, number.last, number.high or 0) if number.qualifier else kind
    return _with_qualifier(tokens, replace(number, kind=kind), taken)


def _dual_at(tokens: Sequence[Token], at: int, duals: frozenset[str]) -> Number | None:
    for reading in readings(tokens[at]) if duals else ():
        bare = reading.rest.removeprefix("ال")
        if reading.rest in duals or bare in duals:
            return Number(tokens[at].start + reading.skip, tokens[at].end, 2, 2, None, at, at)
    return None


def _spanning(
    tokens: Sequence[Token],
    first: int,
    last: int,
    low: float | None,
    high: float | None,
    qualifier: Qualifier | None,
    kind: NumberKind = "quantity",
) -> Number:
    return Number(_start_of(tokens[first]), tokens[last].end, low, high, qualifier, first, last, kind)


def _start_of(token: Token) -> int:
    """Leave out the clitics of "وعشرين" and "بخمس", but not the و of "واحد"."""
    if part_of(token.norm) is not None:
        return token.start
    return token.start + next((r.skip for r in readings(token) if r.skip and part_of(r.rest) is not None), 0)


@cache
def _ones() -> frozenset[str]:
    return words(load_table("numbers")["units"]["1"])


def _is_no_count(tokens: Sequence[Token], at: int, numeral: Numeral) -> bool:
    """Pass over "واحد" but behind a noun ("طائرة واحدة", not "كل واحدة"), and over the ten of "السادس عشر"."""
    if numeral.last != at:
        return False
    before = tokens[at - 1] if at else None
    if tokens[at].norm in _ones():
        return before is None or not before.is_word or before.is_number or before.norm == "كل"
    return numeral.value == 10 and before is not None and before.norm in _ordinals()


@cache
def _ordinals() -> frozenset[str]:
    return frozenset(
        form for forms in load_table("dates")["ordinals"].values() for form in words(forms.replace("_", " "))
    )


def _as_range(tokens: Sequence[Token], number: Number, numeral: Numeral, taken: int) -> Number | None:
    """Join the ends of "بين 8 و10", "من 5 إلى 7", "5-7", "8 أو 9"; the first borrows the scale of the second."""
    at = numeral.last + 1
    if at >= len(tokens):
        return None
    opener = _opener(tokens, number.first, taken)
    begin = _second_end(tokens, at, opener)
    second = read_numeral(tokens, begin) if begin is not None else None
    if second is None or second.value <= 0:
        return None
    low = numeral.value
    if low * second.scale <= second.value and numeral.scale == 1 and second.scale > 1 and low < 1000:
        low *= second.scale
    if low >= second.value:
        return None
    if opener is None:
        return _spanning(tokens, number.first, second.last, low, second.value, "range")
    start = tokens[opener].start + _skip(tokens[opener], _range_words())
    return replace(_spanning(tokens, opener, second.last, low, second.value, "range"), start=start)


def _second_end(tokens: Sequence[Token], at: int, opener: int | None) -> int | None:
    word = tokens[at].norm
    if opener is not None and tokens[opener].norm.endswith("من"):
        return at + 1 if word in ("الي", "حتي") else None
    if opener is not None:
        if word in ("و", "الي", "او"):
            return at + 1
        return at if word.startswith("و") else None
    if word in ("او", "الي"):
        # "ارتفع من 30 إلى 54" has lost its "من" to the change it tells of.
        return None if _is_behind_from(tokens, at) else at + 1
    if at + 1 >= len(tokens):
        return None
    is_tight = word in _DASHES and tokens[at].end == tokens[at + 1].start and tokens[at].start == tokens[at - 1].end
    is_spaced = word in _DASHES and tokens[at].end < tokens[at + 1].start and tokens[at].start > tokens[at - 1].end
    return at + 1 if (is_tight or is_spaced) and word != "/" else None


def _is_behind_from(tokens: Sequence[Token], at: int) -> bool:
    return any(token.norm == "من" for token in tokens[max(0, at - 3) : at])


def _opener(tokens: Sequence[Token], first: int, taken: int) -> int | None:
    """Find the word that opens a range before the number, "بين" or "من", and the place where it begins."""
    table = _ranges()
    for length in (3, 2, 1):
        begin = first - length
        if begin > taken and _phrase(tokens, begin, first) & table:
            return begin
    begin = first - 1
    if begin > taken and tokens[begin].norm == "من" and not _is_change(tokens, begin):
        return begin
    return None


def _is_change(tokens: Sequence[Token], at: int) -> bool:
    changes = words(load_table("numbers")["ranges"]["changes"])
    before = tokens[max(0, at - 5) : at]
    return any(reading.rest in changes for token in before for reading in readings(token))


@cache
def _ranges() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(phrase).split()) for phrase in load_table("numbers")["ranges"]["openers"])


@cache
def _range_words() -> frozenset[str]:
    return frozenset((*(phrase[0] for phrase in _ranges()), "من"))


@cache
def _qualifiers() -> dict[tuple[str, ...], str]:
    return phrases(load_table("numbers")["qualifiers"])


@cache
def _qualifiers_after() -> dict[tuple[str, ...], str]:
    return phrases(load_table("numbers")["after"])


def _phrase(tokens: Sequence[Token], begin: int, end: int) -> frozenset[tuple[str, ...]]:
    """Spell the words of a stretch in every reading of the first, which may carry a clitic ("بأكثر من")."""
    rest = tuple(token.norm for token in tokens[begin + 1 : end])
    return frozenset((reading.rest, *rest) for reading in readings(tokens[begin]))


def _with_qualifier(tokens: Sequence[Token], number: Number, taken: int) -> Number:
    number = _with_qualifier_before(tokens, number, taken)
    if number.qualifier is None and (apart := qualifier_apart(tokens, number.first, taken)):
        number = _bounded(number, apart)
    return number if number.qualifier else _with_qualifier_after(tokens, number)


def _with_qualifier_before(tokens: Sequence[Token], number: Number, taken: int) -> Number:
    for length in (4, 3, 2, 1):
        begin = number.first - length
        if begin <= taken:
            continue
        for spelled in _phrase(tokens, begin, number.first):
            if name := _qualifiers().get(spelled):
                start = tokens[begin].start + _skip(tokens[begin], frozenset((spelled[0],)))
                widened = replace(number, start=start, first=begin)
                return widened if number.qualifier else _bounded(widened, cast(Qualifier, name))
    return number


def _skip(token: Token, starts: frozenset[str]) -> int:
    return next((reading.skip for reading in readings(token) if reading.rest in starts), 0)


def _with_qualifier_after(tokens: Sequence[Token], number: Number) -> Number:
    """Look past the counted noun for "على الأقل", up to the next number or punctuation mark."""
    for begin in range(number.last + 1, min(number.last + 1 + _REACH_AFTER, len(tokens))):
        if not tokens[begin].is_word or tokens[begin].is_number:
            break
        for length in (3, 2, 1):
            spelled = tuple(token.norm for token in tokens[begin : begin + length])
            if name := _qualifiers_after().get(spelled):
                return _bounded(number, cast(Qualifier, name))
    return number


def _bounded(number: Number, qualifier: Qualifier) -> Number:
    low, high = number.low, number.high
    if qualifier in ("more_than", "at_least"):
        high = None
    elif qualifier in ("less_than", "up_to"):
        low, high = None, high
    return replace(number, low=low, high=high, qualifier=qualifier)

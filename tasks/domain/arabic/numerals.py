"""One cardinal number, in digits, in words or in both, read from a run of tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from tasks.domain.arabic.tables import by_form, load_table
from tasks.domain.arabic.tokens import Token

Part = Literal["digits", "unit", "teen", "ten", "tens", "hundreds", "multiplier", "dual", "ambiguous", "fraction"]

_THOUSAND = 1000.0
_MILLIARD = 1e9
_TANWIN = "\u064b"
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[,.]\d{3})+")
_THREE_DIGITS = re.compile(r"\d{3}")
# "لست" is "I am not".
_NOT_NUMBERS = frozenset(("لست", "ولست"))
_LEADING_GROUP = re.compile(r"[1-9]\d{0,2}")


@dataclass(frozen=True, slots=True)
class Numeral:
    """The value of the tokens up to `last`, inclusive; `scale` is its first multiplier, 1 if it has none."""

    value: float
    last: int
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class _Term:
    value: float
    scale: float
    next: int
    is_exact_scale: bool = False


@cache
def _parts() -> dict[str, tuple[Part, float]]:
    table = load_table("numbers")
    sections: tuple[tuple[str, Part], ...] = (
        ("units", "unit"),
        ("teens", "teen"),
        ("ten", "ten"),
        ("tens", "tens"),
        ("hundreds", "hundreds"),
        ("multipliers", "multiplier"),
        ("duals", "dual"),
        ("ambiguous", "ambiguous"),
        ("fractions", "fraction"),
    )
    found: dict[str, tuple[Part, float]] = {}
    for section, part in sections:
        for form, value in by_form(table[section]).items():
            found[form] = (part, value)
    return found


@cache
def _plurals() -> dict[str, float]:
    return by_form(load_table("numbers")["plurals"])


def part_of(word: str) -> tuple[Part, float] | None:
    """Classify a folded word as a part of a number; a definite one ("الثلاثة", "الـ20") counts as its bare form."""
    if word[:1].isdigit():
        value = _digits(word, is_scaled=False)
        return None if value is None else ("digits", value)
    if (found := _parts().get(word)) or not word.startswith("ال"):
        return found
    bare = _parts().get(word[2:])
    # "الواحد" and "الاثنين" (also Monday) count nothing.
    return None if bare is None or (bare[0] in ("unit", "teen") and bare[1] <= 2) else bare


def read_numeral(tokens: Sequence[Token], first: int) -> Numeral | None:
    """Read the longest number that starts at `tokens[first]`, None if none starts there."""
    term = _term(tokens, first)
    if term is None:
        return None
    value, scale, at = term.value, term.scale, term.next
    while (joined := _joined(tokens, at)) is not None:
        following = _fraction_tail(tokens, joined, scale) or _term(tokens, joined)
        if following is None or not _fits_below(value, scale, following):
            break
        value, scale, at = value + following.value, min(scale, following.scale), following.next
    return Numeral(value, at - 1, term.scale)


def read_plural(tokens: Sequence[Token], first: int) -> Numeral | None:
    """Read an open plural ("عشرات", "مئات الآلاف"): its value is the least that the words can mean."""
    value = _plurals().get(tokens[first].norm)
    if value is None:
        return None
    last = first
    while last + 1 < len(tokens) and (more := _plurals().get(tokens[last + 1].norm)) and more > value % 1e15:
        value, last = value * more, last + 1
    return Numeral(value, last, value)


def _joined(tokens: Sequence[Token], at: int) -> int | None:
    """Give the place of a part that goes on behind و, attached or (before digits) standing alone."""
    if at >= len(tokens):
        return None
    word = tokens[at].norm
    if word == "و":
        return at + 1 if at + 1 < len(tokens) else None
    return at if word.startswith("و") and len(word) > 2 else None


def _bare(word: str) -> str:
    """Take off و, ف and then ب or ل if a number word is left ("بخمس", "وعشرين"); ك would make 100 of "كمية"."""
    if word in _parts() or word in _NOT_NUMBERS:
        return word
    for clitics in ("وف", "بل"):
        if word[:1] and word[0] in clitics and len(word) > 2:
            word = word[1:]
            if part_of(word) is not None:
                return word
    return word


@lru_cache(maxsize=65536)
def _part_in(word: str) -> tuple[Part, float] | None:
    return part_of(_bare(word))


@lru_cache(maxsize=65536)
def begins_number(word: str) -> bool:
    """Say whether a number can begin with this folded word: of the most words of a text, none can."""
    return _part_in(word) is not None or word in _plurals()


def _term(tokens: Sequence[Token], first: int) -> _Term | None:
    """Read a group below a thousand with its multipliers ("خمسة عشر ألفا", "3.5 ملايين", "مليونا", "نصف مليون")."""
    part = _part_at(tokens, first)
    if part is None:
        return None
    kind, value = part
    if kind == "fraction":
        return _fraction_of(tokens, first, value)
    if kind == "dual":
        return _Term(value, value / 2, first + 1)
    if kind == "ambiguous":
        return _Term(value * (1 if _is_singular(tokens, first) else 2), value, first + 1)
    if kind == "multiplier":
        return _multiplied(tokens, first, 1.0)
    group = _digit_group(tokens, first) if kind == "digits" else _word_group(tokens, first)
    return None if group is None else _multiplied(tokens, group.next, group.value)


def _is_singular(tokens: Sequence[Token], at: int) -> bool:
    """Tell the accusative "ألفًا و659" from the dual in construct "ألفا جندي"."""
    return _TANWIN in tokens[at].text or _joined(tokens, at + 1) is not None


def _part_at(tokens: Sequence[Token], at: int) -> tuple[Part, float] | None:
    if at >= len(tokens) or not tokens[at].is_word:
        return None
    return _part_in(tokens[at].norm)


def _fraction_of(tokens: Sequence[Token], first: int, value: float) -> _Term | None:
    part = _part_at(tokens, first + 1)
    if part and part[0] == "multiplier":
        return _Term(value * part[1], value * part[1], first + 2, is_exact_scale=True)
    return None


def _fraction_tail(tokens: Sequence[Token], at: int, scale: float) -> _Term | None:
    """Read "ونصف" or "ونصف المليون" behind a multiplier."""
    part = _part_at(tokens, at)
    if part is None or part[0] != "fraction" or scale < _THOUSAND:
        return None
    following = _part_at(tokens, at + 1)
    has_multiplier = following is not None and following[0] == "multiplier"
    of = following[1] if following is not None and has_multiplier else scale
    return _Term(part[1] * of, part[1] * of, at + 1 + has_multiplier, is_exact_scale=True)


def _multiplied(tokens: Sequence[Token], at: int, value: float) -> _Term:
    scale = 1.0
    if (part := _part_at(tokens, at)) and part[0] == "fraction" and _is_attached(tokens, at):
        quarters = _fraction_of(tokens, at, part[1] * value)
        return quarters or _Term(value, scale, at)
    while (part := _part_at(tokens, at)) and part[0] in ("multiplier", "ambiguous") and _is_attached(tokens, at):
        scale, at = scale * part[1], at + 1
    return _Term(value * scale, scale, at)


def _is_attached(tokens: Sequence[Token], at: int) -> bool:
    return not tokens[at].norm.startswith("و")


def _fits_below(value: float, scale: float, following: _Term) -> bool:
    """Allow what Arabic counts: units before tens are read within a group, so each further term is smaller."""
    if following.is_exact_scale:
        return following.value < value
    if following.scale >= scale and scale > 1:
        return False
    return scale > 1 and following.value < scale


def _digit_group(tokens: Sequence[Token], first: int) -> _Term | None:
    following = _part_at(tokens, first + 1)
    is_scaled = following is not None and following[0] in ("multiplier", "ambiguous") and following[1] >= _MILLIARD
    value = _digits(tokens[first].norm, is_scaled)
    if value is None:
        return None
    if following is not None and following[0] == "hundreds" and following[1] == 100 and 3 <= value <= 9:
        return _Term(value * 100, 1.0, first + 2)
    return _spaced_thousands(tokens, first) or _Term(value, 1.0, first + 1)


def _spaced_thousands(tokens: Sequence[Token], first: int) -> _Term | None:
    """Read "35 000": groups of three digits parted by single blanks."""
    if not _LEADING_GROUP.fullmatch(tokens[first].norm):
        return None
    value, at = float(tokens[first].norm), first + 1
    while at < len(tokens) and _THREE_DIGITS.fullmatch(tokens[at].norm) and tokens[at].start == tokens[at - 1].end + 1:
        value, at = value * 1000 + float(tokens[at].norm), at + 1
    return _Term(value, 1.0, at) if at > first + 1 else None


def _digits(word: str, is_scaled: bool) -> float | None:
    """Read digits; a separator before three digits parts thousands, unless a milliard follows ("3.750 مليار")."""
    if _GROUPED.fullmatch(word) and not (is_scaled and len(word) <= 7):
        return float(re.sub(r"[,.]", "", word))
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return None


def _word_group(tokens: Sequence[Token], first: int) -> _Term | None:
    """Read hundreds, then units with tens or teens: "ثلاثمئة وخمسة وعشرون", "خمس مئة", "أحد عشر"."""
    hundreds = _hundreds(tokens, first)
    if hundreds is None:
        return _below_hundred(tokens, first)
    joined = _joined(tokens, hundreds.next)
    rest = _below_hundred(tokens, joined) if joined is not None else None
    return _Term(hundreds.value + rest.value, 1.0, rest.next) if rest else hundreds


def _hundreds(tokens: Sequence[Token], first: int) -> _Term | None:
    part = _part_at(tokens, first)
    if part and part[0] == "hundreds":
        return _Term(part[1], 1.0, first + 1)
    following = _part_at(tokens, first + 1)
    if part and part[0] == "unit" and part[1] >= 3 and following == ("hundreds", 100.0):
        return _Term(part[1] * 100, 1.0, first + 2)
    return None


def _below_hundred(tokens: Sequence[Token], first: int) -> _Term | None:
    part = _part_at(tokens, first)
    if part is None or part[0] not in ("unit", "teen", "ten", "tens"):
        return None
    kind, value = part
    if kind in ("ten", "tens"):
        return _Term(value, 1.0, first + 1)
    if (following := _part_at(tokens, first + 1)) and following[0] == "ten" and _is_attached(tokens, first + 1):
        return _Term(value + following[1], 1.0, first + 2)
    joined = _joined(tokens, first + 1)
    tens = _part_at(tokens, joined) if joined is not None else None
    if tens and tens[0] == "tens" and joined is not None:
        return _Term(value + tens[1], 1.0, joined + 1)
    return _Term(value, 1.0, first + 1) if kind == "unit" else None

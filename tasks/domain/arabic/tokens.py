"""Words, numbers and weapon designators of Arabic text with their offsets, and the clitics a word may carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tasks.domain.arabic.normalise import IGNORED, INVISIBLE, MARKS, TATWEEL, fold

_PRESENTATION_FORMS = "\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
_LETTER = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f"
    + _PRESENTATION_FORMS
)
_ATTACHED = f"{MARKS}{TATWEEL}\u200c\u200d"
_WORD = f"[{_LETTER}][{_LETTER}{_ATTACHED}]*"
_DIGITS = "0-9٠-٩۰-۹"
_NUMBER = f"[{_DIGITS}]+(?:[.,٫٬][{_DIGITS}]+)*"
_DASH = "[-‐‑–]"
# A model number after its dash may end in a variant letter ("سو-30إم", "MQ-9B"), never in a whole further word.
_MODEL = f"{_DASH}[{_DIGITS}]+(?:[.][{_DIGITS}]+)?(?:[A-Za-z]{{1,3}}|[{_LETTER}]{{1,2}})?(?![{_LETTER}A-Za-z{_DIGITS}])"
# "و20" and "ب3" are a clitic and a number; longer stems with digits are designators ("إس400").
_GLUED = f"(?![وف]?[بلك]?(?:ال|لل)?[{_DIGITS}])[{_LETTER}]{{1,6}}[{_DIGITS}]+(?![{_LETTER}A-Za-z{_DIGITS}.,٫٬])"
_LATIN = r"[A-Za-zÀ-ÖØ-öø-ɏ](?:[A-Za-zÀ-ÖØ-öø-ɏ0-9]|['’&_.‐‑–/-](?=[A-Za-zÀ-ÖØ-öø-ɏ0-9]))*"
_ADDRESS = r"(?:https?://|www\.)[^\s<>«»\"]+"
_SYSTEM = r"[0-9]{1,2}[A-Z]{1,3}[0-9]+[A-Z]*(?![A-Za-z0-9])"
_TOKEN = re.compile(
    rf"(?P<word>{_ADDRESS}|[{_LETTER}][{_LETTER}{_ATTACHED}]*{_MODEL}|{_GLUED}|{_WORD}|{_SYSTEM}|{_LATIN}|{_NUMBER})"
    rf"|[^\s{INVISIBLE}]"
)
_DUST = re.compile(f"[{MARKS}{INVISIBLE}]")
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")

MIN_STEM = 2
_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بلك"


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, designator or punctuation mark; offsets into the original text, `norm` its folded form."""

    start: int
    end: int
    text: str
    norm: str
    is_word: bool

    @property
    def is_number(self) -> bool:
        """Say whether the token is written in digits alone."""
        return self.is_word and _is_numeral(self.norm)


@lru_cache(maxsize=65536)
def _is_numeral(norm: str) -> bool:
    return _NUMERAL.fullmatch(norm) is not None


def tokenise(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Split `text[start:end]`; offsets stay those of `text`."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        surface = match.group()
        is_word = match.lastgroup is not None
        if is_word or not _DUST.fullmatch(surface):
            tokens.append(Token(match.start(), match.end(), surface, fold(surface) or "-", is_word))
    return tuple(tokens)


@dataclass(frozen=True, slots=True)
class Reading:
    """A word without its proclitics: `rest` is folded, `skip` the characters of the surface that the clitics fill."""

    proclitic: str
    rest: str
    skip: int = 0


def readings(token: Token) -> tuple[Reading, ...]:
    """Every way to read the word, the likeliest first: whole, then without و or ف, then without ب, ل or ك.

    Of the article contracted in لل only one lam is skipped, and `rest` has its ال again.
    """
    if not token.is_word or token.is_number:
        return (Reading("", token.norm, 0),)
    return _readings(token.text)


@lru_cache(maxsize=65536)
def _readings(surface: str) -> tuple[Reading, ...]:
    found = [Reading("", fold(surface), 0)]
    found.extend(_split(found[0], _CONJUNCTIONS, surface))
    for whole in tuple(found):
        found.extend(_split(whole, _PREPOSITIONS, surface))
    for reading in tuple(found):
        found.extend(_contracted(reading, surface))
    return tuple(found)


def _split(reading: Reading, clitics: str, surface: str) -> Iterator[Reading]:
    first, rest = reading.rest[:1], reading.rest[1:]
    if first and first in clitics and len(rest) >= MIN_STEM:
        yield Reading(reading.proclitic + first, rest, _after(surface, reading.skip))


def _contracted(reading: Reading, surface: str) -> Iterator[Reading]:
    if reading.rest.startswith("لل") and len(reading.rest) > MIN_STEM:
        yield Reading(reading.proclitic + "ل", "ا" + reading.rest[1:], _after(surface, reading.skip))


def _after(surface: str, skip: int) -> int:
    """Step over the letter at `skip` and over the marks and tatweel that hang on it."""
    ignored = IGNORED.match(surface, skip + 1)
    return ignored.end() if ignored else skip + 1

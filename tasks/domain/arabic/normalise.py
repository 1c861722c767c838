"""One spelling-proof form of Arabic text, with a map back to the characters it came from.

Alef and alef maksura go through camel-tools' normalisers. Its diacritics remover is not used: importing it scans all
of Unicode (0.6 s), and it leaves tatweel and direction marks in place.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from camel_tools.utils.normalize import normalize_alef_ar, normalize_alef_maksura_ar

MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
TATWEEL = "\u0640"
INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"

IGNORED = re.compile(f"[{MARKS}{TATWEEL}{INVISIBLE}]+")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_UNEVEN = re.compile(f"{IGNORED.pattern}|{_PRESENTATION.pattern}")
# Hamza on its carrier falls to the carrier, Persian letters to the Arabic ones, all digits and dashes to ASCII.
_LETTERS = str.maketrans(
    "ؤئکگیےۀە٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬‐‑‒–−",
    "ويككييهه01234567890123456789.,-----",
)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Fold the spellings of one word or phrase together: marks off, أإآٱ→ا, ى→ي, ؤ→و, ئ→ي, digits to ASCII.

    Teh marbuta and the final hamza stay, for they tell words apart.
    """
    return _fold(word)


def _fold(text: str) -> str:
    bare = IGNORED.sub("", _PRESENTATION.sub(_decompose, text))
    alefs_and_yas: str = normalize_alef_maksura_ar(normalize_alef_ar(bare))
    return alefs_and_yas.translate(_LETTERS)


def _decompose(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group())


@dataclass(frozen=True, slots=True)
class Normalised:
    """Folded text; `starts[i]` and `ends[i]` bound the original characters that became character `i`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    length: int

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of `text` to the span of the input, which includes the marks that follow its last letter."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else self.length
            return at, at
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> Normalised:
    """Fold a whole text, remembering where each character came from."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for uneven in _UNEVEN.finditer(text):
        _append_even(text, at, uneven.start(), pieces, starts, ends)
        at = uneven.end()
        piece = fold(uneven.group())
        if not piece and ends:
            ends[-1] = at
        pieces.append(piece)
        starts += [uneven.start()] * len(piece)
        ends += [at] * len(piece)
    _append_even(text, at, len(text), pieces, starts, ends)
    return Normalised("".join(pieces), tuple(starts), tuple(ends), len(text))


def _append_even(text: str, start: int, end: int, pieces: list[str], starts: list[int], ends: list[int]) -> None:
    """Fold a stretch in which every character becomes one character."""
    pieces.append(_fold(text[start:end]))
    starts += range(start, end)
    ends += range(start + 1, end + 1)

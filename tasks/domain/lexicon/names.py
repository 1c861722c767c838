"""Keys of names that survive transcription: "غورغون" and "جورجون" are one man, "جمال" and "كمال" are two."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tasks.domain.arabic.normalise import fold
from tasks.domain.lexicon.spelling import atoms

_DOUBLED = re.compile(r"([^\W\d_])\1+")
_FOREIGN = str.maketrans("جقكصطثذ", "غغغستتز")
_GLUED = re.compile(r"^(عبد)(ال\w{2,})")


@dataclass(frozen=True, slots=True)
class NameTable:
    """What the file says; words are keys."""

    letters: frozenset[str]
    words: frozenset[str]
    beginnings: tuple[str, ...]
    generic: frozenset[str]
    outside: Mapping[str, frozenset[str]]
    latin: Mapping[str, str]


@lru_cache(maxsize=1)
def name_table() -> NameTable:
    """Read the packaged table of names."""
    table = tomllib.loads((files("tasks.domain") / "data" / "names.toml").read_text(encoding="utf-8"))
    return NameTable(
        frozenset(table["arabic_letters"]),
        frozenset(key for word in table["arabic_words"] for key in atoms(word)),
        tuple(table["arabic_beginnings"]),
        frozenset(key for word in table["generic"] for key in atoms(word)),
        {role: frozenset(key for word in words for key in atoms(word)) for role, words in table["outside"].items()},
        table["latin"],
    )


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: folded, and free of transcribers' choices if it is not Arabic."""
    words = tuple(part for word in fold(name).split() for atom in atoms(word) for part in _split(atom))
    if is_arabic(words):
        return words
    return tuple(_foreign(word) for word in words)


def is_arabic(words: tuple[str, ...]) -> bool:
    """Say whether folded words are an Arabic name, of which every letter counts."""
    table = name_table()
    return any(
        word in table.words or word.startswith(table.beginnings) or not table.letters.isdisjoint(word) for word in words
    )


def _split(word: str) -> tuple[str, ...]:
    """Write "عبدالله" as "عبد الله"."""
    glued = _GLUED.match(word)
    return glued.groups() if glued else (word,)


def _foreign(word: str) -> str:
    plain = _DOUBLED.sub(r"\1", word.translate(_FOREIGN))
    return plain[:-1] + "ا" if len(plain) > 3 and plain[-1] in "هة" else plain


def without_generic(words: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the generic word in front ("شركة"), unless nothing else is there."""
    return words[1:] if len(words) > 1 and words[0] in name_table().generic else words


def latin(words: tuple[str, ...]) -> str:
    """Write compared words in ASCII, one text for each, for ids."""
    table = name_table().latin
    return "-".join(
        "".join(table.get(letter, letter if letter.isascii() else f"{ord(letter):x}") for letter in word)
        for word in words
    )

"""What the tagger sees of a word: its form, its stem, its letters and the name lists that know it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tasks.domain.arabic.normalise import fold
from tasks.domain.arabic.tokens import Token, readings

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"[0.,]+")
_LATIN = re.compile(r"[A-Za-z0.\-/]+")
SHAPES = ("shape=number", "shape=latin", "shape=mark", "shape=word", "article", "clitic")
MAX_CHARACTERS = 16
_REMEMBERED = 50_000


def word_form(word: str) -> str:
    """Fold a word and reduce every digit to 0: the key of the word vectors."""
    return _DIGIT.sub("0", fold(word))


@dataclass(frozen=True, slots=True)
class Word:
    """The features of one word that do not depend on its neighbours; `flags` index the binary features."""

    form: str
    stem: str
    forms: tuple[str, ...]
    flags: tuple[int, ...]


@dataclass(slots=True)
class FeatureMaker:
    """Turns words into features. `rank` orders the known words by frequency, `lists` are the name lists.

    The lists travel with the weights, which are only right for the lists they were trained with.
    """

    rank: Mapping[str, int]
    lists: Mapping[str, Iterable[str]]
    names: tuple[str, ...] = field(init=False)
    _index: dict[str, int] = field(init=False)
    _phrases: dict[str, list[tuple[tuple[str, ...], int]]] = field(init=False)
    _words: dict[str, Word] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Number the features: shapes first, then begin and inside of each list in the order of their names."""
        self.names = (*SHAPES, *(f"{edge}={name}" for name in sorted(self.lists) for edge in ("begin", "inside")))
        self._index = {name: index for index, name in enumerate(self.names)}
        self._phrases = {}
        for name, phrases in sorted(self.lists.items()):
            for phrase in phrases:
                parts = tuple(phrase.split(" "))
                self._phrases.setdefault(parts[0], []).append((parts, self._index[f"begin={name}"]))
        for known in self._phrases.values():
            known.sort(key=lambda entry: -len(entry[0]))

    def word(self, text: str) -> Word:
        """Look at one word alone; remembered, for news repeats its words."""
        known = self._words.get(text)
        if known is None:
            if len(self._words) >= _REMEMBERED:
                self._words.clear()
            known = self._words[text] = self._look(text)
        return known

    def _look(self, text: str) -> Word:
        form = word_form(text)
        known = readings(Token(0, len(text), text, fold(text), True))
        forms = tuple(dict.fromkeys((form, *(_DIGIT.sub("0", reading.rest) for reading in known))))
        stem = min(forms, key=lambda candidate: self.rank.get(candidate, len(self.rank)))
        flags = [SHAPES.index(_shape(form))]
        if stem.startswith("ال"):
            flags.append(SHAPES.index("article"))
        if stem != form:
            flags.append(SHAPES.index("clitic"))
        return Word(form, stem, forms, tuple(flags))

    def sentence(self, words: Sequence[Word]) -> list[set[int]]:
        """Number the binary features of each word, those of lists that span several words included."""
        flags = [set(word.flags) for word in words]
        for at, word in enumerate(words):
            for form in word.forms:
                for parts, begin in self._phrases.get(form, ()):
                    if begin not in flags[at] and _matches(words, at, parts):
                        _mark(flags, at, len(parts), begin)
        return flags


def _mark(flags: list[set[int]], at: int, length: int, begin: int) -> None:
    flags[at].add(begin)
    for inside in range(at + 1, at + length):
        flags[inside].add(begin + 1)


def _matches(words: Sequence[Word], at: int, parts: tuple[str, ...]) -> bool:
    if at + len(parts) > len(words):
        return False
    return all(words[at + offset].form == part for offset, part in enumerate(parts) if offset)


def _shape(form: str) -> str:
    if _NUMBER.fullmatch(form):
        return "shape=number"
    if _LATIN.fullmatch(form):
        return "shape=latin"
    return "shape=word" if any(character.isalpha() for character in form) else "shape=mark"

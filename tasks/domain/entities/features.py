"""What the tagger sees of a word: its form, its stem, its letters and the name lists that know it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tasks.domain.arabic.normalise import fold
from tasks.domain.arabic.tokens import Token, readings

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"[0.,]+")
_LATIN = re.compile(r"[A-Za-z0.\-/]+")
SHAPES = ("shape=number", "shape=latin", "shape=mark", "shape=word", "article", "clitic")
# The lists whose names are written without clitics: those gathered from text are not.
NAME_LISTS = frozenset(("gazetteer", "wikidata_given", "wikidata_surname"))
MAX_CHARACTERS = 16
_REMEMBERED = 50_000


def word_form(word: str) -> str:
    """Fold a word and reduce every digit to 0: the key of the word vectors."""
    return _DIGIT.sub("0", fold(word))


@dataclass(frozen=True, slots=True)
class Word:
    """The features of one word that do not depend on its neighbours; `flags` index the binary features.

    `begins` are the forms with which a listed phrase of several words begins; a word that has none of them carries the
    flags of the lists that know it alone.
    """

    form: str
    stem: str
    forms: tuple[str, ...]
    flags: frozenset[int]
    begins: tuple[str, ...] = ()


@dataclass(slots=True)
class FeatureMaker:
    """Turns words into features. `rank` orders the known words by frequency, `lists` are the name lists.

    The lists travel with the weights, which are only right for the lists they were trained with.
    """

    rank: Mapping[str, int]
    lists: Mapping[str, Iterable[str]]
    names: tuple[str, ...] = field(init=False)
    _begins: dict[str, tuple[int, ...]] = field(init=False, default_factory=dict)
    _longest: dict[str, int] = field(init=False, default_factory=dict)
    _named: frozenset[str] = field(init=False)
    _words: dict[str, Word] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Number the features: shapes first, then begin and inside of each list in the order of their names."""
        named = (phrases for name, phrases in self.lists.items() if name in NAME_LISTS)
        self._named = frozenset(phrase.partition(" ")[0] for phrases in named for phrase in phrases)
        self.names = (*SHAPES, *(f"{edge}={name}" for name in sorted(self.lists) for edge in ("begin", "inside")))
        for at, name in enumerate(sorted(self.lists)):
            begin = len(SHAPES) + 2 * at
            for phrase in self.lists[name]:
                known = self._begins.get(phrase)
                self._begins[phrase] = (*known, begin) if known else (begin,)
                if " " not in phrase:
                    self._longest.setdefault(phrase, 1)
                else:
                    first, length = phrase[: phrase.index(" ")], phrase.count(" ") + 1
                    self._longest[first] = max(length, self._longest.get(first, 1))

    def is_name(self, form: str) -> bool:
        """Say whether a list has a name that begins with the word as it stands."""
        return form in self._named

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
        listed = tuple(form for form in forms if form in self._longest)
        if any(self._longest[form] > 1 for form in listed):
            return Word(form, stem, forms, frozenset(flags), listed)
        return Word(form, stem, forms, frozenset(flags).union(*(self._begins[form] for form in listed)))

    def sentence(self, words: Sequence[Word]) -> Sequence[Collection[int]]:
        """Number the binary features of each word, those of lists that span several words included."""
        starts = [at for at, word in enumerate(words) if word.begins]
        if not starts:
            return [word.flags for word in words]
        flags = [set(word.flags) for word in words]
        for at in starts:
            for form in words[at].begins:
                self._mark(flags, words, at, form)
        return flags

    def _mark(self, flags: list[set[int]], words: Sequence[Word], at: int, form: str) -> None:
        """Mark the longest phrase of each list that begins at a word."""
        for length in range(min(self._longest[form], len(words) - at), 0, -1):
            phrase = " ".join((form, *(word.form for word in words[at + 1 : at + length])))
            for begin in self._begins.get(phrase, ()):
                if begin not in flags[at]:
                    flags[at].add(begin)
                    for inside in range(at + 1, at + length):
                        flags[inside].add(begin + 1)


def _shape(form: str) -> str:
    if _NUMBER.fullmatch(form):
        return "shape=number"
    if _LATIN.fullmatch(form):
        return "shape=latin"
    return "shape=word" if any(character.isalpha() for character in form) else "shape=mark"

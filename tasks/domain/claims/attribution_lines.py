"""One sentence prepared for the search of sources: what each token can be, looked up once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tasks.domain.arabic.normalise import fold
from tasks.domain.arabic.tokens import Token, readings
from tasks.domain.claims.attribution_words import (
    Named,
    SourceWord,
    VerbForm,
    complementisers,
    load_table,
    named_sources,
    source_word,
    verb_of,
)
from tasks.domain.claims.context import Scene
from tasks.domain.lexicon import Match

OPENERS = frozenset("«“\"'(")
QUOTES = frozenset('«“"')
CLOSERS = frozenset("»”\"')")
COMMAS = frozenset("،,")
BREAKS = frozenset("؛;:.!؟?")
MAX_QUOTED_NAME = 7
MAX_QUOTED_WORD = 2
_BRIDGES = ("في", "علي", "من")


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens of a sentence with, for each, its readings, reporting verb, source noun, actor and fixed phrase."""

    scene: Scene
    words: tuple[tuple[str, ...], ...]
    verbs: tuple[VerbForm | None, ...]
    nouns: tuple[SourceWord | None, ...]
    actors: dict[int, Match]
    named: dict[int, tuple[int, Named]]
    persons: dict[int, str]
    names: frozenset[int]

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.scene.tokens

    def norm(self, index: int) -> str:
        """The folded token, empty beyond the sentence."""
        return self.scene.tokens[index].norm if 0 <= index < len(self.scene.tokens) else ""

    def is_any(self, index: int, words: frozenset[str]) -> bool:
        """Whether any reading of the token is one of the words."""
        return 0 <= index < len(self.words) and any(word in words for word in self.words[index])

    def opens_content(self, index: int) -> bool:
        """Whether reported content starts here: أن and its kin, or a quotation mark; not the name of an outlet."""
        if index in self.names:
            return False
        return self.is_any(index, complementisers()) or self.norm(index) in QUOTES


def read_line(scene: Scene) -> Line:
    """Look up every token of a scene."""
    words = tuple(tuple(reading.rest for reading in readings(token)) for token in scene.tokens)
    phrases = named_sources()
    named = {i: found for i in range(len(words)) if (found := phrases.at(words, i))}
    actors = {index: match for match in scene.actors for index in range(match.first, match.last + 1)}
    nouns = tuple(source_word(token) for token in scene.tokens)
    names = _names(scene, nouns, actors, named)
    verbs = tuple(None if i in names else verb_of(token) for i, token in enumerate(scene.tokens))
    return Line(scene, words, verbs, nouns, actors, named, _persons(scene), names)


def _names(
    scene: Scene,
    nouns: Sequence[SourceWord | None],
    actors: dict[int, Match],
    named: dict[int, tuple[int, Named]],
) -> frozenset[int]:
    """Tokens within names: quoted words, longer ones behind a noun of a source ("صحيفة «...»"), and the lexicons'."""
    found = {index for index, match in actors.items() if match.first < match.last}
    found.update(m.last + 1 for m in scene.actors if m.first < m.last and _ends_in_quotes(scene, m))
    found.update(at for i, (length, _) in named.items() if length > 1 for at in range(i, i + length))
    for index, token in enumerate(scene.tokens):
        if token.norm in OPENERS and index not in found:
            close = next((i for i in range(index + 1, len(nouns)) if scene.tokens[i].norm in CLOSERS), len(nouns))
            longest = MAX_QUOTED_NAME if _follows_source(scene, nouns, index) else MAX_QUOTED_WORD
            if close - index <= longest:
                found.update(range(index, close + 1))
    return frozenset(found)


def _ends_in_quotes(scene: Scene, match: Match) -> bool:
    """The quotation mark that closes "وكالة «تاس»" belongs to the name."""
    inside = (token.norm in OPENERS for token in scene.tokens[match.first : match.last])
    return match.last + 1 < len(scene.tokens) and scene.tokens[match.last + 1].norm in CLOSERS and any(inside)


def _follows_source(scene: Scene, nouns: Sequence[SourceWord | None], index: int) -> bool:
    """ "صحيفة «...»", also over a preposition: "الباحث في «معهد ...»"."""
    kinds = ("media", "company", "analyst")
    before = index - 2 if scene.tokens[index - 1].norm in _BRIDGES else index - 1
    noun = nouns[before] if before >= 0 else None
    return noun is not None and noun.type in kinds


def _persons(scene: Scene) -> dict[int, str]:
    """Token index → surname (folded last word) of the person named there."""
    found: dict[int, str] = {}
    spans = [(m.start, m.end, fold(m.text.split()[-1])) for m in scene.mentions if m.label == "PERS" and m.text.split()]
    for start, end, surname in spans:
        found.update({i: surname for i, token in enumerate(scene.tokens) if token.start < end and start < token.end})
    return found


@lru_cache(maxsize=64)
def word_set(section: str, key: str) -> frozenset[str]:
    """A folded word list of the source types file."""
    return frozenset(fold(word) for word in load_table("source_types")[section][key])


def clause_start(line: Line, index: int, marks: Sequence[str] = ()) -> int:
    """Walk left to the nearest comma, break, opener or listed word; the token after it."""
    at = index
    while at > 0:
        norm = line.norm(at - 1)
        if norm in COMMAS or norm in BREAKS or norm in OPENERS or norm in CLOSERS or norm in marks:
            break
        at -= 1
    return at

"""Finding the forms of a lexicon in tokens: a trie over folded atoms, longest form first, clitics left out.

The trie is walked over atoms, not words, so that "إف-16", "إف 16" and «إف» 16 are one form. Which readings of a word
can begin a form is remembered by surface: a text repeats its words, and most of them begin none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from tasks.domain.arabic.tokens import Token, readings
from tasks.domain.lexicon.context import holds
from tasks.domain.lexicon.core import core, step, within_quotes
from tasks.domain.lexicon.heads import MOST_BETWEEN
from tasks.domain.lexicon.records import Match, Sense
from tasks.domain.lexicon.spelling import ARTICLE, atoms, atoms_of

Node = dict[str | None, Any]
Start = tuple[str, int, tuple[str, ...]]

_THROUGH = frozenset("-–—‑\"'«»“”’.")
_REMEMBERED = 200_000
SENTENCES_REMEMBERED = 512
# "بين" is not the yen with a preposition: so short a form counts only as a word of its own.
SHORTEST_AFTER_CLITIC = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A form that ends at token `last`, with the senses it may have there."""

    last: int
    form: str
    senses: tuple[Sense, ...]


@dataclass(slots=True)
class Trie:
    """Forms filed under their atoms; at the key None of a node, the form that ends there and its senses."""

    root: Node = field(default_factory=dict)
    _starts: dict[str, tuple[Start, ...]] = field(default_factory=dict)
    _cores: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def add(self, form: str, sense: Sense) -> None:
        """File a sense under a form; senses added first are preferred."""
        path = atoms_of(form)
        node = self.root
        for atom in path:
            node = node.setdefault(atom, {})
        _, senses = node.get(None, (None, ()))
        if path and sense not in senses:
            node[None] = (" ".join(path), (*senses, sense))

    def starts(self, token: Token) -> tuple[Start, ...]:
        """Readings of the token with which a form may begin: (proclitic, characters to skip, atoms)."""
        known = self._starts.get(token.text)
        if known is None:
            if len(self._starts) >= _REMEMBERED:
                self._starts.clear()
            known = tuple(
                (reading.proclitic, reading.skip, path)
                for reading in readings(token)
                if (path := atoms(reading.rest)) and path[0] in self.root
            )
            self._starts[token.text] = known
        return known

    def senses(self, path: tuple[str, ...]) -> tuple[Sense, ...]:
        """Every meaning of the form with exactly this path."""
        node: Node | None = self.root
        for atom in path:
            node = node.get(atom) if node is not None else None
        found: tuple[Sense, ...] = node[None][1] if node is not None and None in node else ()
        return found

    def core(self, form: str, sense: Sense) -> tuple[int, int]:
        """How many words of the form are not the name itself, in front and behind."""
        known = self._cores.get((form, sense.key))
        if known is None:
            known = self._cores[(form, sense.key)] = core(tuple(form.split()), sense, self.senses)
        return known

    def walk(self, tokens: Sequence[Token], first: int, path: tuple[str, ...]) -> list[Found]:
        """All forms that begin at token `first`, read as `path`; the longest comes last."""
        found: list[Found] = []
        node: Node | None = self.root
        at = first
        while True:
            node = _descend(node, path, at, found)
            at = _next_word(tokens, at)
            if node is None or at < 0:
                return found
            path = atoms(tokens[at].norm)


def _descend(node: Node | None, path: tuple[str, ...], at: int, found: list[Found]) -> Node | None:
    """Follow one token down; a form may end inside it only if a model's variant letter follows ("سو-30إم")."""
    ends: Found | None = None
    for i, atom in enumerate(path):
        node = node.get(atom) if node is not None else None
        if node is None:
            break
        if None in node and (i == len(path) - 1 or atom.isdigit()):
            form, senses = node[None]
            ends = Found(at, form, senses)
    if ends is not None:
        found.append(ends)
    return node


def _next_word(tokens: Sequence[Token], at: int) -> int:
    """The next token of a form: one dash, point or quotation mark may stand between; -1 at the end."""
    at += 1
    while at < len(tokens) and not tokens[at].is_word:
        if tokens[at].text not in _THROUGH:
            return -1
        at += 1
    return at if at < len(tokens) else -1


class Joins(Protocol):
    """Makes the final matches of a sentence of those found, for instance by joining heads to what completes them."""

    def join(self, tokens: Sequence[Token], found: Sequence[tuple[Match, Sense]]) -> Iterable[Match]:
        """Return the matches to report, in order."""
        ...

    def completes(self, tokens: Sequence[Token], found: tuple[Match, Sense], match: Match) -> bool:
        """Say whether a match is what the head that was found takes up."""
        ...


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Forms with their senses. `version` names the content of the files it was made from."""

    trie: Trie
    version: str
    joiner: Joins | None = None
    # Tagging, linking and reading claims each ask for the matches of the same sentence.
    _sentences: dict[tuple[int, date | None], tuple[Sequence[Token], tuple[Match, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def match(self, tokens: Sequence[Token], on: date | None = None) -> tuple[Match, ...]:
        """Find the forms in one sentence, leftmost and longest, none overlapping another.

        `on` is the day of publication: of several meanings with dates, the one in office then is taken.
        """
        known = self._sentences.get((id(tokens), on))
        if known is not None and known[0] is tokens:
            return known[1]
        matches = self._match_anew(tokens, on)
        if isinstance(tokens, tuple):  # only what cannot change may be remembered
            if len(self._sentences) >= SENTENCES_REMEMBERED:
                self._sentences.clear()
            self._sentences[(id(tokens), on)] = (tokens, matches)
        return matches

    def _match_anew(self, tokens: Sequence[Token], on: date | None) -> tuple[Match, ...]:
        found: list[tuple[Match, Sense]] = []
        free = 0
        starts = self.trie.starts
        for at in [at for at, token in enumerate(tokens) if token.is_word and starts(token)]:
            best = self._at(tokens, at, on) if at >= free else None
            if best is not None and not self._is_nothing_alone(tokens, best, on):
                found.append(best)
                free = best[0].last + 1
        if self.joiner is not None:
            return tuple(self.joiner.join(tokens, found))
        return tuple(match for match, sense in found if not sense.is_silent)

    def _at(self, tokens: Sequence[Token], at: int, on: date | None) -> tuple[Match, Sense] | None:
        token = tokens[at]
        starts = self.trie.starts(token) if token.is_word else ()
        return self._best(tokens, at, starts, on) if starts else None

    def _is_nothing_alone(self, tokens: Sequence[Token], best: tuple[Match, Sense], on: date | None) -> bool:
        """Say whether this is a silent head that nothing completes: then what it holds may be found in it."""
        match, sense = best
        if self.joiner is None or sense.joins is None or not sense.is_silent:
            return False
        for at in range(match.last + 1, min(match.last + 2 + MOST_BETWEEN, len(tokens))):
            following = self._at(tokens, at, on)
            if following is not None:
                return not self.joiner.completes(tokens, best, following[0])
        return True

    def look_up(self, form: str) -> tuple[Sense, ...]:
        """Every meaning of a whole form, whatever its context."""
        return self.trie.senses(atoms_of(form))

    def _best(
        self, tokens: Sequence[Token], first: int, starts: Iterable[Start], on: date | None
    ) -> tuple[Match, Sense] | None:
        """The longest form with a meaning that its context allows; of equals, the reading with fewer clitics."""
        best: tuple[Match, Sense] | None = None
        for proclitic, skip, path in starts:
            for found in reversed(self.trie.walk(tokens, first, path)):
                if best is not None and found.last <= best[0].last:
                    break
                if proclitic and len(found.form) < SHORTEST_AFTER_CLITIC:
                    continue
                sense = choose(found, tokens, first, proclitic, on)
                if sense is not None:
                    best = (self._match(found, sense, tokens, first, proclitic, skip), sense)
                    break
        return best

    def _match(
        self, found: Found, sense: Sense, tokens: Sequence[Token], first: int, proclitic: str, skip: int
    ) -> Match:
        if sense.takes_number and found.last + 1 < len(tokens) and tokens[found.last + 1].is_number:
            found = replace(found, last=found.last + 1)
        front, back = self.trie.core(found.form, sense)
        left, right = step(tokens, first, front, 1), step(tokens, found.last, back, -1)
        left, right = within_quotes(tokens, left, right)
        match = _match(found, sense, tokens, first, proclitic, skip)
        if (left, right) == (first, found.last):
            return match
        return replace(match, start=match.start if left == first else tokens[left].start, end=tokens[right].end)


def choose(found: Found, tokens: Sequence[Token], first: int, proclitic: str, on: date | None) -> Sense | None:
    """The best meaning its rule allows: of a user, in office that day, with a rule, silent, in this order."""
    allowed = [s for s in found.senses if s.rule is None or holds(s.rule, tokens, first, found.last, proclitic)]
    if len(allowed) < 2:
        return allowed[0] if allowed else None
    return min(allowed, key=lambda s: (s.is_shipped, not _is_current(s, on), s.rule is None, not s.is_silent))


def _is_current(sense: Sense, on: date | None) -> bool:
    return on is None or ((sense.since is None or sense.since <= on) and (sense.until is None or on <= sense.until))


def _match(found: Found, sense: Sense, tokens: Sequence[Token], first: int, proclitic: str, skip: int) -> Match:
    return Match(
        entry_id=sense.actor,
        role=sense.role,
        country=sense.country,
        category=sense.category,
        start=tokens[first].start + skip,
        end=tokens[found.last].end,
        first=first,
        last=found.last,
        proclitic=proclitic,
        definite=found.form.startswith(ARTICLE),
        form=found.form,
        designation=sense.designation,
        number=sense.number,
        unit=sense.unit,
        label=sense.label,
        source_type=sense.source_type,
        key=sense.key,
        name_ar=sense.name_ar,
        name_en=sense.name_en,
    )

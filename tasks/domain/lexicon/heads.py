"""Joining a head to the adjective or state that follows it: "وزارة الدفاع" + "الروسية" is the ministry of RUS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tasks.domain.arabic.tokens import Token
from tasks.domain.lexicon.records import Match, Sense
from tasks.domain.lexicon.spelling import atoms

_MOST_BETWEEN = 3
_NAMES = frozenset(("state", "capital", "alliance", "armed_group", "organisation"))


@dataclass(frozen=True, slots=True)
class Joiner:
    """How heads are completed. Both sets hold folded words.

    `modifiers` may stand between a head and its adjective ("القوات *الجوية الملكية* السعودية"); `adjectives` are names
    of states that are also adjectives ("السعودية").
    """

    modifiers: frozenset[str]
    adjectives: frozenset[str] = frozenset()

    def join(self, tokens: Sequence[Token], found: Sequence[tuple[Match, Sense]]) -> Iterator[Match]:
        """Merge heads with what completes them; a silent head that nothing completes is left out."""
        skip = False
        for i, (match, sense) in enumerate(found):
            if skip:
                skip = False
                continue
            following = found[i + 1] if i + 1 < len(found) else None
            if sense.joins and following and self._completes(tokens, match, sense, following):
                skip = True
                yield _joined(tokens, match, sense, following[0])
            elif match.form in self.adjectives and following and _agrees(match, following[0]):
                yield replace(match, role="adjective", label=None, source_type=None)
            elif not sense.is_silent:
                yield match if sense.joins is None or sense.is_labelled_bare else replace(match, label=None)

    def _completes(self, tokens: Sequence[Token], head: Match, sense: Sense, following: tuple[Match, Sense]) -> bool:
        match = following[0]
        if match.proclitic or not self._only_modifiers(tokens[head.last + 1 : match.first]):
            return False
        if match.role == "adjective" or match.form in self.adjectives:
            return sense.joins in ("adjective", "both") and match.definite
        return match.role in _NAMES and sense.joins in ("state", "both") and match.first == head.last + 1

    def _only_modifiers(self, between: Sequence[Token]) -> bool:
        return len(between) <= _MOST_BETWEEN and all(" ".join(atoms(token.norm)) in self.modifiers for token in between)


def _agrees(match: Match, following: Match) -> bool:
    """Say whether "السعودية" is an adjective here, for another one follows: "الاتفاقية السعودية الباكستانية"."""
    is_next = following.first == match.last + 1 and not following.proclitic
    return match.role == "state" and is_next and following.role == "adjective" and following.definite


def _surface(tokens: Sequence[Token], head: Match, name: Match) -> str:
    first, *rest = tokens[head.first : name.last + 1]
    start = first.text[head.start - first.start :]
    article = "ا" if head.definite and start.startswith("ل") else ""
    return " ".join([article + start, *(token.text for token in rest)])


def _joined(tokens: Sequence[Token], head: Match, sense: Sense, name: Match) -> Match:
    return replace(
        head,
        entry_id=name.entry_id,
        country=name.country,
        end=name.end,
        last=name.last,
        form=f"{head.form} {name.form}",
        key=f"{name.entry_id}:{sense.key}",
        name_ar=_surface(tokens, head, name),
        name_en=f"{sense.name_en} ({name.entry_id})" if sense.name_en else None,
    )

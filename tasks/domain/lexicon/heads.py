"""Joining a head to the adjective or state that follows it: "وزارة الدفاع" + "الروسية" is the ministry of RUS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tasks.domain.arabic.tokens import Token
from tasks.domain.lexicon.core import step
from tasks.domain.lexicon.records import Match, Sense
from tasks.domain.lexicon.spelling import atoms, atoms_of

MOST_BETWEEN = 3
_NAMES = frozenset(("state", "capital", "alliance", "armed_group", "organisation", "government"))


@dataclass(frozen=True, slots=True)
class Joiner:
    """How heads are completed. Both sets hold folded words.

    `modifiers` may stand between a head and its adjective ("القوات *الجوية الملكية* السعودية"); `adjectives` are names
    of states that are also adjectives ("السعودية"). `inner` says of heads that hold another ("قائد الجيش") after how
    many words it begins and what it is.
    """

    modifiers: frozenset[str]
    adjectives: frozenset[str] = frozenset()
    inner: Mapping[str, tuple[int, Sense]] = field(default_factory=dict)

    def join(self, tokens: Sequence[Token], found: Sequence[tuple[Match, Sense]]) -> Iterator[Match]:
        """Merge heads with what completes them; a silent head that nothing completes is left out."""
        skip = False
        for i, (match, sense) in enumerate(found):
            if skip:
                skip = False
                continue
            following = found[i + 1] if i + 1 < len(found) else None
            if sense.joins and following and self.completes(tokens, (match, sense), following[0]):
                skip = True
                yield self._named_inside(tokens, _joined(tokens, match, sense, following[0]), match)
            elif match.form in self.adjectives and following and _agrees(match, following[0]):
                yield replace(match, role="adjective", label=None, source_type=None)
            elif not sense.is_silent:
                yield match if sense.joins is None or sense.is_labelled_bare else replace(match, label=None)

    def _named_inside(self, tokens: Sequence[Token], joined: Match, head: Match) -> Match:
        """Let "قائد الجيش الهندي" name the army, while it stands for its commander."""
        if head.form not in self.inner:
            return joined
        words, sense = self.inner[head.form]
        at = tokens[step(tokens, head.first, words, 1)]
        key = f"{joined.entry_id}:{sense.key}"
        return replace(joined, start=at.start, label=sense.label, key=key, name_ar=_words(tokens, at, joined))

    def completes(self, tokens: Sequence[Token], found: tuple[Match, Sense], match: Match) -> bool:
        """Say whether a match is what a head takes up: a definite adjective, or the name that follows at once."""
        head, sense = found
        if match.proclitic or not self._only_modifiers(tokens[head.last + 1 : match.first]):
            return False
        if match.role == "adjective" or match.form in self.adjectives:
            return sense.joins in ("adjective", "both") and match.definite
        is_next = match.first == head.last + 1 and bool(match.entry_id)
        return match.role in _NAMES and sense.joins in ("state", "both") and is_next

    def _only_modifiers(self, between: Sequence[Token]) -> bool:
        return len(between) <= MOST_BETWEEN and all(" ".join(atoms(token.norm)) in self.modifiers for token in between)


def inner_heads(forms: Iterable[tuple[str, Sense]]) -> dict[str, tuple[int, Sense]]:
    """Find the heads without a label that end in an army's: by folded form, the words in front and the army."""
    heads = {" ".join(atoms_of(form)): sense for form, sense in forms if sense.joins}
    found: dict[str, tuple[int, Sense]] = {}
    for form, sense in heads.items():
        words = form.split()
        for front in range(1, len(words)):
            inner = heads.get(" ".join(words[front:]))
            if sense.label is None and inner is not None and inner.role == "army" and inner.label:
                found.setdefault(form, (front, inner))
    return found


def _words(tokens: Sequence[Token], first: Token, match: Match) -> str:
    return " ".join(token.text for token in tokens[match.first : match.last + 1] if token.start >= first.start)


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

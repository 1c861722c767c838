"""The families of words that tell how certain a statement is, found in the tokens of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tasks.domain.arabic.normalise import fold
from tasks.domain.arabic.tokens import Token, readings
from tasks.domain.claims.attribution_words import Phrases, load_table
from tasks.domain.claims.inflect import noun_forms, past_forms, present_forms
from tasks.domain.claims.triggers import triggers

_FIRST_PERSON = ("ن", "ا", "سن", "سا")
_FUTURE = ("سي", "ست")
_NEGATED_VERB = ("لم", "لن", "لا", "ليس", "ليست")
_PAST_ENDINGS = ("ت", "وا", "تا")
MIN_FUTURE = 4
MAX_REACH = 3


@lru_cache(maxsize=1)
def _families() -> Mapping[str, frozenset[str]]:
    """Folded single-word form → the families it belongs to."""
    found: dict[str, set[str]] = {}
    for family, table in load_table("status").items():
        if family == "version":
            continue
        for form in _forms(table):
            found.setdefault(form, set()).add(family)
    return {form: frozenset(families) for form, families in found.items()}


def _forms(table: Mapping[str, Any]) -> Iterator[str]:
    for past in table.get("past", ()):
        yield from past_forms(past)
    for present in table.get("present", ()):
        yield from (form for form in present_forms(present) if not form.startswith(_FIRST_PERSON))
    for noun in table.get("nouns", ()):
        yield from noun_forms(noun)
    yield from (fold(word) for word in table.get("words", ()))


@lru_cache(maxsize=1)
def _phrases() -> Phrases[str]:
    table = load_table("status")
    return Phrases([(p, name) for name, t in table.items() if name != "version" for p in t.get("phrases", ())])


@dataclass(frozen=True, slots=True)
class Bounds:
    """Words behind which, and before which within `reach` words, a family does not count."""

    not_after: frozenset[str]
    not_before: frozenset[str]
    reach: int


_FREE = Bounds(frozenset(), frozenset(), 0)


@lru_cache(maxsize=1)
def _bounds() -> Mapping[str, Bounds]:
    tables = {name: table for name, table in load_table("status").items() if name != "version"}
    return {
        name: Bounds(_folded(table.get("not_after", ())), _folded(table.get("not_before", ())), table.get("reach", 1))
        for name, table in tables.items()
    }


def _folded(listed: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in listed)


def find_cues(tokens: Sequence[Token]) -> tuple[frozenset[str], ...]:
    """The families at each token; a phrase stands at its first word."""
    words = tuple(tuple(reading.rest for reading in readings(token)) for token in tokens)
    return tuple(frozenset(_cues_at(tokens, words, index)) for index in range(len(tokens)))


def _cues_at(tokens: Sequence[Token], words: tuple[tuple[str, ...], ...], index: int) -> Iterator[str]:
    before = tokens[index - 1].norm if index else ""
    following = [token.norm for token in tokens[index + 1 : index + 1 + MAX_REACH]]
    for word in words[index]:
        for family in _families().get(word, ()):
            bounds = _bounds().get(family, _FREE)
            if before not in bounds.not_after and bounds.not_before.isdisjoint(following[: bounds.reach]):
                yield family
    if phrase := _phrases().at(words, index):
        yield phrase[1]
    yield from _by_form(tokens[index].norm, before, following[0] if following else "")
    if tokens[index].text in ("؟", "?"):
        yield "question"


def _by_form(norm: str, before: str, after: str) -> Iterator[str]:
    """What the grammar marks by itself: the future س, قد before the imperfect (may) or the perfect (has)."""
    word = norm.removeprefix("و").removeprefix("ف") if len(norm) > MIN_FUTURE else norm
    if word.startswith(_FUTURE) and len(word) > MIN_FUTURE:
        yield "future_verb"
    if word == "قد":
        yield "may" if _is_imperfect(after) and not before.removeprefix("و").startswith("كان") else "has"
    if norm in _NEGATED_VERB:  # not behind "and": there another verb begins
        yield "negated_verb"
    if word in ("كان", "كانت", "كانوا"):
        yield "was"


def _is_imperfect(word: str) -> bool:
    """ي opens only an imperfect; ت also a perfect ("تعاقدت", "تسلم"), which the trigger lexicon or the ending shows."""
    if word[:1] != "ت" or word.endswith(_PAST_ENDINGS):
        return word[:1] == "ي"
    _, tags = triggers().look_up(word)
    forms = {tag.form for tag in tags if tag.group == "verb"}
    return forms != {"past"}

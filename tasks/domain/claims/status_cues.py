"""The families of words that tell how certain a statement is, found in the tokens of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from tasks.domain.arabic.normalise import fold
from tasks.domain.arabic.tokens import Token, readings
from tasks.domain.claims.attribution_words import Phrases, load_table
from tasks.domain.claims.inflect import noun_forms, past_forms, present_forms

_FIRST_PERSON = ("ن", "ا", "سن", "سا")
_FUTURE = ("سي", "ست")
MIN_FUTURE = 4


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


def find_cues(tokens: Sequence[Token]) -> tuple[frozenset[str], ...]:
    """The families at each token; a phrase stands at its first word."""
    words = tuple(tuple(reading.rest for reading in readings(token)) for token in tokens)
    families, phrases = _families(), _phrases()
    out = []
    for index, token in enumerate(tokens):
        found = {family for word in words[index] for family in families.get(word, ())}
        if phrase := phrases.at(words, index):
            found.add(phrase[1])
        out.append(frozenset(found | set(_by_form(tokens, index, token))))
    return tuple(out)


def _by_form(tokens: Sequence[Token], index: int, token: Token) -> Iterator[str]:
    """What the grammar marks by itself: the future س, قد before the imperfect (may) or the perfect (has)."""
    word = token.norm.removeprefix("و").removeprefix("ف") if len(token.norm) > MIN_FUTURE else token.norm
    if word.startswith(_FUTURE) and len(word) > MIN_FUTURE:
        yield "future_verb"
    if word == "قد" and index + 1 < len(tokens):
        yield "may" if tokens[index + 1].norm[:1] in ("ي", "ت") else "has"
    if word in ("كان", "كانت", "كانوا"):
        yield "was"
    if token.text in ("؟", "?"):
        yield "question"

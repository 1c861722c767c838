"""Qualifiers that stand apart from their number: "تزيد قيمتها على 400 مليون", "لا يقل عدد الجنود عن ثلاثة آلاف"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import cast

from tasks.domain.arabic.tables import load_table, words
from tasks.domain.arabic.tokens import Token, readings
from warehouse.records import Qualifier

REACH = 7  # words between the verb and the number
_NEGATIONS = words("لا لم لن ما")


@cache
def _verbs() -> dict[str, tuple[str, frozenset[str]]]:
    table = load_table("numbers")["split"]
    return {verb: (name, words(entry["link"])) for name, entry in table.items() for verb in words(entry["verbs"])}


def qualifier_apart(tokens: Sequence[Token], first: int, taken: int) -> Qualifier | None:
    """Find the verb before the number at `first`, not crossing punctuation or the token `taken` of another number."""
    for at in range(first - 1, max(taken, first - REACH - 1, -1), -1):
        if not tokens[at].is_word or tokens[at].is_number:
            return None
        found = next((_verbs()[r.rest] for r in readings(tokens[at]) if r.rest in _verbs()), None)
        if found is not None:
            name, link = found
            return _meaning(tokens, at, name) if _is_linked(tokens, at, first, link) else None
    return None


def _is_linked(tokens: Sequence[Token], verb: int, first: int, link: frozenset[str]) -> bool:
    """Ask for the preposition of the verb right before the number, or, without one, for no more than its subject."""
    if link:
        return verb < first - 1 and tokens[first - 1].norm in link
    return first - verb <= 3


def _meaning(tokens: Sequence[Token], verb: int, name: str) -> Qualifier:
    plain, negated = load_table("numbers")["split_meaning"][name].split()
    is_negated = verb > 0 and tokens[verb - 1].norm in _NEGATIONS
    return cast(Qualifier, negated if is_negated else plain)

"""Where a name begins behind its generic head."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from tasks.domain.arabic.normalise import fold
from tasks.domain.arabic.tokens import Token, readings

_QUOTES = frozenset("«»\"“”'‘’()")


@cache
def _table() -> dict[str, frozenset[str]]:
    text = (files("tasks.domain") / "data" / "entities" / "heads.toml").read_text(encoding="utf-8")
    return {name: frozenset(map(fold, forms.split())) for name, forms in tomllib.loads(text).items()}


def is_body(role: str) -> bool:
    """Say whether a lexicon role is a body of a state, which bare names nobody."""
    return role in _table()["body_roles"]


def is_office(word: str) -> bool:
    """Say whether a folded word is what somebody is of a state: "رئيس", "خارجية"."""
    return word in _table()["offices"]


def without_head(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Narrow the words `first` to `last` to the name itself: the head off, and what surrounds a quoted name."""
    head = tokens[first]
    is_quoted = first < last and tokens[first + 1].text in _QUOTES
    if _is_head(head, "outside") or (is_quoted and _is_head(head, "outside_if_seen")):
        inner = _quoted(tokens, first + 1, last) if is_quoted else (first + 1, last)
        return inner if inner[0] <= inner[1] else (first, last)
    return first, last


def _is_head(token: Token, kind: str) -> bool:
    return any(reading.rest in _table()[kind] for reading in readings(token))


def _quoted(tokens: Sequence[Token], opening: int, last: int) -> tuple[int, int]:
    closing = next((at for at in range(opening + 1, last + 1) if tokens[at].text in _QUOTES), last + 1)
    return opening + 1, closing - 1

"""Grammatical functions without a parser: who is the subject of a word, who its object, who stands behind a preposition.

Arabic news puts the subject after the verb (سلّمت موسكو إيران) or, as a topic, before it (موسكو سلّمت إيران); a verbal
noun takes its object, or its subject and its object, as genitives (تزويد إيران، تزويد موسكو إيران).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tasks.domain.claims.actors import Party
from tasks.domain.claims.anchors import Anchor

NEAR = 8
_FINITE = ("past", "present", "extra")

SUPPLIES: Mapping[str, tuple[str, ...]] = {
    "give": ("subject", "outer", "agent"),
    "get": ("from",),
    "ask": ("from",),
    "offer": ("subject", "outer"),
    "deploy": ("subject", "outer"),
    "withdraw": ("subject", "outer", "genitive"),
    "back": ("subject", "outer"),
    "train": ("subject", "outer", "agent"),
    "make": ("with",),
}
RECEIVES: Mapping[str, tuple[str, ...]] = {
    "give": ("object", "to", "genitive"),
    "get": ("subject", "genitive", "outer"),
    "ask": ("subject", "outer"),
    "offer": ("on", "to"),
    "deploy": ("in", "to"),
    "withdraw": ("from", "in"),
    "move": ("to", "in", "at"),
    "host": ("subject", "outer"),
    "back": ("object", "to", "genitive"),
    "train": ("object", "genitive"),
    "make": ("subject", "in", "outer"),
}


def functions(
    anchor: Anchor, parties: Sequence[Party], preps: Sequence[str], clauses: Sequence[int], predicates: Sequence[int]
) -> list[str]:
    """The function of each party towards the anchor; a preposition stands for itself, "" where there is none."""
    is_finite = anchor.form in _FINITE
    out = [prep if prep != "none" else "" for prep in preps]
    bare = [i for i, p in enumerate(parties) if preps[i] == "none" and p.first >= 0]
    after = [
        i for i in bare if parties[i].first > anchor.last and _is_open(anchor.last, parties[i].phrase, clauses, predicates)
    ]
    before = [i for i in bare if parties[i].last < anchor.first]
    same = [i for i in before if clauses[parties[i].last] == clauses[anchor.first]]
    topic = (same or before or [None])[-1]
    if is_finite:
        _finite(out, anchor, parties, after, topic, clauses, predicates)
    else:
        _nominal(out, anchor, parties, after, topic)
    return out


def _is_open(left: int, right: int, clauses: Sequence[int], predicates: Sequence[int]) -> bool:
    """Nothing between two places opens a clause or governs what follows."""
    return clauses[left] == clauses[right] and not any(left < at < right for at in predicates)


def _finite(
    out: list[str], anchor: Anchor, parties: Sequence[Party], after: Sequence[int], topic: int | None,
    clauses: Sequence[int], predicates: Sequence[int],
) -> None:  # fmt: skip
    is_topical = topic is not None and _is_topic(parties[topic], anchor, clauses, predicates)
    order = ["object"] if is_topical else ["subject", "object"]
    for i, name in zip(_by_group(parties, after), order, strict=False):
        for j in after:
            if parties[j].group == i:
                out[j] = name
    if topic is not None:
        for j, party in enumerate(parties):
            if party.group == parties[topic].group:
                out[j] = "subject" if is_topical else "outer"


def _is_topic(party: Party, anchor: Anchor, clauses: Sequence[int], predicates: Sequence[int]) -> bool:
    close = anchor.first - party.last <= NEAR and clauses[party.last] == clauses[anchor.first]
    return close and not any(party.last < at < anchor.first for at in predicates)


def _by_group(parties: Sequence[Party], indexes: Sequence[int]) -> list[int]:
    return list(dict.fromkeys(parties[i].group for i in indexes))


def _nominal(out: list[str], anchor: Anchor, parties: Sequence[Party], after: Sequence[int], topic: int | None) -> None:
    near = [i for i in after if parties[i].phrase - anchor.last <= 3]
    groups = _by_group(parties, near)
    second = next((i for i in after if parties[i].group not in groups and near and parties[i].phrase - parties[near[-1]].last <= 3), None)
    for i in near:
        out[i] = "genitive" if second is None or anchor.group == "theme" else "subject"
    if second is not None and anchor.group == "verb":
        out[second] = "object"
    if topic is not None:
        for j, party in enumerate(parties):
            if party.group == parties[topic].group:
                out[j] = "outer"

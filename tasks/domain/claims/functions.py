"""Grammatical functions without a parser: who is a word's subject, its object, or behind its preposition.

Arabic news puts the subject after the verb (سلّمت موسكو إيران) or, as a topic, before it (موسكو سلّمت إيران); a verbal
noun takes its object, or its subject and its object, as genitives (تزويد إيران، تزويد موسكو إيران).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tasks.domain.claims.actors import Party
from tasks.domain.claims.anchors import Anchor

NEAR = 8
TIGHT = 3
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
    "give": ("object", "to", "suffix", "genitive"),
    "get": ("subject", "genitive", "suffix", "outer"),
    "ask": ("subject", "outer"),
    "offer": ("on", "to"),
    "deploy": ("in", "to"),
    "withdraw": ("from", "in"),
    "move": ("to", "in", "at"),
    "host": ("subject", "outer"),
    "back": ("object", "to", "suffix", "genitive"),
    "train": ("object", "suffix", "genitive"),
    "make": ("subject", "in", "outer"),
}


def functions(
    anchor: Anchor, parties: Sequence[Party], preps: Sequence[str], clauses: Sequence[int], predicates: Sequence[int]
) -> list[str]:
    """The function of each party towards the anchor; a preposition stands for itself, "" where there is none."""
    is_finite = anchor.form in _FINITE
    out = [_of_preposition(anchor, party, prep) for party, prep in zip(parties, preps, strict=True)]
    bare = [i for i, p in enumerate(parties) if preps[i] == "none" and p.first >= 0 and p.kind != "pronoun"]
    after = [
        i
        for i in bare
        if parties[i].first > anchor.last and _is_open(anchor.last, parties[i].phrase, clauses, predicates)
    ]
    before = [i for i in bare if parties[i].last < anchor.first]
    same = [i for i in before if clauses[parties[i].last] == clauses[anchor.first]]
    nearest = same or before
    topic = nearest[-1] if nearest else None
    if is_finite:
        _finite(out, anchor, parties, after, topic, clauses, predicates)
    else:
        _nominal(out, anchor, parties, after, topic)
    return out


def _of_preposition(anchor: Anchor, party: Party, prep: str) -> str:
    if party.kind == "pronoun" and prep == "none":
        return "suffix" if anchor.first <= party.first <= anchor.last else "suffix elsewhere"
    return prep if prep != "none" else ""


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
    groups = _chain(anchor, parties, after)
    names = ["genitive"] if len(groups) < 2 or anchor.group == "theme" else ["subject", "object"]
    for group, name in zip(groups, names, strict=False):
        for i in after:
            if parties[i].group == group:
                out[i] = name
    if topic is not None:
        for j, party in enumerate(parties):
            if party.group == parties[topic].group:
                out[j] = "outer"


def _chain(anchor: Anchor, parties: Sequence[Party], after: Sequence[int]) -> list[int]:
    """The groups that follow a noun as genitives, each right after the one before."""
    groups: list[int] = []
    end = anchor.last
    for i in after:
        if parties[i].phrase - end > TIGHT:
            break
        end = parties[i].last
        if parties[i].group not in groups:
            groups.append(parties[i].group)
    return groups

"""Lexicon and model brought together: what a list knows for certain masks the model, which wins where it sees more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tasks.domain.lexicon import Match
from warehouse.records import Mention

# Roles whose names mean nothing else; of the others a list only proposes.
CERTAIN = frozenset(("state", "capital", "place", "alliance", "armed_group"))


def merge(known: Sequence[tuple[Match, Mention]], found: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return mentions in order without overlap, from lexicon matches (`known`) and the model's mentions (`found`)."""
    kept = [_settled(match, mention, _touching(mention, found)) for match, mention in known]
    certain = _apart(mention for mention in kept if mention is not None)
    rest = (mention for mention in found if not _touching(mention, certain))
    return tuple(sorted((*certain, *_apart(rest)), key=lambda mention: mention.start))


def unite(models: Sequence[Sequence[Mention]]) -> tuple[Mention, ...]:
    """Join the mentions of several models; where they overlap the earlier model counts."""
    kept: list[Mention] = []
    for mentions in models:
        kept += [mention for mention in mentions if not _touching(mention, kept)]
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _settled(match: Match, mention: Mention, overlapping: Sequence[Mention]) -> Mention | None:
    """Decide one lexicon match against what the model saw there: keep it, widen it, or leave the place to the model."""
    if not overlapping:
        return mention if _stands_alone(match) else None
    longer = [other for other in overlapping if _contains(other, mention) and not _same(other, mention)]
    if longer:
        return None
    same = next((other for other in overlapping if _same(other, mention)), None)
    if same is not None:
        label = mention.label if _stands_alone(match) else same.label
        return replace(mention, label=label, score=same.score)
    return mention


def _stands_alone(match: Match) -> bool:
    return match.role in CERTAIN or match.last > match.first or any(letter.isdigit() for letter in match.form)


def _contains(outer: Mention, inner: Mention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _same(left: Mention, right: Mention) -> bool:
    return left.start == right.start and left.end == right.end


def _touching(mention: Mention, others: Iterable[Mention]) -> list[Mention]:
    return [other for other in others if other.start < mention.end and mention.start < other.end]


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Keep of mentions that overlap the longer."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda item: (item.start - item.end, item.start)):
        if not _touching(mention, kept):
            kept.append(mention)
    return kept

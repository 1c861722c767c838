"""One claim per (kind, actors, status, attribution, what): repetitions within an article are folded."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.records import Claim


def without_repeats(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Leave out what an earlier sentence already said in every respect, unless it brings new items."""
    kept: list[Claim] = []
    for claim in claims:
        if not any(_repeats(claim, other) for other in kept):
            kept.append(claim)
    return tuple(kept)


def is_of_same(claim: Claim, other: Claim) -> bool:
    """Whether both are of the same kind and actors."""
    return (claim.kind, claim.supplier, claim.recipient, claim.participants) == (
        other.kind, other.supplier, other.recipient, other.participants,
    )  # fmt: skip


def _repeats(claim: Claim, other: Claim) -> bool:
    if not is_of_same(claim, other) or claim.status != other.status or _source(claim) != _source(other):
        return False
    if claim.evidence == other.evidence:
        return True
    return not set(claim.items) - set(other.items)


def _source(claim: Claim) -> tuple[str | None, str] | None:
    return (claim.attribution.country, claim.attribution.type) if claim.attribution else None

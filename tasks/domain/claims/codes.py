"""CAMEO and PLOVER codes of a claim, by kind and status.

The table follows the CAMEO manual 1.1b3 and the PLOVER manual 2.0. A denial keeps the code of what is denied and says
so in `auxiliary`; it is never coded as a rejection, and nothing that is not asserted can be mistaken for an event as
long as `certainty` is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tasks.domain.claims.attribution_words import load_table
from warehouse.records import Claim

_STATE_CONTEXTS = frozenset(("military", "intelligence"))


@dataclass(frozen=True, slots=True)
class Coded:
    """One row for a consumer of event data. `mode`, `context` and `auxiliary` are empty where PLOVER has none.

    `certainty` is asserted, alleged (asserted by a source only), planned, requested, speculated or denied.
    """

    cameo: str
    plover_event: str
    mode: str
    context: str
    certainty: str
    auxiliary: str = ""


def cameo(claim: Claim) -> Coded:
    """Code a claim."""
    table = _codes()
    reading = table["status"][claim.status]
    code, event, mode, context = table[_row(claim)][reading["row"]]
    certainty = "alleged" if claim.status == "occurred" and claim.attribution else reading["certainty"]
    if context in _STATE_CONTEXTS and not _parties(claim) <= _states():
        context = ""
    return Coded(code, event, mode, context, certainty, reading["auxiliary"])


def _row(claim: Claim) -> str:
    if claim.kind == "arms_transfer" and any(item.category == "money" for item in claim.items):
        return "arms_sale"
    if claim.kind == "training" and claim.participants:
        return "training_mutual"
    return claim.kind


def _parties(claim: Claim) -> frozenset[str]:
    named = (claim.supplier, claim.recipient, *(claim.participants or ()))
    return frozenset(actor for actor in named if actor)


@lru_cache(maxsize=1)
def _codes() -> dict[str, Any]:
    return load_table("codes")


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    """The actors that PLOVER counts as states' own bodies: states, and alliances, which consist of them."""
    table = _codes()["states"]
    return frozenset((*table["codes"].split(), *table["alliances"].split()))

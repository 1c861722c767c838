"""CAMEO and PLOVER: what is not asserted never looks like an event."""

from __future__ import annotations

from typing import get_args

import pytest

from tasks.domain.claims.codes import cameo
from warehouse.records import DIRECTED_KINDS, Attribution, Claim, Item, Kind, Status

KINDS: tuple[Kind, ...] = get_args(Kind)
STATUSES: tuple[Status, ...] = get_args(Status)


def claim(kind: Kind, status: Status = "occurred", recipient: str = "SYR", items: tuple[Item, ...] = ()) -> Claim:
    if kind in DIRECTED_KINDS:
        return Claim(kind, "RUS", recipient, None, status, None, items, None, (0, 10), "test")
    return Claim(kind, None, None, ("RUS", recipient), status, None, items, None, (0, 10), "test")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", STATUSES)
def test_every_kind_and_status_has_a_code(kind: Kind, status: Status) -> None:
    coded = cameo(claim(kind, status))
    assert coded.cameo.isdigit() and coded.plover_event and coded.certainty


@pytest.mark.parametrize("kind", KINDS)
def test_a_denial_is_never_a_rejection(kind: Kind) -> None:
    coded, base = cameo(claim(kind, "denied")), cameo(claim(kind))
    assert (coded.cameo, coded.plover_event) == (base.cameo, base.plover_event)
    assert (coded.certainty, coded.auxiliary) == ("denied", "negation")
    assert not coded.cameo.startswith("12")


def test_what_moves_the_code() -> None:
    assert cameo(claim("arms_transfer")).cameo == "072"
    money = (Item("money", low=1e6, high=1e6, unit="USD"),)
    assert cameo(claim("arms_transfer", items=money)).cameo == "062"
    assert cameo(claim("deployment", "planned")).cameo == "0334"
    assert cameo(claim("intelligence")).cameo == "064"
    assert cameo(claim("military_aid", "sought")).mode == "assist"


def test_certainty_tells_an_allegation_from_an_assertion() -> None:
    asserted = claim("exercise")
    source = Attribution("مسؤول", None, "anonymous")
    alleged = Claim("exercise", None, None, ("RUS", "SYR"), "occurred", source, (), None, (0, 10), "test")
    assert cameo(asserted).certainty == "asserted"
    assert cameo(alleged).certainty == "alleged"
    assert cameo(claim("exercise", "possible")).auxiliary == "hypothetical"


def test_the_military_context_is_for_states_only() -> None:
    assert cameo(claim("arms_transfer", recipient="SYR")).context == "military"
    assert cameo(claim("arms_transfer", recipient="HEZBOLLAH")).context == ""
    assert cameo(claim("arms_transfer", recipient="RSF")).context == ""
    assert cameo(claim("exercise", recipient="NATO")).context == "military"


def test_talks_are_no_cooperation_yet() -> None:
    coded = [cameo(claim("consultation", status)) for status in ("occurred", "planned", "sought")]
    assert [(one.cameo, one.plover_event, one.mode) for one in coded] == [
        ("040", "CONSULT", ""),
        ("036", "AGREE", ""),
        ("026", "REQUEST", "meet"),
    ]

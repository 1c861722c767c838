from __future__ import annotations

from dataclasses import replace

from tasks.domain.claims.dedupe import without_repeats
from warehouse.records import Attribution, Claim, Item

FIRST = Claim("arms_transfer", "RUS", "SYR", None, "occurred", None, (Item("tank"),), None, (0, 40), "rule", 0.9)
LATER = replace(FIRST, evidence=(41, 90))


def test_a_later_sentence_that_says_nothing_new_is_left_out() -> None:
    assert without_repeats([FIRST, LATER, replace(LATER, items=())]) == (FIRST,)


def test_new_items_another_status_or_another_source_are_claims_of_their_own() -> None:
    more = replace(LATER, items=(Item("tank"), Item("uav")))
    denied = replace(LATER, status="denied")
    quoted = replace(LATER, attribution=Attribution("دمشق", "SYR", "government"))
    assert without_repeats([FIRST, more, denied, quoted]) == (FIRST, more, denied, quoted)


def test_one_sentence_holds_a_claim_once() -> None:
    assert without_repeats([FIRST, replace(FIRST, items=(Item("uav"),))]) == (FIRST,)

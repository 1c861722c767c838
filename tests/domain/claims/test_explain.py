from __future__ import annotations

from dataclasses import replace
from datetime import date

from tasks.domain.arabic.document import read_document
from tasks.domain.claims.explain import NET, Explainer, read_explainer
from warehouse.records import Claim

TEXT = "سلمت روسيا سوريا 24 دبابة، بحسب ما أعلنت وزارة الدفاع الأردنية."


def only(text: str = TEXT) -> tuple[Explainer, Claim]:
    explainer = read_explainer(read_document(text, "", date(2024, 5, 15)))
    return explainer, explainer.claims[0]


def test_every_mark_lies_on_the_words_it_speaks_of() -> None:
    explainer, claim = only()
    found = explainer.explain(claim)
    assert found.is_found
    assert found.sentence == TEXT[slice(*claim.evidence)]
    assert all(mark.text == TEXT[mark.start : mark.end] for mark in found.marks)
    marked = {(mark.label, mark.detail): mark.text for mark in found.marks}
    assert marked["actor", "RUS supplier"] == "روسيا"
    assert marked["actor", "SYR recipient"] == "سوريا"
    assert marked["source", "government"] == "وزارة الدفاع الأردنية"
    assert marked["quantity", "24"] == "24"
    assert marked["trigger", "arms_transfer"] == "سلمت"


def test_every_field_has_its_reason_and_the_model_its_weights() -> None:
    explainer, claim = only()
    found = explainer.explain(claim)
    reasons = {reason.field: reason for reason in found.reasons}
    assert set(reasons) == {"kind", "supplier", "recipient", "attribution", "status", "item"}
    assert "«سلمت»" in reasons["kind"].reason and "tank" in reasons["kind"].reason
    assert "«روسيا»" in reasons["supplier"].reason and "stands as subject" in reasons["supplier"].reason
    assert reasons["status"].reason.startswith("status:occurred")
    assert reasons["attribution"].value == "وزارة الدفاع الأردنية (JOR, government)"
    assert "«أعلنت» (say)" in reasons["attribution"].reason
    assert reasons["item"].value == "24 tank"
    assert len(found.weights) > 1
    assert found.weights[0].name == NET


def test_the_words_that_make_it_uncertain_are_named() -> None:
    explainer, claim = only("ستسلم روسيا سوريا 24 دبابة، بحسب ما أعلنت وزارة الدفاع الأردنية.")
    reasons = {reason.field: reason.reason for reason in explainer.explain(claim).reasons}
    assert claim.status == "planned"
    assert "«ستسلم» (future_verb" in reasons["status"]


def test_a_claim_the_engine_would_not_find_is_still_shown_but_not_weighed() -> None:
    explainer, claim = only()
    found = explainer.explain(replace(claim, supplier="PER", rule_id="arms_transfer:other:past|source:outlet"))
    assert not found.is_found
    assert found.weights == ()
    assert {reason.field for reason in found.reasons} >= {"kind", "supplier", "status"}


def test_the_explainer_finds_what_the_engine_finds() -> None:
    from tasks.domain.claims.engine import extract_claims

    explainer, _ = only()
    assert explainer.claims == extract_claims(explainer.document, ())

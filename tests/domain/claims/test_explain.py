from __future__ import annotations

from datetime import date

from tasks.domain.arabic.document import read_document
from tasks.domain.claims.engine import extract_claims
from tasks.domain.claims.explain import explain

TEXT = "سلمت روسيا سوريا 24 دبابة، بحسب ما أعلنت وزارة الدفاع الأردنية."
DOCUMENT = read_document(TEXT, "", date(2024, 5, 15))


def test_every_mark_lies_on_the_words_it_speaks_of() -> None:
    claim = extract_claims(DOCUMENT, ())[0]
    found = explain(DOCUMENT, claim)
    marked = {(mark.label, mark.detail): TEXT[mark.start : mark.end] for mark in found.marks}
    assert found.sentence == TEXT[slice(*claim.evidence)]
    assert marked["actor", "RUS supplier"] == "روسيا"
    assert marked["actor", "SYR recipient"] == "سوريا"
    assert marked["source", "government"] == "وزارة الدفاع الأردنية"
    assert marked["quantity", "24.0..24.0"] == "24"


def test_every_field_has_its_reason_and_the_model_its_weights() -> None:
    claim = extract_claims(DOCUMENT, ())[0]
    found = explain(DOCUMENT, claim)
    reasons = {reason.field: reason for reason in found.reasons}
    assert {"kind", "supplier", "recipient", "attribution", "status", "item"} <= set(reasons)
    assert reasons["status"].reason.startswith("status:")
    assert reasons["attribution"].value == "وزارة الدفاع الأردنية (JOR, government)"
    assert len(found.weights) > 1

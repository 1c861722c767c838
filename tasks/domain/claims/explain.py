"""Why a claim is what it is: its sentence with marks, the rules behind each field, what weighed for and against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.domain.arabic.document import Document
from tasks.domain.claims.context import Scene
from tasks.domain.claims.engine import Reading, candidates_of, read_document_views, read_scenes
from tasks.domain.claims.frames import Candidate, claim_rows
from tasks.domain.claims.model import Model, packaged_model
from warehouse.records import Claim

STRONGEST = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked span of the article text; `label` is "trigger", "actor", "equipment", "quantity" or "source"."""

    start: int
    end: int
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One field of the claim, its value in words, and the rule or the words that gave it."""

    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Weight:
    """One property of the candidate in the linear model: above zero it spoke for the claim."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """`sentence` is the evidence, at `span` of the text; marks are in the order of the text."""

    sentence: str
    span: tuple[int, int]
    marks: tuple[Mark, ...]
    reasons: tuple[Reason, ...]
    weights: tuple[Weight, ...]


def explain(document: Document, claim: Claim, model: Model | None = None) -> Explanation:
    """Explain a claim that the engine found in this document; one it would not find now has no weights."""
    scenes = read_scenes(document, ())
    readings = read_document_views(document, scenes)
    inside = [r for r in readings if _overlaps(r.view.scene, claim)]
    marks = sorted(
        {mark for r in inside for mark in _marks(r, claim)}, key=lambda mark: (mark.start, mark.end, mark.label)
    )
    start, end = claim.evidence
    weights = tuple(_weights(inside, claim, model or packaged_model()))
    return Explanation(
        document.text[start:end], claim.evidence, tuple(marks), tuple(_reasons(document, claim)), weights
    )


def _overlaps(scene: Scene, claim: Claim) -> bool:
    return scene.sentence.start < claim.evidence[1] and scene.sentence.end > claim.evidence[0]


def _marks(reading: Reading, claim: Claim) -> Iterator[Mark]:
    scene = reading.view.scene
    wanted = {claim.supplier: "supplier", claim.recipient: "recipient"}
    wanted |= dict.fromkeys(claim.participants or (), "participant")
    if claim.trigger:
        yield Mark(*claim.trigger, "trigger", claim.kind)
    for party in reading.view.parties:
        for actor in party.ids:
            if actor in wanted:
                yield Mark(
                    scene.tokens[party.first].start, scene.tokens[party.last].end, "actor", f"{actor} {wanted[actor]}"
                )
    for match in scene.equipment:
        yield Mark(match.start, match.end, "equipment", match.category or match.role)
    for number in scene.numbers:
        yield Mark(number.start, number.end, "quantity", f"{number.low}..{number.high}")
    yield from _source_mark(scene, claim)


def _source_mark(scene: Scene, claim: Claim) -> Iterator[Mark]:
    if claim.attribution:
        at = scene.document.text.find(claim.attribution.name, scene.sentence.start, scene.sentence.end)
        if at >= 0:
            yield Mark(at, at + len(claim.attribution.name), "source", claim.attribution.type)


def _reasons(document: Document, claim: Claim) -> Iterator[Reason]:
    rules = claim.rule_id.split("|")
    trigger = document.text[slice(*claim.trigger)] if claim.trigger else ""
    yield Reason("kind", claim.kind, f"{rules[0]}: «{trigger}»")
    for field, value in (("supplier", claim.supplier), ("recipient", claim.recipient)):
        if value:
            yield Reason(field, value, rules[0])
    if claim.participants:
        yield Reason("participants", ", ".join(claim.participants), rules[0])
    source = claim.attribution
    said = f"{source.name} ({source.country or '?'}, {source.type})" if source else "the outlet itself"
    yield Reason("attribution", said, _rule(rules, "source:"))
    yield Reason("status", claim.status, _rule(rules, "echo:") or _rule(rules, "status:"))
    if claim.when:
        yield Reason("when", f"{claim.when.start} to {claim.when.end}", f"«{claim.when.text}»")
    for item in claim.items:
        yield Reason(
            "item", item.category, f"{item.designation or ''} {item.low}..{item.high} {item.unit or ''}".strip()
        )


def _rule(rules: Sequence[str], prefix: str) -> str:
    return next((rule for rule in rules if rule.startswith(prefix)), "")


def _weights(readings: Sequence[Reading], claim: Claim, model: Model) -> Iterator[Weight]:
    for reading in readings:
        best = next((c for c in candidates_of(reading, model) if _is_of(c, claim)), None)
        if best:
            names = claim_rows(reading.view, [best])[0]
            yield from (Weight(name, weight) for name, weight in model.claim.strongest(names, STRONGEST))
            return


def _is_of(candidate: Candidate, claim: Claim) -> bool:
    return candidate.kind == claim.kind and candidate.roles == (claim.supplier, claim.recipient, claim.participants)

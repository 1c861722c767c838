"""Why a claim is what it is: its sentence with marks, the rules behind each field, what weighed for and against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.domain.arabic.document import Document
from tasks.domain.arabic.numbers import find_numbers
from tasks.domain.claims.context import Frame, Lexicons, Scene
from tasks.domain.claims.engine import (
    Reading,
    claims_of,
    find_frames,
    ranked,
    read_document_views,
    read_scenes,
    with_confidence,
)
from tasks.domain.claims.explain_words import Reason, reasons_of
from tasks.domain.claims.frames import Candidate, claim_rows, said_again, select
from tasks.domain.claims.model import Model, packaged_model
from warehouse.records import Claim, Mention

STRONGEST = 8
NET = "the network's log-odds of the whole claim"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked span of the article text; `label` is "trigger", "actor", "equipment", "quantity", "time" or "source"."""

    start: int
    end: int
    text: str
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class Weight:
    """One property of the candidate in the linear model, or the network: above zero it spoke for the claim."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """`sentence` is the evidence, at `span` of the text; marks are in the order of the text.

    `is_found` is false where the engine would not find the claim in the text: then there is less to say of it.
    """

    sentence: str
    span: tuple[int, int]
    is_found: bool
    marks: tuple[Mark, ...]
    reasons: tuple[Reason, ...]
    weights: tuple[Weight, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a claim comes from: `of_anchor` are the candidates that its frame was made of, the likeliest first."""

    reading: Reading
    frame: Frame
    of_anchor: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Explainer:
    """One article read as the engine reads it, ready to explain its claims."""

    document: Document
    scenes: tuple[Scene, ...]
    readings: tuple[Reading, ...]
    scored: tuple[list[Candidate], ...]
    model: Model

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What the engine finds in the article."""
        return with_confidence(claims_of(self.readings, self.scenes, self.scored, self.model.threshold), self.model)

    def explain(self, claim: Claim) -> Explanation:
        """Explain a claim of this article."""
        inside = [scene for scene in self.scenes if _overlaps(scene, claim)]
        found = self._origin(claim)
        reading = found.reading if found else None
        marks = {mark for scene in inside for mark in _scene_marks(scene, claim)}
        marks |= set(_party_marks(reading, claim)) if reading else set()
        start, end = claim.evidence
        return Explanation(
            self.document.text[start:end],
            claim.evidence,
            found is not None,
            tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.label))),
            self._reasons(claim, found),
            tuple(_weights(found, self.model)) if found else (),
        )

    def _reasons(self, claim: Claim, found: _Found | None) -> tuple[Reason, ...]:
        if found is None:
            return tuple(reasons_of(claim, self.document))
        return tuple(
            reasons_of(claim, self.document, found.reading.view, found.frame, found.of_anchor[:1], self.scenes)
        )

    def _origin(self, claim: Claim) -> _Found | None:
        """The frame that gave the claim: the same kind and actors, if possible on the same words."""
        at = [i for i, reading in enumerate(self.readings) if _overlaps(reading.view.scene, claim)]
        options = [
            _Found(self.readings[i], frame, _parts(self.scored[i], chosen))
            for i in at
            for likeliest in select(self.scored[i], self.model.threshold)
            if _is_of(likeliest, claim)
            for chosen in (likeliest, *said_again([likeliest]))
            for frame in find_frames(self.readings[i], [chosen])
        ]
        return min(options, key=lambda o: _offsets(o.frame, o.reading.view.scene) != claim.trigger, default=None)


def read_explainer(
    document: Document,
    mentions: Sequence[Mention] = (),
    lexicons: Lexicons | None = None,
    model: Model | None = None,
) -> Explainer:
    """Read an article for explaining; the arguments are those of the engine."""
    known = model or packaged_model()
    scenes = read_scenes(document, mentions, lexicons)
    readings = read_document_views(document, scenes)
    return Explainer(document, scenes, readings, tuple(ranked(readings, known)), known)


def _overlaps(scene: Scene, claim: Claim) -> bool:
    return scene.sentence.start < claim.evidence[1] and scene.sentence.end > claim.evidence[0]


def _is_of(candidate: Candidate, claim: Claim) -> bool:
    return candidate.kind == claim.kind and candidate.roles == (claim.supplier, claim.recipient, claim.participants)


def _parts(scored: Sequence[Candidate], chosen: Candidate) -> tuple[Candidate, ...]:
    """The candidates of the same words that agree with the chosen one, which may unite several of them."""
    each = (one for c in scored for one in (c, *c.again))
    same = (c for c in each if c.anchor is chosen.anchor and c.kind == chosen.kind)
    if chosen.is_directed:
        return tuple(c for c in same if c.roles == chosen.roles)
    members = set(chosen.participants or ())
    return tuple(c for c in same if not c.is_directed and set(c.participants or ()) <= members)


def _offsets(frame: Frame, scene: Scene) -> tuple[int, int]:
    first, last = frame.trigger
    return scene.tokens[first].start, scene.tokens[last].end


def _scene_marks(scene: Scene, claim: Claim) -> Iterator[Mark]:
    text = scene.document.text
    if claim.trigger and scene.sentence.start <= claim.trigger[0] < scene.sentence.end:
        yield Mark(*claim.trigger, text[slice(*claim.trigger)], "trigger", claim.kind)
    for match in scene.equipment:
        yield Mark(
            match.start, match.end, text[match.start : match.end], "equipment", match.category or match.unit or ""
        )
    for number in find_numbers(scene.tokens):
        bounds = f"{_bound(number.low)} to {_bound(number.high)}" if number.low != number.high else _bound(number.low)
        yield Mark(number.start, number.end, text[number.start : number.end], "quantity", bounds)
    named: list[tuple[str, str, str]] = []
    named += [("source", claim.attribution.name, claim.attribution.type)] if claim.attribution else []
    named += [("time", claim.when.text, f"{claim.when.start} to {claim.when.end}")] if claim.when else []
    for label, words, detail in named:
        at = text.find(words, scene.sentence.start, scene.sentence.end)
        if at >= 0:
            yield Mark(at, at + len(words), words, label, detail)


def _bound(value: float | None) -> str:
    return "?" if value is None else f"{value:,.12g}"


def _party_marks(reading: Reading, claim: Claim) -> Iterator[Mark]:
    roles = {claim.supplier: "supplier", claim.recipient: "recipient"}
    roles |= dict.fromkeys(claim.participants or (), "participant")
    scene = reading.view.scene
    for party in reading.view.parties:
        start, end = scene.tokens[party.first].start, scene.tokens[party.last].end
        for actor in party.ids:
            if actor in roles:
                yield Mark(start, end, scene.document.text[start:end], "actor", f"{actor} {roles[actor]}")


def _weights(found: _Found, model: Model) -> Iterator[Weight]:
    for best in found.of_anchor[:1]:
        if model.net is not None:
            yield Weight(NET, round(best.net, 3))
        names = claim_rows(found.reading.view, [best])[0]
        yield from (Weight(name, weight) for name, weight in model.claim.strongest(names, STRONGEST))

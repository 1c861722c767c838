"""The reasons of a claim in English: which words of the sentence gave each field its value, by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.domain.arabic.document import Document
from tasks.domain.claims.actors import Party
from tasks.domain.claims.attribution import Attributed, attribute
from tasks.domain.claims.context import Frame, Scene
from tasks.domain.claims.features import View, theme_name
from tasks.domain.claims.frames import Candidate
from tasks.domain.claims.status_cues import find_cues
from tasks.domain.claims.status_zones import stretch
from warehouse.records import Claim, Item

_KINDS = {
    "named": "named in the sentence",
    "bare": "a body named without its state, taken for the state that the article speaks of most",
    "own": "a word such as «بلاده», for the actor that opens the sentence",
    "pair": "words such as «البلدان», for the actors before",
    "pronoun": "a pronoun, for an actor before",
    "context": "not in the sentence, remembered from what came before or from the title",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One field of the claim, its value in words, and the rule or the words that gave it."""

    field: str
    value: str
    reason: str


def reasons_of(
    claim: Claim,
    document: Document,
    view: View | None = None,
    frame: Frame | None = None,
    origin: Sequence[Candidate] = (),
    scenes: Sequence[Scene] = (),
) -> Iterator[Reason]:
    """The reasons of every field; with the view, frame and candidate it comes from they name the words, too."""
    rules = claim.rule_id.split("|")
    yield Reason("kind", claim.kind, _kind(claim, document, rules[0], origin))
    yield from _actors(claim, rules[0], view, origin)
    source = attribute(frame, view.scene, scenes) if frame and view else None
    yield Reason("status", claim.status, _status(rules, view, frame, source))
    yield Reason("attribution", _said(claim), _source(claim, rules, view, source))
    for item in claim.items:
        yield Reason("item", _item(item), "the equipment or money nearest to the trigger, in its own clause")
    if claim.when:
        span = " to ".join(dict.fromkeys(date or "open" for date in (claim.when.start, claim.when.end)))
        against = f", counted from {document.published}" if document.published else ""
        yield Reason("when", span, f"«{claim.when.text}», the time nearest to the trigger{against}")


def _kind(claim: Claim, document: Document, rule: str, origin: Sequence[Candidate]) -> str:
    _, name, form = [*rule.split(":"), "", ""][:3]
    words = document.text[slice(*claim.trigger)] if claim.trigger else ""
    things = dict.fromkeys(theme_name(theme) for c in origin for theme in c.anchor.themes[:2])
    about = f", with {' and '.join(things)} in reach" if things else ""
    return f"«{words}»: {'a word for' if form == 'theme' else f'{form} form of a verb of class'} {name}{about}"


def _actors(claim: Claim, rule: str, view: View | None, origin: Sequence[Candidate]) -> Iterator[Reason]:
    best = origin[0] if origin else None
    for field, value in (("supplier", claim.supplier), ("recipient", claim.recipient)):
        if value:
            at = ("supplier", "recipient").index(field)
            party = (best.left, best.right)[at] if best else None
            yield Reason(field, value, _party(view, best, party, at) if view and best and party else rule)
    for value in claim.participants or ():
        found = next(((p, i) for i, p in enumerate(_pair(best)) if p and value in p.ids), None)
        yield Reason("participant", value, _party(view, best, *found) if view and best and found else rule)


def _pair(best: Candidate | None) -> tuple[Party | None, ...]:
    return (best.left, best.right) if best else ()


def _party(view: View, best: Candidate, party: Party, at: int) -> str:
    tokens = view.scene.tokens
    words = " ".join(token.text for token in tokens[party.first : party.last + 1]) if party.first >= 0 else ""
    function = view.function(best.anchor, party) if party.first >= 0 else ""
    parts = (
        f"«{words}»" if words else "", _KINDS.get(party.kind, party.kind), f"stands as {function}" if function else "",
        f"odds of the role {best.odds[at]:.2f}",
    )  # fmt: skip
    return ", ".join(part for part in parts if part)


def _status(rules: Sequence[str], view: View | None, frame: Frame | None, source: Attributed | None) -> str:
    rule = _rule(rules, "echo:") or _rule(rules, "status:")
    signs = []
    for report in (source.report, source.own_act) if source and view else ():
        if report and view:
            signs.append(f"«{view.scene.tokens[report.cue].text}» ({'not ' if report.negated else ''}{report.act})")
    signs += list(_signs(view.scene, frame, source)) if view and frame else []
    return f"{rule}; signs: {', '.join(dict.fromkeys(signs))}" if signs else rule


def _signs(scene: Scene, frame: Frame, source: Attributed | None) -> Iterator[str]:
    """The words about the trigger that tell how certain it is, within what the source says."""
    first, end = stretch(scene, source.report if source else None, frame.trigger[0])
    for at, families in enumerate(find_cues(scene.tokens)):
        if families and first <= at < end:
            yield f"«{scene.tokens[at].text}» ({', '.join(sorted(families))})"


def _said(claim: Claim) -> str:
    source = claim.attribution
    return f"{source.name} ({source.country or '?'}, {source.type})" if source else "the outlet itself"


def _source(claim: Claim, rules: Sequence[str], view: View | None, source: Attributed | None) -> str:
    rule = _rule(rules, "echo:") or _rule(rules, "source:")
    if claim.attribution is None:
        return f"{rule}; no word of reporting with a source covers the claim"
    if source is None or source.report is None or view is None or claim.attribution != source.attribution:
        return rule
    report = source.report
    place = "behind" if report.is_backward else "before"
    cue = view.scene.tokens[report.cue].text
    resolved = report.speaker is not None and report.speaker.country is None and claim.attribution.country is not None
    country = "; the text leaves its state to be understood" if resolved else ""
    return f"{rule}; «{cue}» ({report.act}) stands {place} the claim and covers it{country}"


def _item(item: Item) -> str:
    low, high = ("" if value is None else f"{value:,.12g}" for value in (item.low, item.high))
    amount = low if low == high else f"{low or '..'} to {high or '..'}"
    parts = (amount, item.qualifier and f"({item.qualifier})", item.unit, item.category, item.designation)
    calibre = f"{item.calibre_mm:g} mm" if item.calibre_mm else None
    return " ".join(part for part in (*parts, calibre) if part)


def _rule(rules: Sequence[str], prefix: str) -> str:
    return next((rule for rule in rules if rule.startswith(prefix)), "")

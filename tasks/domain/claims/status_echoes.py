"""A second voice in the sentence of a claim: whoever denies there what another says ("..., وهو ما نفته طهران")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.domain.claims.attribution import find_reports, source_of
from tasks.domain.claims.attribution_cues import Report
from tasks.domain.claims.context import Frame, Scene
from warehouse.records import Claim

_DENIALS = frozenset(("deny", "doubt"))


def denials(frames: Sequence[Frame], claims: Sequence[Claim], scene: Scene, scenes: Sequence[Scene]) -> Iterator[Claim]:
    """The denied twins of claims, where a denial follows that no claim of the sentence stands in."""
    for report in find_reports(scenes)[scene.index] if frames else ():
        if not _is_denial(report) or _has_claim(report, frames):
            continue
        answered = [n for n, f in enumerate(frames) if f.trigger[0] < report.cue and claims[n].status != "denied"]
        if not answered:
            continue
        at = max(answered, key=lambda n: frames[n].trigger[0])
        source = source_of(report, frames[at], scene, scenes)
        if source is not None and source != claims[at].attribution:
            yield _denied(claims[at], replace(claims[at], attribution=source), report)


def _is_denial(report: Report) -> bool:
    return report.act in _DENIALS and not report.negated and report.speaker is not None


def _has_claim(report: Report, frames: Sequence[Frame]) -> bool:
    """A claim of the sentence is already the one denied."""
    return any(report.cue <= frame.trigger[0] <= report.last for frame in frames)


def _denied(claim: Claim, twin: Claim, report: Report) -> Claim:
    return replace(twin, status="denied", items=(), when=None, rule_id=f"{claim.rule_id}|echo:{report.rule}")

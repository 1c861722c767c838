"""From a frame to a claim: who says so, how certain it is, what moves and when."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.domain.claims.attribution import attribute, find_reports
from tasks.domain.claims.context import Frame, Scene
from tasks.domain.claims.dedupe import is_of_same
from tasks.domain.claims.focus import focused
from tasks.domain.claims.items import items_of
from tasks.domain.claims.status import status_of
from tasks.domain.claims.status_echoes import denials
from tasks.domain.claims.times import is_of_decision, when_of
from warehouse.records import Claim


def complete_all(
    frames: Sequence[Frame], scene: Scene, scenes: Sequence[Scene], again: Sequence[Frame] = ()
) -> list[Claim]:
    """The claims of one sentence, with the denials that answer them there.

    A frame of `again`, the same claim on other words, counts where another source gives it another status.
    """
    claims = [complete(frame, scene, scenes) for frame in frames]
    claims += list(denials(frames, claims, scene, scenes))
    for frame in again:
        other = complete(frame, scene, scenes)
        if all(_is_other_account(other, claim) for claim in claims if is_of_same(other, claim)):
            claims.append(other)
    return claims


def _is_other_account(claim: Claim, other: Claim) -> bool:
    return claim.status != other.status and claim.attribution != other.attribution


def complete(frame: Frame, scene: Scene, scenes: Sequence[Scene]) -> Claim:
    """Fill in source, status, items and time; `rule_id` names the rules of frame, source and status."""
    source = attribute(frame, scene, scenes)
    judged = focused(frame, scene, find_reports(scenes)[scene.index])
    status, status_rule = status_of(judged, scene, source.report, source.own_act)
    when = when_of(judged, scene, source.report)
    if is_of_decision(when, status, scene):
        when = None
    rules = "|".join((frame.rule_id, source.rule_id, status_rule))
    return Claim(
        frame.kind, frame.supplier, frame.recipient, frame.participants, status, source.attribution,
        items_of(judged, scene, scenes), when, frame.evidence, rules, frame.score,
        _offsets(frame, scene),
    )  # fmt: skip


def _offsets(frame: Frame, scene: Scene) -> tuple[int, int]:
    first, last = frame.trigger
    return scene.tokens[first].start, scene.tokens[last].end

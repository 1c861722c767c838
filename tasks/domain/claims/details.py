"""From a frame to a claim: who says so, how certain it is, what moves and when."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.domain.claims.context import Frame, Scene
from warehouse.records import Claim


def complete(frame: Frame, scene: Scene, scenes: Sequence[Scene]) -> Claim:
    return Claim(
        frame.kind, frame.supplier, frame.recipient, frame.participants, "occurred", None, (), None,
        frame.evidence, frame.rule_id, frame.score, _offsets(frame, scene),
    )  # fmt: skip


def _offsets(frame: Frame, scene: Scene) -> tuple[int, int]:
    first, last = frame.trigger
    return scene.tokens[first].start, scene.tokens[last].end

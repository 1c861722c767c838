"""Made-up sentences as scenes and frames: what the stages after the frames are tested on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tasks.domain.arabic.document import read_document
from tasks.domain.claims.context import Frame, Scene
from tasks.domain.claims.engine import read_scenes
from warehouse.records import DIRECTED_KINDS, Kind, Mention

PUBLISHED = date(2024, 5, 15)


def scenes_of(text: str, persons: Sequence[str] = (), title: str = "") -> tuple[Scene, ...]:
    """The scenes of a text in which the tagger is taken to have found the persons."""
    mentions = [
        Mention(at, at + len(name), name, "PERS")
        for name in persons
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    return read_scenes(read_document(text, title, PUBLISHED), mentions)


def frame_at(
    scenes: Sequence[Scene], trigger: str, kind: Kind = "arms_transfer", actors: tuple[str, str] = ("RUS", "SYR")
) -> tuple[Frame, Scene]:
    """A frame that hangs on the first token of the text that is written like `trigger`."""
    scene, at = next((s, i) for s in scenes for i, token in enumerate(s.tokens) if token.text == trigger)
    is_directed = kind in DIRECTED_KINDS
    supplier, recipient = actors if is_directed else (None, None)
    participants = None if is_directed else tuple(sorted(actors))
    evidence = (scene.sentence.start, scene.sentence.end)
    frame = Frame(kind, supplier, recipient, participants, at, at, (at, at), f"{kind}:test:verb", evidence)
    return frame, scene

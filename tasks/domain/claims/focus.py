"""The words that a frame should be judged by, where its trigger stands elsewhere in the sentence.

A frame may hang on a word that only names its source ("المستشار" in "أعلن المستشار أن قوات ستصل") or on a thing that an
earlier clause names for another reason. Who says it and how certain it is, is read where its actors stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.domain.claims.attribution_cues import Report, listed
from tasks.domain.claims.attribution_lines import COMMAS
from tasks.domain.claims.context import Frame, Scene


def focused(frame: Frame, scene: Scene, reports: Sequence[Report]) -> Frame:
    """The frame with its trigger moved, or as it is. Moving twice is moving once."""
    return _with_content(_with_parties(frame, scene), scene, reports)


def _moved(frame: Frame, trigger: tuple[int, int]) -> Frame:
    return replace(frame, trigger=trigger, first=min(frame.first, trigger[0]), last=max(frame.last, trigger[1]))


def _with_content(frame: Frame, scene: Scene, reports: Sequence[Report]) -> Frame:
    """From the phrase of a source to what it says."""
    for report in reports:
        speaker, content = report.speaker, report.content
        if speaker is None or content is None or report.is_backward or report.is_weak:
            continue
        if speaker.first <= frame.trigger[0] <= speaker.last:
            at = min(content + 1, len(scene.tokens) - 1)
            things = ((m.first, m.last) for m in scene.equipment if m.first > content)
            return _moved(frame, next(things, (at, at)))
    return frame


def _with_parties(frame: Frame, scene: Scene) -> Frame:
    """From a thing named in a clause without any of the actors to the same kind of thing beside most of them."""
    if not frame.rule_id.endswith(":theme") or not frame.parties:
        return frame
    parts = _parts(scene)
    homes = [parts[last] for _, last in frame.parties if last < len(parts)]
    if not homes or parts[frame.trigger[0]] in homes:
        return frame
    home = max(homes, key=homes.count)
    things = [(m.first, m.last) for m in scene.equipment if parts[m.first] == home]
    place = next((last, last) for _, last in frame.parties if parts[last] == home)
    return _moved(frame, things[0] if things else place)


def _parts(scene: Scene) -> list[int]:
    """The number of the part of the sentence that each token stands in; "؛", "، فيما", "، لكن" open one."""
    out, part = [], 0
    for at, token in enumerate(scene.tokens):
        turns = token.norm in listed("turns") and at > 0 and scene.tokens[at - 1].norm in COMMAS
        part += token.norm in ("؛", ";") or turns
        out.append(part)
    return out

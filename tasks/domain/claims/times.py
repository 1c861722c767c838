"""When the cooperation happens: the time nearest to the claim's own words, not to those of the statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from tasks.domain.arabic.dates import TimeSpan, find_dates
from tasks.domain.arabic.tokens import Token
from tasks.domain.claims.attribution_cues import Report
from tasks.domain.claims.context import Frame, Scene
from warehouse.records import Status, When

_STOPS = frozenset("،,؛;:.")
NEXT = 2
FARTHEST = 22
RECENT = timedelta(days=7)
DAY = len("2024-05-15")
BEFORE = 4
_UNTIL = ("حتى", "إلى", "الى", "لغاية")


def when_of(frame: Frame, scene: Scene, report: Report | None = None) -> When | None:
    """The time of a frame, None where its clause names none. `report` keeps the time of the statement apart."""
    text = scene.document.text
    start, end = scene.sentence.start, scene.sentence.end
    spans = [_shift(span, start) for span in _dates(text[start:end], scene.document.published)]
    own = [span for span in spans if not _is_of_statement(span, scene, report) and (span.first or span.last)]
    near = [(distance, span) for span in own if (distance := _distance(span, frame, scene)) <= FARTHEST]
    best = min(near, key=lambda pair: pair[0], default=(0.0, None))[1]
    return When(best.first, best.last, best.text) if best else None


@lru_cache(maxsize=64)
def _dates(sentence: str, published: date | None) -> tuple[TimeSpan, ...]:
    """The times of one sentence; several claims of it ask."""
    return find_dates(sentence, published)


def _shift(span: TimeSpan, by: int) -> TimeSpan:
    return TimeSpan(span.start + by, span.end + by, span.first, span.last, span.text)


def _token_at(scene: Scene, offset: int) -> int:
    return next((i for i, token in enumerate(scene.tokens) if token.end > offset), len(scene.tokens) - 1)


def _is_of_statement(span: TimeSpan, scene: Scene, report: Report | None) -> bool:
    """Before the reporting verb, or between it and its content, stands when it was said."""
    if report is None:
        return False
    at = _token_at(scene, span.start)
    if report.is_backward:
        return report.cue <= at
    opens = max(report.first, report.content or report.end + NEXT)
    return report.cue - BEFORE <= at < opens


def _distance(span: TimeSpan, frame: Frame, scene: Scene) -> float:
    """In words, with a toll for every clause between; what follows the trigger is nearer than what precedes it."""
    at = _token_at(scene, span.start)
    low, high = sorted((at, frame.trigger[0]))
    commas = sum(token.norm in _STOPS for token in _between(scene, low, high))
    return abs(at - frame.trigger[0]) * (1.0 if at > frame.trigger[0] else 1.3) + 5 * commas


def _between(scene: Scene, low: int, high: int) -> Sequence[Token]:
    return scene.tokens[low:high]


def is_ahead(when: When | None, scene: Scene) -> bool:
    """Whether a time lies wholly after the day of publication."""
    published = scene.document.published
    if when is None or published is None or when.start is None or when.text.startswith(_UNTIL):
        return False
    return when.start > published.isoformat()[: len(when.start)]


def is_of_decision(when: When | None, status: Status, scene: Scene) -> bool:
    """Whether a recent day is that of signing, asking or offering what is still to come."""
    published = scene.document.published
    if when is None or published is None or status not in ("planned", "sought", "possible"):
        return False
    if when.start is None or len(when.start) < DAY:
        return False
    return published - RECENT <= date.fromisoformat(when.start) <= published

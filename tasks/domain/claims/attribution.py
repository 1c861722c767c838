"""Who says so: the source that covers the words of a claim, as the annotation guideline wants it.

A sentence without a reporting cue is the outlet's own, whatever the sentence before said. Of several sources the one
nearest to the claim counts; a party's own request, offer or pledge yields to a source that reports it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tasks.domain.arabic.tokens import tokenise
from tasks.domain.claims.attribution_cues import Report
from tasks.domain.claims.attribution_lines import COMMAS, read_line
from tasks.domain.claims.attribution_memory import Memory
from tasks.domain.claims.attribution_nouns import introduced
from tasks.domain.claims.attribution_reports import read_reports
from tasks.domain.claims.attribution_speakers import Speaker
from tasks.domain.claims.context import Frame, Scene
from tasks.domain.claims.focus import focused
from warehouse.records import Attribution, SourceType

_OF_STATE: frozenset[SourceType] = frozenset(("government", "military", "intelligence", "analyst"))
ABOUT_IT = 9
_ANSWERS = frozenset(("deny", "doubt"))
_PLAIN = frozenset(("state", "capital", "seat", "place"))


@dataclass(frozen=True, slots=True)
class Attributed:
    """The source of a claim (None: the outlet itself), the report that names it, and why in one English line.

    `own_act` is the request, offer, pledge or refusal of a party that the claim stands in, whoever reports it.
    """

    attribution: Attribution | None
    report: Report | None
    rule_id: str
    reason: str
    own_act: Report | None = None


@dataclass(frozen=True, eq=False, slots=True)
class _Same:
    """Compares by identity, so that the reports of the article at hand are found once and not once per claim."""

    scenes: Sequence[Scene]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.scenes is self.scenes

    def __hash__(self) -> int:
        return id(self.scenes)


def find_reports(scenes: Sequence[Scene]) -> tuple[tuple[Report, ...], ...]:
    """The reports of every sentence of one article; the latest article is remembered."""
    return _reports_of(_Same(scenes))


@lru_cache(maxsize=1)
def _reports_of(article: _Same) -> tuple[tuple[Report, ...], ...]:
    memory = Memory()
    for speaker in introduced(read_line(_title(article.scenes))) if article.scenes else ():
        memory.learn(speaker)
    found = []
    for scene in article.scenes:
        line = read_line(scene)
        found.append(read_reports(line, memory))
        for speaker in introduced(line):
            memory.learn(memory.resolve(speaker))
    return tuple(found)


def _title(scenes: Sequence[Scene]) -> Scene:
    """The title as a scene of its own, for the sources it introduces ("تقرير أممي: ...")."""
    document = scenes[0].document
    tokens = tokenise(document.title)
    actors = scenes[0].lexicons.actors.match(tokens)
    return replace(scenes[0], tokens=tokens, actors=actors, equipment=(), mentions=())


def attribute(frame: Frame, scene: Scene, scenes: Sequence[Scene]) -> Attributed:
    """Name the source of a frame."""
    reports = find_reports(scenes)[scene.index]
    frame = focused(frame, scene, reports)
    report = covering_report(frame, reports)
    own_act = _nearest([r for r in reports if r.is_weak and r.covers(frame.trigger[0])], frame.trigger[0])
    source = source_of(report, frame, scene, scenes) if report else None
    if report is None or source is None:
        return Attributed(None, report, "source:outlet", "no reporting cue covers the claim", own_act)
    return Attributed(source, report, report.rule, f"{report.rule} names {source.name}", own_act)


def source_of(report: Report, frame: Frame, scene: Scene, scenes: Sequence[Scene]) -> Attribution | None:
    """The source that a report names for a frame, None where it names nobody that can be told."""
    if report.speaker is None or report.speaker.type is None:
        return None
    return _attribution(report.speaker, frame, scene, scenes)


def covering_report(frame: Frame, reports: Sequence[Report]) -> Report | None:
    """The report that the claim's trigger stands in: of those behind the words the nearest, else the nearest before.

    A paper named at the very end passes on what somebody else says and yields to him. A denial behind a claim
    ("وهو ما نفته") answers it and is not its source.
    """
    at = frame.trigger[0]
    covering = [r for r in reports if r.covers(at) or (r.cue <= at < r.first and not r.is_backward)]
    strong = [r for r in covering if not r.is_weak and not (r.is_backward and r.act in _ANSWERS)]
    behind = [r for r in strong if r.is_backward and r.cue > at]
    before = [r for r in strong if r.cue <= at]
    before = [r for r in before if r.speaker and r.speaker.type] or before
    chosen = _nearest([r for r in behind if not _is_paper(r)], at) or _nearest(before, at) or _nearest(behind, at)
    return chosen or _nearest([r for r in covering if r.is_weak], at) or _about_it(at, reports)


def _about_it(at: int, reports: Sequence[Report]) -> Report | None:
    """ "مساعدة صينية مجانية، قال الوزير إنها ستشمل": who goes on to speak of the thing just named."""
    return next((r for r in reports if r.is_about_it and at < r.cue <= at + ABOUT_IT), None)


def _is_paper(report: Report) -> bool:
    return report.speaker is not None and report.speaker.type == "media"


def _nearest(reports: Sequence[Report], at: int) -> Report | None:
    return min(reports, key=lambda r: abs(at - r.cue), default=None)


def _attribution(speaker: Speaker, frame: Frame, scene: Scene, scenes: Sequence[Scene]) -> Attribution:
    assert speaker.type is not None
    country = speaker.country or _home_country(speaker, frame, scene, scenes)
    return Attribution(speaker.name, country, speaker.type)


def _home_country(speaker: Speaker, frame: Frame, scene: Scene, scenes: Sequence[Scene]) -> str | None:
    """The state of a source named without one: where the sentence is set, else the claim's party that is at home.

    An outlet names its own state's bodies without an adjective; foreign ones it qualifies.
    """
    if (place := _setting(scene)) is not None and speaker.type != "media":
        return place
    if speaker.type == "armed_group":
        return _group_named(speaker, frame, scene, scenes)
    if speaker.type not in _OF_STATE or (speaker.type == "analyst" and not speaker.is_definite):
        return None
    guesses = (_party_at_home(speaker, frame, scenes), *_last_named(speaker, scene, scenes))
    votes = Counter(guess for guess in guesses if guess)
    return max(votes, key=lambda country: votes[country], default=None)


def _group_named(speaker: Speaker, frame: Frame, scene: Scene, scenes: Sequence[Scene]) -> str | None:
    """ "القيادي في الجماعة": the group of the claim that the article names most, else the last one named before."""
    counts = Counter(m.entry_id for other in scenes for m in other.actors if m.role == "armed_group" and m.entry_id)
    own = sorted(group for group in frame.actors if group in counts)
    if own:
        return max(own, key=lambda group: counts[group])
    before = [*(m for other in scenes[: scene.index] for m in other.actors), *scene.actors]
    named = [m.entry_id for m in before if m.role == "armed_group" and m.entry_id]
    return named[-1] if named else None


def _party_at_home(speaker: Speaker, frame: Frame, scenes: Sequence[Scene]) -> str | None:
    """The party of the claim that the article names most, for an unnamed person most without an adjective."""
    named = [match for other in scenes for match in other.actors if match.country]
    mentions = Counter(m.country for m in named if speaker.is_definite or m.role in _PLAIN)
    parties = sorted(actor for actor in frame.actors if any(m.country == actor for m in named))
    return max(parties, key=lambda actor: mentions[actor], default=None)


def _last_named(speaker: Speaker, scene: Scene, scenes: Sequence[Scene]) -> Sequence[str | None]:
    """The last and the first state named before the source: in its sentence, else in the nearest one before."""
    here = [match.country for match in scene.actors if match.country and match.last < speaker.first]
    earlier = ([m.country for m in other.actors if m.country] for other in reversed(scenes[: scene.index]))
    stretch = here or next((countries for countries in earlier if countries), [])
    return (stretch[-1], stretch[0]) if stretch else ()


def _setting(scene: Scene) -> str | None:
    """ "وفي موسكو، ...": the place that opens the sentence."""
    norms = [token.norm for token in scene.tokens[:5]]
    if not norms or norms[0].removeprefix("و") != "في":
        return None
    place = next((match for match in scene.actors if match.first == 1 and match.role in _PLAIN), None)
    closes = place is not None and place.last + 1 < len(scene.tokens) and scene.tokens[place.last + 1].norm in COMMAS
    return place.country if place and closes else None

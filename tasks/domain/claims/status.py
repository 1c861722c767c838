"""How certain a claim is: occurred, planned, sought, possible or denied.

The rules go from the strongest sign to the weakest; each looks at the words that govern the trigger in its own clause,
then at what the source does with the content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tasks.domain.claims.attribution_cues import Report
from tasks.domain.claims.context import Frame, Scene
from tasks.domain.claims.status_cues import find_cues
from tasks.domain.claims.status_zones import Zones, read_zones
from tasks.domain.claims.times import is_ahead, when_of
from warehouse.records import Kind, Status

NEAR_NEGATION = 3
_NEGATED_BY_NATURE = frozenset(("stop", "finish", "withdraw", "refusal", "failure"))
_BARGAINS: frozenset[Kind] = frozenset(("arms_transfer", "technology", "military_aid"))
_TALKS: frozenset[Kind] = frozenset(("consultation",))
_PACTS: frozenset[Kind] = frozenset(("agreement", "exercise", "consultation"))


@dataclass(frozen=True, slots=True)
class Case:
    """All that the rules of status look at."""

    frame: Frame
    acts: frozenset[str]
    zones: Zones
    is_ahead: bool

    @property
    def form(self) -> str:
        """How the trigger is written: past, present, noun, participle, theme, ..."""
        return self.frame.rule_id.split(":")[-1]

    def does(self, *acts: str) -> bool:
        """Whether the source, or a party by an act of its own, does one of these."""
        return not self.acts.isdisjoint(acts)


def status_of(frame: Frame, scene: Scene, report: Report | None, own_act: Report | None = None) -> tuple[Status, str]:
    """The status of a frame and the rule that gave it.

    `report` is the cue that covers the frame, `own_act` a party's request, offer or pledge that does.
    """
    zones = read_zones(frame, scene, report, find_cues(scene.tokens))
    acts = frozenset(_act(cue) for cue in (report, own_act) if cue is not None)
    case = Case(frame, acts, zones, is_ahead(when_of(frame, scene, report), scene))
    for status, name, rule in _RULES:
        if rule(case):
            return status, f"status:{status}:{name}"
    return "occurred", "status:occurred:plain"


def _act(report: Report) -> str:
    """What a cue does, "not_" before it where negated."""
    return f"not_{report.act}" if report.negated else report.act


def _source_denies(case: Case) -> bool:
    return case.does("deny", "refuse", "doubt")


def _is_negated(case: Case) -> bool:
    """A negation right before the trigger, or of the verb whose subject the trigger is."""
    return case.zones.negated_before(NEAR_NEGATION) or case.zones.negated_after()


def _is_ended(case: Case) -> bool:
    return case.zones.has(_NEGATED_BY_NATURE, "at", "near", "left") or (
        case.frame.trigger[0] == case.frame.trigger[1] and case.zones.has(_NEGATED_BY_NATURE, "next")
    )


def _is_denied_in_words(case: Case) -> bool:
    return case.zones.has(("denial", "absence"), "near", "left")


def _is_called_untrue(case: Case) -> bool:
    return case.zones.has(("untrue",), "near", "left", "right", "rest")


def _is_undone(case: Case) -> bool:
    """A deal that the sentence goes on to take back."""
    is_deal = case.zones.has(("contract", "accord", "approval"), "at", "near", "left", "right")
    return is_deal and case.zones.has(("undone",), "rest") and not case.zones.has(("begun",), "rest")


def _has_withdrawn(case: Case) -> bool:
    """ "الجنود الذين استضافتهم نيامي ... قد غادرت": the force named by the trigger leaves in the same stretch."""
    is_asked = case.does("ask") or case.zones.has(("request",), "at")
    return case.frame.kind == "deployment" and not is_asked and case.zones.has(("withdraw",), "right", "rest")


def _is_accused(case: Case) -> bool:
    return case.does("accuse")


def _is_offered(case: Case) -> bool:
    return case.zones.has(("offer",), "at", "near", "left")


def _is_accord(case: Case) -> bool:
    if case.zones.has(("agreed",), "gov") and case.form in ("noun", "theme"):
        return case.frame.kind != "agreement"
    return case.frame.kind not in _PACTS and case.zones.has(("accord",), "at", "near", "left")


def _source_guesses(case: Case) -> bool:
    return case.does("guess", "fear", "not_doubt", "not_deny") or case.zones.has(("doubt",), "intro")


def _is_modal(case: Case) -> bool:
    return case.zones.has(("may", "modal", "doubt"), "at", "near", "left")


def _is_conditional(case: Case) -> bool:
    return case.zones.has(("condition", "question"), "near", "left", "right")


def _is_resolved(case: Case) -> bool:
    return case.zones.has(("resolve",), "near", "left")


def _is_study(case: Case) -> bool:
    return case.zones.has(("study",), "at", "near")


def _source_asks(case: Case) -> bool:
    return case.does("ask", "offer", "want") and case.form != "past"


def _is_asked(case: Case) -> bool:
    return case.zones.has(("request",), "at", "near", "left")


def _is_negotiated(case: Case) -> bool:
    return case.frame.kind not in _TALKS and case.zones.has(("negotiation",), "at", "near", "left")


def _is_done(case: Case) -> bool:
    """A plain perfect of delivery or beginning at the trigger itself, not under a future sign.

    A contract or a thing is delivered by a perfect before it ("تسلمت الدفعة الأولى من الصفقة").
    """
    is_ahead = case.zones.has(("future_verb", "future"), "at", "near", "left")
    is_delivered = case.form == "theme" and case.zones.has(("delivered",), "near", "left")
    return not is_ahead and (is_delivered or case.zones.has(("delivery", "begun"), "at"))


def _is_future(case: Case) -> bool:
    """A future sign before the trigger, or of the verb whose subject the trigger is ("تدريبهم سيستغرق")."""
    is_noun = case.form in ("noun", "theme")
    ahead = ("at", "near", "left", "right") if is_noun else ("at", "near", "left")
    return (
        case.zones.has(("future_verb",), *ahead)
        or (case.form == "theme" and case.zones.has(("future_verb", "future"), "gov"))
        or case.zones.has(("future",), "at", "near", "left")
        or (is_noun and case.zones.has(("due",), "next", "right"))
        or case.does("pledge", "expect")
    )


def _is_agreed(case: Case) -> bool:
    return case.frame.kind != "agreement" and case.zones.has(("approval", "pledge"), "at", "near", "left")


def _is_contracted(case: Case) -> bool:
    wide = ("at", "near", "left", "right", "gov") if case.form == "theme" else ("at", "near", "left", "right")
    return case.frame.kind in _BARGAINS and case.zones.has(("contract",), *wide)


def _is_ahead(case: Case) -> bool:
    """A time to come, unless the clause says that it is so already ("حاليا")."""
    return case.is_ahead and not case.zones.has(("now",), "near", "left", "next", "right")


_RULES: tuple[tuple[Status, str, Callable[[Case], bool]], ...] = (
    ("denied", "source", _source_denies),
    ("denied", "negation", _is_negated),
    ("denied", "ended", _is_ended),
    ("denied", "words", _is_denied_in_words),
    ("denied", "untrue", _is_called_untrue),
    ("denied", "withdrawn", _has_withdrawn),
    ("denied", "undone", _is_undone),
    ("possible", "source", _source_guesses),
    ("possible", "modal", _is_modal),
    ("sought", "offer", _is_offered),
    ("planned", "resolve", _is_resolved),
    ("possible", "condition", _is_conditional),
    ("possible", "study", _is_study),
    ("sought", "request", _is_asked),
    ("sought", "negotiation", _is_negotiated),
    ("sought", "source", _source_asks),
    ("planned", "future", _is_future),
    ("planned", "agreed", _is_agreed),
    ("occurred", "done", _is_done),
    ("occurred", "accused", _is_accused),
    ("planned", "accord", _is_accord),
    ("planned", "contract", _is_contracted),
    ("planned", "date", _is_ahead),
)


def rule_names() -> Iterator[str]:
    """Every rule that status can name."""
    yield from (f"status:{status}:{name}" for status, name, _ in _RULES)
    yield "status:occurred:plain"

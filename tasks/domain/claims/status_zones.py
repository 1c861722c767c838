"""The words around a trigger by how they stand to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tasks.domain.claims.attribution_cues import Report, listed
from tasks.domain.claims.context import Frame, Scene

NEAR = 4
LEFT = 16
RIGHT = 9
INSERTION = 7
PHRASE = 13
NEGATED_RIGHT = 6
FAR_NEGATION = 8
EXCEPTION = 7
_SOURCES = frozenset(("بحسب", "حسب", "وفق", "وفقا", "حسبما", "نقلا"))
_ELLIPSES = frozenset(("ومع", "والي", "وعلي"))
_STOPS = frozenset("،,؛;:.")
_QUOTES = frozenset('«»“”"')
_TRANSPARENT = _QUOTES | frozenset("()")


@dataclass(frozen=True, slots=True)
class Zones:
    """Token ranges of a sentence: `at` the trigger, `near` up to four words before it in the clause, `left` nine
    more, `next` the word behind it, `right` the clause behind it, `gov` what the source says before
    that, `rest` what it says behind it."""

    cues: tuple[frozenset[str], ...]
    spans: Mapping[str, range]

    def has(self, families: Collection[str], *zones: str) -> bool:
        """Whether a word of one of the families stands in one of the zones."""
        return any(not self.cues[at].isdisjoint(families) for zone in zones for at in self.spans[zone])

    def negated_before(self, reach: int) -> bool:
        """Whether a negation within `reach` words before the trigger, in its clause, negates it."""
        clause = [*self.spans["left"], *self.spans["near"]]
        if any(self._negates(at) for at in clause[-reach:]):
            return True
        verbal = [at for at in clause[-FAR_NEGATION:] if "negated_verb" in self.cues[at]]
        return bool(verbal) and self._negates(verbal[-1]) and not self._opens(verbal[-1], clause[-1])

    def _opens(self, first: int, last: int) -> bool:
        """Whether a clause of its own opens between two tokens."""
        return any(not self.cues[at].isdisjoint(("opener", "condition")) for at in range(first + 1, last + 1))

    def negated_after(self) -> bool:
        """Whether the clause goes on with a negated verb, of which the trigger is the subject."""
        right = list(self.spans["right"])[:NEGATED_RIGHT]
        return any("negated_verb" in self.cues[at] and self._negates(at) for at in right)

    def _negates(self, at: int) -> bool:
        after = self.cues[at + 1] if at + 1 < len(self.cues) else frozenset()
        is_unless = at > 0 and "condition" in self.cues[at - 1]
        is_only = any("except" in cues for cues in self.cues[at : at + EXCEPTION])
        return "negation" in self.cues[at] and not is_unless and not is_only and after.isdisjoint(("idle", "doubt"))


def read_zones(frame: Frame, scene: Scene, report: Report | None, cues: Sequence[frozenset[str]]) -> Zones:
    """Divide the sentence about the trigger of a frame."""
    first, last = frame.trigger
    begin, end = stretch(scene, report, first)
    clause = _clause_start(scene, first, begin)
    close = _clause_end(scene, last, end)
    near = max(clause, first - NEAR)
    spans = {
        "at": range(first, last + 1),
        "near": range(near, first),
        "left": range(max(clause, near - LEFT), near),
        "next": range(last + 1, min(last + 2, close)),
        "right": range(last + 1, close),
        "gov": range(begin, max(clause, near - LEFT)),
        "intro": _intro(report, first),
        "rest": range(close, end),
    }
    return Zones(tuple(cues), spans)


def _intro(report: Report | None, trigger: int) -> range:
    """Between a source and what it says: "نقلت عن ضابط خشيته من أن"."""
    if report is None or report.is_backward or report.first > trigger:
        return range(0)
    return range(report.end + 1, report.first)


def stretch(scene: Scene, report: Report | None, trigger: int) -> tuple[int, int]:
    """The tokens that the source speaks, or the whole sentence."""
    if report is None or report.is_backward or report.is_weak or report.first > trigger:
        return 0, len(scene.tokens)
    return report.first, min(report.last + 1, len(scene.tokens))


def _clause_start(scene: Scene, trigger: int, begin: int) -> int:
    """The first token of the clause; a short insertion between commas ("، أمس الاثنين،") does not end it."""
    at = trigger
    while at > begin:
        if scene.tokens[at - 1].norm in _STOPS:
            opened = _insertion(scene, at - 1, begin)
            if opened is None and not _goes_on(scene, at):
                break
            at = at - 1 if opened is None else opened
        else:
            at -= 1
    return at


def _goes_on(scene: Scene, at: int) -> bool:
    """ "محادثات مع كانبيرا حول دوريات، ومع طوكيو حول اتفاق": the verb before the comma governs on."""
    return scene.tokens[at - 1].norm in ("،", ",") and scene.tokens[at].norm in _ELLIPSES


def _insertion(scene: Scene, close: int, begin: int) -> int | None:
    """The comma that opens the insertion which the comma at `close` ends."""
    reach = range(close - 2, max(begin, close - PHRASE) - 1, -1)
    opened = next((i for i in reach if scene.tokens[i].norm in _STOPS), None)
    if opened is None or opened <= begin or scene.tokens[opened + 1].norm[:1] == "و":
        return None
    is_phrase = scene.tokens[opened + 1].norm in listed("openers") or scene.tokens[opened + 1].norm in _SOURCES
    return opened if is_phrase or close - opened <= INSERTION else None


def _clause_end(scene: Scene, last: int, end: int) -> int:
    at = last + 1
    while at < end and scene.tokens[at].norm not in _STOPS and at - last <= RIGHT:
        at += 1
    return min(at, end)

"""One reporting cue of a sentence and what it covers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tasks.domain.arabic.normalise import fold
from tasks.domain.claims.attribution_lines import COMMAS, Line
from tasks.domain.claims.attribution_speakers import Speaker
from tasks.domain.claims.attribution_words import load_table


@dataclass(frozen=True, slots=True)
class Report:
    """A cue at token `cue`, its source ending at `end`; it covers the tokens `first` to `last`.

    `content` is where أن or the quotation opens;
    `is_about_it` marks one that speaks of what stands before it ("زوارق قال إنها وصلت");
    `is_backward` cues stand behind what they report; `is_weak` ones are a party's own act (a request, a pledge).
    """

    cue: int
    end: int
    act: str
    negated: bool
    speaker: Speaker | None
    first: int
    last: int
    is_backward: bool
    is_weak: bool
    rule: str
    content: int | None = None
    is_about_it: bool = False

    def covers(self, token: int) -> bool:
        return self.first <= token <= self.last


@lru_cache(maxsize=64)
def listed(key: str) -> frozenset[str]:
    """A folded word list of the reporting file."""
    return frozenset(fold(word) for word in load_table("reporting")[key])


def turn_before(line: Line, index: int) -> int:
    """The token after the last turn to a new clause before this one; "but" turns within what one source says."""
    for at in range(index - 1, 0, -1):
        if line.norm(at) in ("؛", ";") or (line.norm(at) in listed("turns") and line.norm(at - 1) in COMMAS):
            if line.norm(at) in listed("but") and not any(
                v and v.act not in listed("weak_acts") for v in line.verbs[:at]
            ):
                continue
            return at
    return 0

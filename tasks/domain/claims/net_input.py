"""What the network reads: every token of a sentence as named properties, and where its actors stand.

Actors go by their role, never by their name, so that what is learned of one holds for all. Before the tokens stand a
place for "nobody" and one for each actor remembered from earlier sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tasks.domain.arabic.numbers import find_numbers
from tasks.domain.claims.actors import Party
from tasks.domain.claims.features import View, prepositions, tier, word_set
from tasks.domain.claims.triggers import Trigger, split_clitics

PARTIES = 16
_PLAIN = frozenset('،.؛:"«»()-')
_OPENING, _CLOSING = "«“", "»”"


@dataclass(frozen=True, slots=True)
class Marked:
    """One sentence. `words` is "" where a place has no word of its own: actors, "nobody", remembered actors.

    `names` are the properties of each place. `parties` are the actors (None for nobody) with their places.
    """

    words: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    parties: tuple[tuple[str | None, int], ...]


def mark(view: View, parties: Sequence[Party]) -> Marked:
    """Read a sentence; `parties` includes the remembered ones, whose `first` is negative."""
    remembered = [party for party in parties if party.first < 0]
    ahead = 1 + len(remembered)
    places: list[tuple[str | None, int]] = [(None, 0), *((p.ids[0], 1 + n) for n, p in enumerate(remembered))]
    places += [(actor, ahead + p.first) for p in view.parties for actor in p.ids]
    names = [("null",), *(tuple(_remembered(view, p, n)) for n, p in enumerate(remembered)), *_of_tokens(view)]
    hidden = {i for match in view.scene.actors for i in range(match.first, match.last + 1)}
    words = ["" if i in hidden else token.norm for i, token in enumerate(view.scene.tokens)]
    return Marked((*[""] * ahead, *words), tuple(names), tuple(places[:PARTIES]))


def _remembered(view: View, party: Party, rank: int) -> Iterator[str]:
    yield from ("ctx", f"ctx:{rank}", f"tier:{tier(party)}")
    yield f"ctxcount:{min(6, max(view.counts.get(i, 0) for i in party.ids))}"
    if any(i in view.title_ids for i in party.ids):
        yield "ctxtitle"
    if any(i in view.previous_ids for i in party.ids):
        yield "ctxprev"


def _of_tokens(view: View) -> list[tuple[str, ...]]:
    scene = view.scene
    out: list[list[str]] = [[] for _ in scene.tokens]
    for trigger in view.triggers:
        _mark_trigger(out, trigger)
    for match in scene.equipment:
        for i in range(match.first, match.last + 1):
            out[i] += (f"eq:{match.category}", "eq")
    for number in find_numbers(scene.tokens):
        for i in range(number.first, number.last + 1):
            out[i].append("num")
    _mark_actors(out, view)
    quoted = _quoted([token.text for token in scene.tokens])
    for names, token, inside in zip(out, scene.tokens, quoted, strict=True):
        names += _shape(token.norm) if token.is_word else _sign(token.norm, token.text)
        if inside:
            names.append("quoted")
    return [tuple(names) for names in out]


def _mark_actors(out: list[list[str]], view: View) -> None:
    for match in view.scene.actors:
        for i in range(match.first, match.last + 1):
            out[i] += (f"act:{match.role}", "act:B" if i == match.first else "act:I")
    for party in view.parties:
        prep = prepositions().get(party.prep, "none")
        out[party.first] += (f"p:{party.kind}", f"ph:{party.head}", f"pp:{prep}", f"tier:{tier(party)}")


def _mark_trigger(out: list[list[str]], trigger: Trigger) -> None:
    for i in range(trigger.first, trigger.last + 1):
        for tag in trigger.tags:
            out[i] += (f"{tag.group}:{tag.name}", f"form:{tag.form}", *(f"k:{kind}" for kind in tag.kinds))
        out[i].append("trig:B" if i == trigger.first else "trig:I")
        if trigger.has_pronoun:
            out[i].append("trig:pron")


@lru_cache(maxsize=65536)
def _shape(norm: str) -> tuple[str, ...]:
    ends = (f"pre1:{norm[:1]}", f"pre2:{norm[:2]}", f"suf1:{norm[-1:]}", f"suf2:{norm[-2:]}")
    return (*_sets(norm), *ends)


@lru_cache(maxsize=1024)
def _sign(norm: str, text: str) -> tuple[str, ...]:
    return (*_sets(norm), f"punct:{text if text in _PLAIN else 'o'}")


def _sets(norm: str) -> Iterator[str]:
    for name in ("saying", "negative", "complement"):
        if norm in word_set(name) or norm[1:] in word_set(name):
            yield name
    if norm in prepositions():
        yield f"prep:{prepositions()[norm]}"


def _quoted(texts: Sequence[str]) -> Iterator[bool]:
    """Whether each token stands in quotation marks, the opening mark included."""
    inside = False
    for text in texts:
        if text in _OPENING:
            inside = True
        yield inside
        if text in _CLOSING:
            inside = False
        elif text == '"':
            inside = not inside


@lru_cache(maxsize=65536)
def without_conjunction(norm: str) -> str:
    """The word without a leading "and" or "so"."""
    clitics = split_clitics(norm)
    return clitics[1][1] if len(clitics) > 1 and norm[0] in "وف" else norm

"""What stands between two places of a sentence, as a row of landmarks: verbs, prepositions, conjunctions, actors.

Without a parser, the row between an actor and a verb is the nearest thing to the path between them in a syntax tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from tasks.domain.arabic.tokens import Token
from tasks.domain.claims.actors import Party
from tasks.domain.claims.context import Scene
from tasks.domain.claims.triggers import Trigger, bare_forms, split_clitics

NOTHING = ""
OTHER = "x"
LONG = 7
_FINITE = ("past", "present", "extra")
_SEPARATORS = frozenset("،؛,;:")


def landmarks(
    scene: Scene,
    triggers: Sequence[Trigger],
    parties: Sequence[Party],
    words: Mapping[str, Set[str]],
    prepositions: Mapping[str, str],
) -> tuple[str, ...]:
    """One name per token: "" for what never matters, "x" for any other word.

    `words` are the sets named "saying", "complement" and "negative".
    """
    out = [_plain(token, words, prepositions) for token in scene.tokens]
    for match in scene.equipment:
        out[match.first : match.last + 1] = ["E", *[NOTHING] * (match.last - match.first)]
    for trigger in triggers:
        out[trigger.first] = _of_trigger(trigger) or out[trigger.first]
    for party in parties:
        if party.first >= 0:
            out[party.first] = "A"
    return tuple(out)


def _of_trigger(trigger: Trigger) -> str:
    verbs = trigger.named("verb")
    if verbs:
        return f"{verbs[0].name}.{'f' if verbs[0].form in _FINITE else 'n'}"
    themes = trigger.named("theme")
    return f"t:{themes[0].name}" if themes else ""


def _plain(token: Token, words: Mapping[str, Set[str]], prepositions: Mapping[str, str]) -> str:
    norm = token.norm
    if not token.is_word:
        return "," if token.text in _SEPARATORS else NOTHING
    if norm[:1].isdigit():
        return NOTHING
    for name, short in (("saying", "say"), ("complement", "that"), ("negative", "neg")):
        if norm in words[name] or norm[1:] in words[name]:
            return short
    if norm in prepositions:
        return prepositions[norm]
    return "w" if norm[0] == "و" and len(norm) > 3 else OTHER


def path(marks: Sequence[str], left: int, right: int) -> tuple[str, ...]:
    """The landmarks strictly between two tokens, from `left` on; a run of other words is one. `right` may be before."""
    between = marks[left + 1 : right] if left < right else marks[left - 1 : right : -1]
    out: list[str] = []
    for mark in between:
        if mark and not (mark == OTHER and out and out[-1] == OTHER):
            out.append(mark)
    return tuple(out)


def route_names(route: Sequence[str], side: str, anchor: str, form: str, prep: str) -> Iterator[str]:
    """How a party is reached from its anchor."""
    bare = [mark for mark in route if mark != OTHER]
    yield f"path{side}{'|'.join(route)}" if len(route) <= LONG else f"path{side}long"
    yield f"pathn{side}{'|'.join(bare[:5])}{'…' if len(bare) > 5 else ''}"
    yield f"pathn{side}{anchor}/{form}/{'|'.join(bare[:4])}"
    yield f"pathe{side}{'|'.join(bare[-3:])}/{prep}"
    for mark in dict.fromkeys(bare):
        yield f"via{side}{mark}"
        yield f"via{side}{mark}/{anchor}"


def pair_route_names(route: Sequence[str], order: str, claim: str) -> Iterator[str]:
    """What stands between the two parties of a claim; `order` says whose role comes first."""
    bare = [mark for mark in route if mark != OTHER]
    yield f"{claim}/{order}/{'|'.join(bare[:5])}"
    yield f"{order}/{'|'.join(bare[:4])}"
    for mark in dict.fromkeys(bare):
        yield f"{claim}/{order}/via={mark}"


def plain_words(scene: Scene) -> tuple[str, ...]:
    """The bare form of every word that is neither an actor nor a figure, "" for the other tokens."""
    named = {i for match in scene.actors for i in range(match.first, match.last + 1)}
    return tuple(
        _bare(token.norm) if token.is_word and i not in named and not token.norm[:1].isdigit() else ""
        for i, token in enumerate(scene.tokens)
    )


def _bare(norm: str) -> str:
    word = split_clitics(norm)[1][1] if norm[0] in "وف" and len(norm) > 4 else norm
    return min(bare_forms(word), key=len)

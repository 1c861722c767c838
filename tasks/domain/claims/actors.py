"""Parties: every mention of an actor in a sentence, named or pointed at, with the grammar around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tasks.domain.arabic.normalise import fold
from tasks.domain.arabic.tokens import Token
from tasks.domain.claims.context import Scene
from tasks.domain.claims.triggers import Trigger, bare_forms, read_data, split_clitics
from tasks.domain.lexicon import Match

PREPOSITIONS = frozenset(
    fold(word)
    for word in (
        "إلى", "من", "مع", "بين", "في", "على", "عن", "ضد", "لدى", "عبر", "نحو", "حول", "قبل", "لصالح", "باتجاه", "داخل",
        "قرب", "لحساب", "بحوزة", "حسب", "وفق", "بحسب", "وفقا", "لمصلحة", "أيدي", "يد", "تجاه", "فوق", "قبالة", "جانب",
    )
)  # fmt: skip
WALK_BACK = 5
_SUFFIXED = frozenset(("give", "get", "offer", "back", "train"))


@dataclass(frozen=True, slots=True)
class Party:
    """One mention. `ids` has several members for "the two countries"; `prep` governs its noun phrase, `head` opens it.

    `first` is the token of the actor itself, `phrase` that of its noun phrase. `group` numbers coordinated mentions.
    """

    ids: tuple[str, ...]
    role: str
    first: int
    last: int
    phrase: int
    prep: str = ""
    head: str = ""
    head_theme: str = ""
    group: int = 0
    kind: str = "named"


def find_parties(
    scene: Scene, found: Sequence[Trigger], memory: Sequence[str], home: str | None = None
) -> tuple[Party, ...]:
    """Every party of the sentence in order; `memory` lists the actors of what came before, the latest first.

    `home` is the state the article speaks of most: a bare "the army" or "the ministry" is taken for its own.
    """
    by_token = {trigger.first: trigger for trigger in found}
    named = [_place(scene.tokens, match, by_token) for match in scene.actors if _actor_id(match)]
    bare = [_bare(scene.tokens, match, by_token, home) for match in scene.actors if _is_bare(match)] if home else []
    named = sorted([*named, *(party for party in bare if party.ids)], key=lambda party: party.first)
    pointed = [*_pointed(scene.tokens, named, memory), *_suffixed(scene.tokens, found, named, memory)]
    ordered = sorted(named + pointed, key=lambda party: party.first)
    return tuple(_grouped(scene.tokens, _merged(scene.tokens, ordered), by_token))


def _actor_id(match: Match) -> str:
    if match.role == "media":
        return ""
    return match.entry_id if match.role != "company" else (match.country or "")


def _is_bare(match: Match) -> bool:
    return not match.entry_id and match.role in ("ministry", "army", "body", "leader")


def _bare(tokens: Sequence[Token], match: Match, by_token: Mapping[int, Trigger], home: str | None) -> Party:
    phrase, prep, head, theme = _walk_back(tokens, match, by_token)
    ids = (home,) if home else ()
    return Party(ids, match.role, match.first, match.last, phrase, prep, head, theme, kind="bare")


def _suffixed(
    tokens: Sequence[Token], found: Sequence[Trigger], named: Sequence[Party], memory: Sequence[str]
) -> Iterator[Party]:
    """Pronouns on verbs that move something ("supplied her") and on prepositions, for the actor before the nearest.

    The nearest is as a rule the subject of the verb itself, and a subject is not its own object.
    """
    places = {t.first: "" for t in found if t.has_pronoun and any(tag.name in _SUFFIXED for tag in t.named("verb"))}
    places |= {i: _pronouns()[t.norm] for i, t in enumerate(tokens) if t.norm in _pronouns()}
    for index, prep in places.items():
        earlier = _recent([i for p in reversed(named) if p.first < index for i in p.ids], memory)
        if earlier:
            yield Party((earlier[min(1, len(earlier) - 1)],), "pronoun", index, index, index, prep, kind="pronoun")


def _place(tokens: Sequence[Token], match: Match, by_token: Mapping[int, Trigger]) -> Party:
    phrase, prep, head, theme = _walk_back(tokens, match, by_token)
    return Party((_actor_id(match),), match.role, match.first, match.last, phrase, prep, head, theme)


def _walk_back(tokens: Sequence[Token], match: Match, by_token: Mapping[int, Trigger]) -> tuple[int, str, str, str]:
    """Find where the noun phrase of the actor starts: up to its preposition, a verb, punctuation or another clause."""
    clitic = match.proclitic[-1:] if match.proclitic[-1:] in tuple("بلك") else ""
    phrase, prep, head, theme = match.first, clitic, "", ""
    index = match.first - 1
    while not prep and index >= max(0, match.first - WALK_BACK):
        token = tokens[index]
        if not token.is_word:
            if token.text in '«»"“”()':
                index -= 1
                continue
            break
        if token.norm in PREPOSITIONS or token.norm.lstrip("وف") in PREPOSITIONS:
            return phrase, token.norm, head, theme
        trigger = by_token.get(index)
        if trigger and _is_verb(trigger):
            break
        prep, noun = _clitic_of(token, trigger)
        head = noun or head
        theme = _theme_of(trigger) or theme
        phrase = index
        index -= 1
    return phrase, prep, head, theme


def _is_verb(trigger: Trigger) -> bool:
    return all(tag.group == "verb" for tag in trigger.tags)


def _theme_of(trigger: Trigger | None) -> str:
    return next((tag.name for tag in trigger.tags if tag.group == "theme"), "") if trigger else ""


def _clitic_of(token: Token, trigger: Trigger | None) -> tuple[str, str]:
    heads = _heads()
    for proclitic, rest in split_clitics(token.norm):
        for bare in bare_forms(rest):
            if bare in heads:
                return (proclitic if proclitic in tuple("بلك") else ""), heads[bare]
    if trigger and trigger.proclitic in tuple("بلك"):
        return trigger.proclitic, ""
    return ("ل" if token.norm.startswith("لل") else ""), ""


@cache
def _heads() -> Mapping[str, str]:
    table = read_data("anaphora.toml")["heads"]
    return {fold(word): name for name, words in table.items() for word in words}


@cache
def _anaphora() -> Mapping[str, str]:
    data = read_data("anaphora.toml")
    lists = {"own": data["own"], "pair": data["pair"], "many": data["counted"]["many"]}
    return {fold(word): name for name, words in lists.items() for word in words}


@cache
def _pronouns() -> Mapping[str, str]:
    table = read_data("anaphora.toml")["pronouns"]
    return {fold(word): name for name, words in table.items() for word in words}


def _pointed(tokens: Sequence[Token], named: Sequence[Party], memory: Sequence[str]) -> Iterator[Party]:
    words = _anaphora()
    for index, token in enumerate(tokens):
        kind, clitic = next(((words[r], c) for c, r in split_clitics(token.norm) if r in words), ("", ""))
        if not kind:
            continue
        earlier = _recent([i for p in reversed(named) if p.first < index for i in p.ids], memory)
        wanted = {"own": 1, "pair": 2}.get(kind) or _count_of(token.norm)
        if len(earlier) < wanted:
            continue
        prep = clitic if clitic in tuple("بلك") else _prep_before(tokens, index)
        if kind == "own":
            for ids in dict.fromkeys(_owners(named, index, earlier)):
                yield Party((ids,), "own", index, index, index, prep, kind="own")
        else:
            yield Party(tuple(sorted(earlier[:wanted])), kind, index, index, index, prep, kind="pair")


def _owners(named: Sequence[Party], index: int, earlier: Sequence[str]) -> Iterator[str]:
    """Whose country "his country" is: first whoever opens the sentence, then whoever was named last."""
    before = [p for p in named if p.first < index]
    yield before[0].ids[0] if before else earlier[0]


def _count_of(word: str) -> int:
    return 4 if "ربع" in word else 3


def _prep_before(tokens: Sequence[Token], index: int) -> str:
    for back in (1, 2):
        if index >= back and tokens[index - back].norm in PREPOSITIONS:
            return tokens[index - back].norm
    return ""


def _recent(ids: Sequence[str], memory: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*ids, *memory]))


def _merged(tokens: Sequence[Token], parties: Sequence[Party]) -> list[Party]:
    """Fold an apposition into one party: "the American president Donald Trump" is one mention of the USA."""
    out: list[Party] = []
    for party in parties:
        last = out[-1] if out else None
        if (
            last
            and last.ids == party.ids
            and party.kind in ("named", "bare")
            and _is_tight(tokens, last.last, party.first)
        ):
            out[-1] = replace(last, last=party.last)
        else:
            out.append(party)
    return out


def _is_tight(tokens: Sequence[Token], left: int, right: int) -> bool:
    between = tokens[left + 1 : right]
    return len(between) <= 3 and all(t.is_word and t.norm not in PREPOSITIONS for t in between)


def _grouped(tokens: Sequence[Token], parties: Sequence[Party], by_token: Mapping[int, Trigger]) -> Iterator[Party]:
    group = 0
    last: Party | None = None
    for party in parties:
        joined = (
            last is not None
            and party.kind != "pronoun"
            and last.kind != "pronoun"
            and _is_joined(tokens, last, party, by_token)
        )
        group += 0 if joined else 1
        prep = last.prep if joined and last and not party.prep else party.prep
        last = replace(party, group=group, prep=prep)
        yield last


def _is_joined(tokens: Sequence[Token], last: Party, party: Party, by_token: Mapping[int, Trigger]) -> bool:
    """Coordinated: "and" opens the second phrase, or a comma inside a list, and no verb or preposition is between."""
    between = range(last.last + 1, party.first)
    opener = tokens[min(party.phrase, party.first)]
    if len(between) > 4 or not (opener.norm.startswith("و") or tokens[last.last + 1].norm.startswith("و")):
        return False
    return all(
        tokens[i].is_word and tokens[i].norm.lstrip("و") not in PREPOSITIONS and not _is_finite(by_token.get(i))
        for i in between
    )


def _is_finite(trigger: Trigger | None) -> bool:
    return trigger is not None and all(tag.form in ("past", "present") for tag in trigger.tags)

"""What a candidate looks like, as a set of named properties: an anchor, a party beside it, a pair in its roles.

Every name reads as a fact ("give/past/after/to": a giving verb in the past, the party after it with "to"), so that
what a linear model weighs can be shown to a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tasks.domain.arabic.normalise import fold
from tasks.domain.claims.actors import Party
from tasks.domain.claims.anchors import Anchor, Theme, clauses, finite_places
from tasks.domain.claims.context import Scene
from tasks.domain.claims.functions import RECEIVES, SUPPLIES, functions
from tasks.domain.claims.paths import landmarks, path, plain_words, route_names
from tasks.domain.claims.triggers import Trigger, read_data

Names = list[str]
FORMS = {
    "past": "finite",
    "present": "finite",
    "extra": "finite",
    "noun": "noun",
    "participle": "noun",
    "theme": "noun",
}


@dataclass(frozen=True, slots=True)
class View:
    """A sentence with everything the features need, computed once."""

    scene: Scene
    triggers: tuple[Trigger, ...]
    parties: tuple[Party, ...]
    anchors: tuple[Anchor, ...]
    clauses: tuple[int, ...]
    flags: tuple[str, ...]
    counts: Mapping[str, int]
    predicates: tuple[tuple[int, str, bool], ...]
    saying: tuple[int, ...]
    title_ids: frozenset[str]
    previous_ids: frozenset[str]
    roles: Mapping[int, Mapping[tuple[int, str], str]]
    marks: tuple[str, ...]
    words: tuple[str, ...]

    def function(self, anchor: Anchor, party: Party) -> str:
        """The grammatical function of the party towards the anchor."""
        return self.roles.get(id(anchor), {}).get((party.first, party.role), "")


@cache
def word_set(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in read_data("anaphora.toml")["words"][name])


@cache
def prepositions() -> Mapping[str, str]:
    table = read_data("anaphora.toml")["prepositions"]
    return {fold(word): name for name, words in table.items() for word in words}


def read_view(
    scene: Scene,
    triggers: tuple[Trigger, ...],
    parties: tuple[Party, ...],
    anchors: tuple[Anchor, ...],
    title_ids: frozenset[str],
    previous_ids: frozenset[str],
    counts: Mapping[str, int],
) -> View:
    names = {tag.name for t in triggers for tag in t.tags if tag.group == "theme"}
    categories = {m.category for m in scene.equipment}
    ids = {i for p in parties for i in p.ids}
    flags = tuple(sorted({f"has={name}" for name in names} | {f"has={c}" for c in categories if c}))
    predicates = tuple(
        (t.first, verbs[0].name, FORMS[verbs[0].form] == "finite") for t in triggers if (verbs := t.named("verb"))
    )
    saying = tuple(
        i for i, t in enumerate(scene.tokens) if t.norm in word_set("saying") or t.norm[1:] in word_set("saying")
    )
    breaks = clauses(scene.tokens, finite_places(triggers))
    openers = tuple(i for i, t in enumerate(scene.tokens) if t.norm in word_set("complement"))
    places = tuple(sorted({at for at, _, _ in predicates} | set(saying) | set(openers)))
    return View(
        scene, triggers, parties, anchors, breaks, (*flags, f"ids={capped(len(ids), 4)}"), counts, predicates, saying,
        title_ids, previous_ids, _functions(parties, anchors, breaks, places), _marks(scene, triggers, parties),
        plain_words(scene),
    )  # fmt: skip


def _marks(scene: Scene, triggers: Sequence[Trigger], parties: Sequence[Party]) -> tuple[str, ...]:
    sets = {name: word_set(name) for name in ("saying", "complement", "negative")}
    return landmarks(scene, triggers, parties, sets, prepositions())


def _functions(
    parties: Sequence[Party],
    anchors: Sequence[Anchor],
    breaks: Sequence[int],
    places: Sequence[int],
) -> dict[int, dict[tuple[int, str], str]]:
    preps = [prepositions().get(p.prep, p.prep or "none") for p in parties]
    out = {}
    for anchor in anchors:
        found = functions(anchor, parties, preps, breaks, places)
        out[id(anchor)] = {(p.first, p.role): f for p, f in zip(parties, found, strict=True)}
    return out


def capped(value: int, most: int) -> str:
    return f"{min(value, most)}" if value < most else f"{most}+"


def distance(value: int) -> str:
    size = abs(value)
    return next(
        (name for bound, name in ((1, "1"), (3, "3"), (6, "6"), (11, "11"), (19, "19")) if size <= bound), "far"
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a party stands to an anchor, in words."""

    side: str
    prep: str
    rank: str
    gap: str
    clause: str
    between: str
    is_direct: bool
    says: str


def slot(view: View, anchor: Anchor, party: Party) -> Slot:
    """Place a party of the sentence: side, preposition, how many parties and predicates stand between."""
    is_after = party.first > anchor.last
    low, high = (anchor.last, party.first) if is_after else (party.last, anchor.first)
    groups = {p.group for p in view.parties if low < p.first < high and p.group != party.group}
    between = [1 for at, _, _ in view.predicates if low < at < high and not anchor.first <= at <= anchor.last]
    inside = anchor.first <= party.first <= anchor.last
    steps = view.clauses[party.first] - view.clauses[anchor.first]
    return Slot(
        "in" if inside else "after" if is_after else "before",
        prepositions().get(party.prep, party.prep or "none"),
        capped(len(groups), 2),
        distance((party.phrase if is_after else party.last) - (anchor.last if is_after else anchor.first)),
        "same" if not steps else f"{'+' if steps > 0 else '-'}{capped(abs(steps), 2)}",
        capped(len(between), 2),
        not between,
        _speaks(view, party),
    )


def _speaks(view: View, party: Party) -> str:
    """Whether a verb of saying stands just before the noun phrase, or soon after it."""
    for i in view.saying:
        if 0 < party.phrase - i <= 2:
            return "said"
        if 0 < i - party.last <= 6 and view.clauses[i] == view.clauses[party.last]:
            return "says"
    return "no"


def anchor_names(view: View, anchor: Anchor) -> Names:
    """What does not depend on who fills the roles."""
    form = FORMS[anchor.form]
    out = [
        f"{anchor.name}",
        f"{anchor.name}/{form}",
        f"{anchor.name}/clitic={anchor.proclitic}",
        f"lemma={anchor.lemma}",
    ]
    for rank, theme in enumerate(anchor.themes[:2]):
        out += [f"theme{rank}={theme_name(theme)}", f"{anchor.name}/theme{rank}={theme_name(theme)}"]
    for label, neighbour in (("gov", _neighbour(view, anchor, -1)), ("next", _neighbour(view, anchor, 1))):
        if neighbour:
            out += [f"{label}={neighbour}", f"{label}={neighbour}/{anchor.name}"]
    window = view.scene.tokens[max(0, anchor.first - 6) : anchor.first]
    if any(t.norm in word_set("negative") or t.norm[1:] in word_set("negative") for t in window):
        out.append("negated")
    if anchor.has_pronoun:
        out.append(f"{anchor.name}/pronoun")
    return out


def theme_name(theme: Theme) -> str:
    return theme.category or theme.name


def _neighbour(view: View, anchor: Anchor, step: int) -> str:
    """The class of the nearest predicate before or after the anchor."""
    gaps = [
        ((at - anchor.first) * step, name) for at, name, _ in view.predicates if not anchor.first <= at <= anchor.last
    ]
    near = [(gap, name) for gap, name in gaps if 0 < gap <= 8]
    return min(near)[1] if near else ""


def party_names(view: View, anchor: Anchor, party: Party) -> Names:
    """How one party stands to the anchor."""
    if party.first < 0:
        return _remembered(view, anchor, party)
    s = slot(view, anchor, party)
    name, form = anchor.name, FORMS[anchor.form]
    theme = theme_name(anchor.themes[0]) if anchor.themes else "none"
    family = "verb" if anchor.group == "verb" else "theme"
    out = [
        "bias", f"side={s.side}", f"prep={s.prep}", f"rank={s.side}{s.rank}", f"gap={s.side}{s.gap}",
        f"clause={s.clause}",
        f"between={s.side}{s.between}", f"role={party.role}", f"head={party.head}", f"kind={party.kind}",
        f"says={s.says}",
        f"{s.side}/{s.prep}", f"{s.side}/{s.prep}/{s.rank}", f"{name}/{s.side}/{s.prep}", f"{name}/{s.side}/{s.rank}",
        f"{name}/{form}/{s.side}/{s.prep}", f"{name}/{form}/{s.side}/{s.prep}/{s.rank}",
        f"{name}/{form}/direct={s.is_direct}",
        f"{family}/{form}/{s.side}/{s.prep}/{s.rank}", f"{family}/{s.side}/{s.clause}/{s.prep}",
        f"{name}/gap={s.side}{s.gap}",
        f"{s.side}/{s.prep}/says={s.says}", f"{name}/says={s.says}", f"theme={theme}/{s.side}/{s.prep}",
        f"{name}/{party.role}",
        f"theme={theme}/{party.role}", f"role={party.role}/head={party.head}/{s.side}",
        f"head={party.head}/{s.prep}/{s.side}",
        f"{name}/pronoun={anchor.has_pronoun}/{s.side}/{s.rank}/{s.prep}", f"{name}/clause={s.clause}/{s.side}",
    ]  # fmt: skip
    function = view.function(anchor, party)
    out += [f"is={function}", f"{name}/is={function}", f"{name}/{form}/is={function}", f"theme={theme}/is={function}"]
    out += [f"tier={tier(party)}", f"{name}/tier={tier(party)}"]
    out += [f"fits={fit}" for fit in fitting_roles(anchor, function)]
    lemma = anchor.lemma or name
    out += [f"lemma={lemma}/is={function}", f"lemma={lemma}/{s.side}/{party.prep}"]
    out += _route(view, anchor, party, form)
    out += _attached(view, anchor, party, s)
    out += _standing(view, party)
    return out


def _route(view: View, anchor: Anchor, party: Party, form: str) -> Iterator[str]:
    if party.first > anchor.last:
        return route_names(path(view.marks, anchor.last, party.phrase), ">", anchor.name, form, party.prep)
    return route_names(path(view.marks, anchor.first, party.last), "<", anchor.name, form, party.prep)


def fitting_roles(anchor: Anchor, function: str) -> Iterator[str]:
    """The roles that the valency of the anchor has for this function."""
    if function in SUPPLIES.get(anchor.name, ()):
        yield f"supplier/{SUPPLIES[anchor.name].index(function)}"
        yield "supplier"
    if function in RECEIVES.get(anchor.name, ()):
        yield f"recipient/{RECEIVES[anchor.name].index(function)}"
        yield "recipient"


def _attached(view: View, anchor: Anchor, party: Party, s: Slot) -> Iterator[str]:
    """The party as an adjective of what is moved ("Russian jets"), and its place after the governing verb."""
    if party.head_theme:
        yield f"of={party.head_theme}"
        yield f"of={party.head_theme}/{anchor.name}"
        yield f"of={party.head_theme}/{s.prep}/{s.side}"
    for rank, theme in enumerate(anchor.themes[:2]):
        if 0 < party.first - theme.last <= 3 and party.role == "adjective" and s.prep in ("none", "by"):
            yield f"adjective_of_theme{rank}"
            yield f"adjective_of={theme_name(theme)}"
            yield f"adjective_of/{anchor.name}"
    nearest = [(party.phrase - at, name, finite) for at, name, finite in view.predicates if at < party.phrase]
    if nearest:
        gap, name, finite = min(nearest)
        yield f"under={name}/{s.prep}"
        yield f"under={name}/{s.prep}/{anchor.name}"
        yield f"under={name}/{'finite' if finite else 'noun'}/{s.prep}/{'touching' if gap == 1 else 'off'}"


def _standing(view: View, party: Party) -> Iterator[str]:
    """How much the article is about the party."""
    yield f"first={party.group == view.parties[0].group}"
    yield f"count={capped(max(view.counts.get(i, 0) for i in party.ids), 6)}"
    if any(i in view.title_ids for i in party.ids):
        yield "in_title"
    if any(i in view.previous_ids for i in party.ids):
        yield "in_previous"
    if sum(p.group == party.group for p in view.parties) > 1:
        yield "coordinated"


def _remembered(view: View, anchor: Anchor, party: Party) -> Names:
    """A party of an earlier sentence: how recent, how frequent, and how many the sentence names itself."""
    here = capped(len({p.ids for p in view.parties}), 3)
    rank = capped(-party.group, 4)
    out = [
        "bias",
        "context",
        f"context/tier={tier(party)}",
        f"context/{anchor.name}",
        f"context/rank={rank}",
        f"context/here={here}",
    ]
    out += [f"context/{anchor.name}/here={here}", f"context/pronoun={anchor.has_pronoun}/{anchor.name}"]
    count = capped(max(view.counts.get(i, 0) for i in party.ids), 6)
    out.append(f"context/count={count}")
    out.append(f"context/title={any(i in view.title_ids for i in party.ids)}/rank={rank}")
    return out


@cache
def _exporters() -> Mapping[str, str]:
    return {actor: name for name, members in read_data("exporters.toml")["tiers"].items() for actor in members}


def tier(party: Party) -> str:
    """How likely the actor sells arms to anyone at all, from the world's trade and not from the text."""
    return _exporters().get(party.ids[0], party.role if party.role in ("alliance", "armed_group") else "other")

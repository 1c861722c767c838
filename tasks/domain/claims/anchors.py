"""Anchors: the words around which a claim may be built, each with its themes and the kinds it could be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.domain.arabic.normalise import fold
from tasks.domain.arabic.tokens import Token
from tasks.domain.claims.context import Scene
from tasks.domain.claims.triggers import Trigger
from tasks.domain.lexicon import Match
from warehouse.records import Kind

REACH = 14
ASIDE = 7
BACK = 5
MAX_ANCHORS = 10
_MOVERS = frozenset(("give", "get", "ask", "offer", "move", "deploy", "withdraw", "host", "make", "back", "stop"))
_OTHERS = frozenset(("allow", "share", "train", "join", "sign", "hold", "talk"))
_SECOND = frozenset(("share", "train", "join"))
_DEPLOYABLE = frozenset(("move", "deploy", "withdraw", "host", "allow", "give", "stop", "join"))
_VEHICLES = frozenset(
    ("ship", "submarine", "aircraft", "helicopter", "uav", "air_defence", "ballistic_missile", "nuclear")
)
_BREAKS = frozenset(
    fold(word) for word in ("فيما", "بينما", "لكن", "غير", "إلا", "حين", "كما", "إذ", "حيث", "أما", "وإن", "قبل")
)
# What two sides hold together keeps its own anchor; what is moved belongs to the verb that moves it.
_HELD = frozenset(("drill", "pact", "coop", "talks", "contract"))
_SILENT = frozenset(("military", "joint", "hostile", "civil"))


@dataclass(frozen=True, slots=True)
class Theme:
    """Something that can be moved, held or shared, at a token: a theme of the lexicon or a piece of equipment."""

    name: str
    first: int
    last: int
    kinds: tuple[Kind, ...]
    is_anchor: bool
    category: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """`name` is the class of the verb or the theme; `themes` are in reach of it, the nearest first."""

    first: int
    last: int
    group: str
    name: str
    form: str
    proclitic: str
    has_pronoun: bool
    lemma: str
    kinds: tuple[Kind, ...]
    themes: tuple[Theme, ...]


def clauses(tokens: Sequence[Token], predicates: Sequence[int] = ()) -> tuple[int, ...]:
    """Number the clause of every token: commas, dashes and contrasting conjunctions open a new one.

    An aside between two commas, short and with no verb of its own ("، يوم الاثنين،"), belongs to the clause around it.
    """
    starts = [i for i, token in enumerate(tokens) if _opens_clause(token)]
    cuts = set(starts)
    for left, right in pairwise(starts):
        is_aside = tokens[left].text == tokens[right].text == "،" and right - left <= ASIDE
        if is_aside and not any(left < at < right for at in predicates):
            cuts -= {left, right}
    out: list[int] = []
    clause = 0
    for index in range(len(tokens)):
        clause += index in cuts
        out.append(clause)
    return tuple(out)


def _opens_clause(token: Token) -> bool:
    word = token.norm[1:] if token.norm.startswith("و") else token.norm
    return token.text in "،؛,;:." or word in _BREAKS or token.norm in _BREAKS


def finite_places(found: Sequence[Trigger]) -> tuple[int, ...]:
    return tuple(t.first for t in found if any(tag.form in ("past", "present") for tag in t.tags))


def find_themes(scene: Scene, found: Sequence[Trigger]) -> tuple[Theme, ...]:
    themes = [
        Theme(tag.name, t.first, t.last, tag.kinds, tag.is_anchor)
        for t in found
        for tag in t.tags
        if tag.group == "theme" and tag.name not in _SILENT
    ]
    taken = {i for m in scene.equipment for i in range(m.first, m.last + 1)}
    kept = [t for t in themes if not (t.name in ("weapons", "troops", "tech") and t.first in taken)]
    return tuple(sorted(kept + [_equipment(m) for m in scene.equipment], key=lambda t: (t.first, -t.last)))


def _equipment(match: Match) -> Theme:
    category = match.category or "other"
    kinds: tuple[Kind, ...] = ("arms_transfer",)
    if category == "money":
        kinds = ("military_aid", "arms_transfer")
    elif category == "personnel":
        kinds = ("deployment",)
    elif category == "satellite":
        kinds = ("technology",)
    elif category in ("nuclear", "engine"):
        kinds = ("arms_transfer", "technology")
    name = category if category in ("money", "personnel") else "equipment"
    return Theme(name, match.first, match.last, kinds, False, category)


def find_anchors(scene: Scene, found: Sequence[Trigger]) -> tuple[Anchor, ...]:
    """Every word a claim may hang on; a bare theme counts only where no verb has it in reach."""
    themes = find_themes(scene, found)
    if not themes:
        return ()
    breaks = clauses(scene.tokens, finite_places(found))
    anchors = [a for t in found for a in _verb_anchors(t, themes, breaks)]
    anchors = [a for a in anchors if a.name in _MOVERS or a.name in _SECOND]
    covered = {theme.first for a in anchors for theme in a.themes[:2]}
    for theme in themes:
        if theme.name in _HELD or theme.first not in covered:
            anchors.append(_theme_anchor(theme, themes, breaks, found))
    return tuple(sorted(anchors, key=lambda a: a.first))[: MAX_ANCHORS * 2]


def _verb_anchors(trigger: Trigger, themes: Sequence[Theme], breaks: Sequence[int]) -> Iterator[Anchor]:
    near = _in_reach(trigger.first, trigger.last, themes, breaks)
    for tag in _classes(trigger):
        kinds = tuple(dict.fromkeys([*tag.kinds, *(k for t in near[:3] for k in _kinds_of(tag.name, t))]))
        if kinds:
            yield Anchor(
                trigger.first, trigger.last, "verb", tag.name, tag.form, trigger.proclitic, trigger.has_pronoun,
                tag.lemma, kinds, near,
            )  # fmt: skip
            return


def _classes(trigger: Trigger) -> list:  # type: ignore[type-arg]
    """The verb readings, those that move something before those that frame it."""
    verbs = trigger.named("verb")
    return [t for t in verbs if t.name in _MOVERS] + [t for t in verbs if t.name in _OTHERS]


def _kinds_of(name: str, theme: Theme) -> Iterator[Kind]:
    yield from theme.kinds
    if name in _DEPLOYABLE and theme.category in _VEHICLES:
        yield "deployment"
    if name == "make" and theme.name in ("equipment", "weapons"):
        yield "technology"
    if name in ("train", "get") and theme.name in ("troops", "trainers"):
        yield "training"
    if name in ("give", "get", "offer") and theme.name == "weapons":
        yield "military_aid"


def _in_reach(first: int, last: int, themes: Sequence[Theme], breaks: Sequence[int]) -> tuple[Theme, ...]:
    """Themes of the same or the next clause, within reach; what follows counts as nearer than what precedes."""

    def distance(theme: Theme) -> float:
        if theme.first > last:
            return theme.first - last + 4 * (breaks[theme.first] - breaks[last])
        return 3.0 * (first - theme.last) + 6 * (breaks[first] - breaks[theme.last])

    near = [t for t in themes if not (first <= t.first <= last) and -BACK * 3 <= t.first - first <= REACH]
    return tuple(t for t in sorted(near, key=distance) if distance(t) <= REACH + 4)


def _theme_anchor(theme: Theme, themes: Sequence[Theme], breaks: Sequence[int], found: Sequence[Trigger]) -> Anchor:
    trigger = next((t for t in found if t.first <= theme.first <= t.last), None)
    others = _in_reach(theme.first, theme.last, [t for t in themes if t is not theme], breaks)
    extra: list[Kind] = (
        [k for t in others[:2] for k in t.kinds] if theme.name in ("contract", "arms_trade", "pact") else []
    )
    if theme.category in _VEHICLES:
        extra.append("deployment")
    kinds = tuple(dict.fromkeys([*theme.kinds, *extra]))
    proclitic = trigger.proclitic if trigger else ""
    pronoun = trigger.has_pronoun if trigger else False
    return Anchor(
        theme.first, theme.last, "theme", theme.name, "theme", proclitic, pronoun, theme.name, kinds, (theme, *others)
    )


def bare_anchor(place: int) -> Anchor:
    """What a claim can be built around in a sentence with no word for it, as in the second half of a list."""
    return Anchor(place, place, "none", "none", "theme", "", False, "", (), ())

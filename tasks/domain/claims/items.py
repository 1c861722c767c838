"""What moves: quantities bound to equipment, people and money in the stretch of a claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tasks.domain.arabic.normalise import fold
from tasks.domain.arabic.numbers import Number, classify_numbers
from tasks.domain.arabic.numerals import part_of
from tasks.domain.arabic.tokens import Token
from tasks.domain.claims.attribution_words import load_table
from tasks.domain.claims.context import Frame, Scene
from tasks.domain.claims.items_groups import Group, find_groups
from warehouse.records import Category, Item, Kind

MAX_GAP = 3
COUNT_REACH = 5
MILLION = 1e6
_BREAKS = frozenset("،,؛;:.")
_OPENERS = frozenset("«“\"'(")
_PEOPLE: frozenset[Kind] = frozenset(("deployment", "training"))


@dataclass(frozen=True, slots=True)
class Found:
    """An item with the token where it starts and the one where its noun starts."""

    first: int
    noun: int
    item: Item


@lru_cache(maxsize=32)
def _allowed(kind: Kind) -> frozenset[str]:
    return frozenset(load_table("items")["categories"][kind].split())


@lru_cache(maxsize=64)
def _words(section: str, key: str = "words") -> frozenset[str]:
    return frozenset(fold(word) for word in load_table("items")[section][key])


def items_of(frame: Frame, scene: Scene, scenes: Sequence[Scene] = ()) -> tuple[Item, ...]:
    """The items of a frame in the order of the text; `scenes` tell what a bare "طائرة" of an earlier sentence is."""
    allowed = _allowed(frame.kind)
    if not allowed:
        return ()
    first, last = stretch(frame, scene)
    found = [f for f in read_items(scene, frame.kind) if first <= f.noun <= last and _fits(f.item, allowed)]
    return tuple(_distinct(_resolved(f.item, scene, scenes) for f in found))


def stretch(frame: Frame, scene: Scene) -> tuple[int, int]:
    """The tokens that may hold the items of a frame: from its clause to the next turn of the sentence.

    Where the trigger is itself a thing of a list, the list may have begun clauses before.
    """
    first, last = min(frame.first, frame.trigger[0]), len(scene.tokens) - 1
    if frame.rule_id.endswith(":theme"):
        first = max((at for at in range(1, first) if _is_turn(scene, at)), default=0)
    turns = (at for at in range(frame.trigger[1] + 1, last) if _is_turn(scene, at))
    return first, next(turns, last)


def _is_turn(scene: Scene, at: int) -> bool:
    """A new clause with a subject of its own: "؛", "، فيما", "، لكن"."""
    if scene.tokens[at].norm in ("؛", ";"):
        return True
    after = scene.tokens[at + 1].norm.removeprefix("و")
    return scene.tokens[at].norm in ("،", ",") and after in _words("turns")


def _fits(item: Item, allowed: frozenset[str]) -> bool:
    if item.category == "cargo" and item.low is None and item.high is None:
        return False
    if item.category == "personnel":
        return "personnel" in allowed and (item.low is not None or item.high is not None)
    return ("money" if item.category == "money" else "arms") in allowed


def _distinct(items: Iterator[Item]) -> Iterator[Item]:
    """Drop repeated mentions; two equal figures are two items."""
    seen: set[Item] = set()
    for item in items:
        if item not in seen or item.low is not None:
            yield item
        seen.add(item)


def _resolved(item: Item, scene: Scene, scenes: Sequence[Scene]) -> Item:
    """A plain aircraft after a sentence about drones is one of them."""
    if item.category != "aircraft" or item.designation is not None:
        return item
    for earlier in reversed(scenes[: scene.index]):
        categories = {
            match.category for match in earlier.equipment if match.category in ("uav", "aircraft", "helicopter")
        }
        if categories:
            return replace(item, category="uav") if categories == {"uav"} else item
    return item


def read_items(scene: Scene, kind: Kind) -> tuple[Found, ...]:
    """Every item of a sentence."""
    groups = find_groups(scene)
    numbers = classify_numbers(_without_prefixes(scene.tokens))
    taken = {at for group in groups for match in group.matches for at in range(match.first, match.last + 1)}
    counts = [_in_excess(n, scene) for n in numbers if n.kind == "quantity" and n.last not in taken]
    calibres = [n for n in numbers if n.kind == "calibre"]
    found = sorted(_bound(scene, kind, groups, counts, calibres), key=lambda found: found.first)
    return tuple(_ranges(scene, found))


def _ranges(scene: Scene, found: Sequence[Found]) -> Iterator[Found]:
    """ "كتيبتين إلى أربع كتائب" is one thing between two figures."""
    held: Found | None = None
    for after in found:
        if held and held.item.low is not None and _spans_to(scene, held, after):
            after = replace(after, first=held.first, item=_between(held.item, after.item))
        elif held:
            yield held
        held = after
    if held:
        yield held


def _spans_to(scene: Scene, before: Found, after: Found) -> bool:
    same = (before.item.category, before.item.unit) == (after.item.category, after.item.unit)
    return same and after.first == before.noun + 2 and scene.tokens[before.noun + 1].norm == "الي"


def _between(low: Item, high: Item) -> Item:
    return replace(high, low=low.low, high=high.high, qualifier="range")


def _without_prefixes(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Take ب, ل and ك off numerals ("بخمس طائرات"), and و too off words of vague number ("وعشرات الدبابات")."""
    return tuple(
        replace(token, norm=token.norm[1:])
        if (token.norm[:1] in "بلك" and part_of(token.norm) is None and part_of(token.norm[1:]) is not None)
        or (token.norm[:1] in "وبل" and token.norm[1:] in _words("vague"))
        else token
        for token in tokens
    )


def _in_excess(number: Number, scene: Scene) -> Number:
    before = scene.tokens[max(0, number.first - MAX_GAP) : number.first]
    if number.qualifier is None and any(token.norm in _words("excess") for token in before):
        return replace(number, high=None, qualifier="more_than")
    return number


def _bound(
    scene: Scene, kind: Kind, groups: Sequence[Group], counts: Sequence[Number], calibres: Sequence[Number]
) -> Iterator[Found]:
    used: set[int] = set()
    starts = {group.first for group in groups}
    for at, group in enumerate(groups):
        number = _number_of(scene, group, starts, counts, used)
        if number is not None:
            used.add(number.first)
        following = groups[at + 1].first if at + 1 < len(groups) else len(scene.tokens)
        item = _item(scene, group, number, _calibre(group, calibres, following))
        if item is not None:
            yield Found(number.first if number else group.first, group.first, item)
    for number in counts:
        if number.first not in used and (item := _elliptic(scene, kind, groups, number, calibres)):
            yield Found(number.first, number.first, item)


def _number_of(scene: Scene, group: Group, starts: set[int], counts: Sequence[Number], used: set[int]) -> Number | None:
    """The number before the noun, at most a few words away."""
    for number in reversed(counts):
        gap = range(number.last + 1, group.first)
        if number.first in used or number.last >= group.first or len(gap) > MAX_GAP:
            continue
        is_joined = all(_may_separate(scene, at) and at not in starts for at in gap)
        return number if is_joined else None
    return None


def _may_separate(scene: Scene, at: int) -> bool:
    norm = scene.tokens[at].norm
    return norm in _OPENERS or (norm not in _BREAKS and norm not in (")", "»"))


def _calibre(group: Group, calibres: Sequence[Number], following: int) -> float | None:
    reach = range(group.first + 1, min(max(following, group.last + 1), group.last + 1 + COUNT_REACH))
    return next((n.low for n in calibres if n.last in reach), None)


def _item(scene: Scene, group: Group, number: Number | None, calibre: float | None) -> Item | None:
    head, category = group.head, group.category
    if category is None or (head.role == "currency" and number is None) or _is_carrier(scene, group):
        return None
    unit = head.unit if head.role in ("unit", "currency", "generic") or category == "ammunition" else None
    if category == "aircraft" and _is_load(scene, group):
        category, unit = "cargo", "planeload"
    low, high = _quantity(scene, group, category, number)
    return Item(category, group.designation, calibre, low, high, number.qualifier if number else None, unit)


def _is_carrier(scene: Scene, group: Group) -> bool:
    """ "على متن طائرة": what it came on is not what came."""
    before = [token.norm for token in scene.tokens[max(0, group.first - 2) : group.first]]
    return before == ["علي", "متن"]


def _is_load(scene: Scene, group: Group) -> bool:
    span = scene.tokens[group.head.first : group.head.last + 2]
    is_transport = any(token.norm in _words("loaded", "transports") for token in span)
    return is_transport and any(token.norm in _words("loaded") for token in scene.tokens)


def _quantity(
    scene: Scene, group: Group, category: Category, number: Number | None
) -> tuple[float | None, float | None]:
    if number is not None:
        return number.low, number.high
    if group.head.number == "du":
        return 2.0, 2.0
    is_named = any(t.norm in _OPENERS for t in scene.tokens[group.last + 1 : group.last + 1 + MAX_GAP])
    is_one = group.head.number == "sg" and (is_named or not group.head.definite)
    return (1.0, 1.0) if is_one and category in _words("singular", "one") else (None, None)


def _elliptic(
    scene: Scene, kind: Kind, groups: Sequence[Group], number: Number, calibres: Sequence[Number]
) -> Item | None:
    """ "300 ألف أخرى", "وعددهم 1500", "ونحو 350 مليارا": the noun is that of the item before."""
    before = [group for group in groups if group.last < number.first]
    after = scene.tokens[number.last + 1].norm if number.last + 1 < len(scene.tokens) else "."
    is_counted = any(
        t.norm in _words("counted") for t in scene.tokens[max(0, number.first - COUNT_REACH) : number.first]
    )
    if before:
        head = before[-1].head
        is_money = head.role == "currency" and (number.low or 0) >= MILLION and number.first - head.last <= COUNT_REACH
        if is_counted or is_money or after in _words("links", "elliptic"):
            calibre = next((n.low for n in calibres if 0 < n.first - number.last <= COUNT_REACH), None)
            return _item(scene, before[-1], number, calibre)
    is_open = after in _BREAKS or not scene.tokens[min(number.last + 1, len(scene.tokens) - 1)].is_word
    if kind in _PEOPLE and (is_counted or (is_open and (number.low or number.high or 0) >= MAX_GAP * COUNT_REACH)):
        return Item("personnel", None, None, number.low, number.high, number.qualifier, None)
    return None

"""Equipment words that name one thing together: "بطاريتين من منظومة إس-400", "مقاتلة جديدة من طراز رافال"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from tasks.domain.arabic.normalise import fold
from tasks.domain.claims.attribution_words import load_table
from tasks.domain.claims.context import Scene
from tasks.domain.lexicon import Match
from warehouse.records import Category

MAX_LINK = 5
_BREAKS = frozenset("،,؛;:.")


@dataclass(frozen=True, slots=True)
class Group:
    """Matches that name one thing; the head is counted, the last tells what it is."""

    matches: tuple[Match, ...]

    @property
    def head(self) -> Match:
        return self.matches[0]

    @property
    def first(self) -> int:
        return self.matches[0].first

    @property
    def last(self) -> int:
        return self.matches[-1].last

    @property
    def designation(self) -> str | None:
        return next((m.designation for m in self.matches if m.designation), None)

    @property
    def category(self) -> Category | None:
        """That of the designation, else of the noun, else what the unit usually holds."""
        named = next((m.category for m in self.matches if m.designation and m.category), None)
        plain = next((m.category for m in self.matches if m.category), None)
        held = load_table("items")["units"].get(self.head.unit or "") if self.head.role == "unit" else None
        return named or plain or cast("Category | None", held)


@lru_cache(maxsize=1)
def _links() -> frozenset[str]:
    return frozenset(fold(word) for word in load_table("items")["links"]["words"])


def find_groups(scene: Scene) -> tuple[Group, ...]:
    """Join the equipment matches of a sentence into things."""
    groups: list[list[Match]] = []
    for match in scene.equipment:
        if groups and _continues(scene, groups[-1], match):
            groups[-1].append(match)
        else:
            groups.append([match])
    return tuple(Group(tuple(group)) for group in groups)


def _continues(scene: Scene, group: Sequence[Match], match: Match) -> bool:
    """Whether the match tells more of the thing that the group names."""
    last = group[-1]
    gap = range(last.last + 1, match.first)
    if len(gap) > MAX_LINK or match.proclitic.startswith("و") or match.role == "currency" or last.role == "currency":
        return False
    norms = [scene.tokens[at].norm for at in gap]
    if any(norm in _BREAKS for norm in norms) or any(scene.tokens[at].is_number for at in gap):
        return False
    if match.role == "designation":
        has_name = any(m.designation for m in group)
        return not has_name and (len(gap) <= 1 or any(norm in _links() for norm in norms))
    if last.role == "unit" or (last.role == "generic" and last.unit):
        return len(gap) == 0 or norms == ["من"] or (len(gap) == 1 and norms[0] in _links())
    return False

"""Which words of a form are the name itself: "رويترز" in "وكالة رويترز", "حزب الله" in "حزب الله اللبناني"."""

from __future__ import annotations

from collections.abc import Callable

from tasks.domain.lexicon.names import name_table
from tasks.domain.lexicon.records import Sense

_NAMED = frozenset(
    ("media", "company", "think_tank", "armed_group", "place", "capital", "army", "intelligence", "parliament")
)
_KEEP_ADJECTIVE = frozenset(("army", "intelligence", "parliament", "place", "capital"))
LookUp = Callable[[tuple[str, ...]], tuple[Sense, ...]]


def core(words: tuple[str, ...], sense: Sense, look_up: LookUp) -> tuple[int, int]:
    """How many words to leave out in front and behind, so that what is left still is a form of the same entry."""
    if sense.role not in _NAMED or len(words) < 2:
        return 0, 0
    front = _generic_words(words)
    back = 0 if sense.role in _KEEP_ADJECTIVE else len(words) - 1
    for left in range(front, -1, -1):
        for right in range(min(back, len(words) - left - 1), -1, -1):
            if (left or right) and _is_form(words[left : len(words) - right], sense, look_up):
                return left, right
    return 0, 0


def _generic_words(words: tuple[str, ...]) -> int:
    count = 0
    while count < len(words) - 1 and words[count] in name_table().outside:
        count += 1
    return count


def _is_form(words: tuple[str, ...], sense: Sense, look_up: LookUp) -> bool:
    return any(other.key == sense.key and other.rule is None for other in look_up(words))

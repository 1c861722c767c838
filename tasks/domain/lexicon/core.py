"""Which words of a form are the name itself: "رويترز" in "وكالة رويترز", "حزب الله" in "حزب الله اللبناني"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tasks.domain.arabic.tokens import Token
from tasks.domain.lexicon.names import name_table
from tasks.domain.lexicon.records import Sense

_NAMED = frozenset(
    (
        *("alliance", "armed_group", "army", "capital", "company", "intelligence", "media", "parliament", "place"),
        *("state", "think_tank"),
    )
)
_KEEP_ADJECTIVE = frozenset(("alliance", "army", "capital", "intelligence", "place", "state"))
_OPENING, _CLOSING, _EITHER = "«“", "»”", '"'
LookUp = Callable[[tuple[str, ...]], tuple[Sense, ...]]


def core(words: tuple[str, ...], sense: Sense, look_up: LookUp) -> tuple[int, int]:
    """How many words to leave out in front and behind, so that what is left still is a form of the same entry.

    In front these are generic words, behind adjectives of nationality.
    """
    if sense.role not in _NAMED or len(words) < 2:
        return 0, 0
    front, back = _generic_words(words, sense), 0 if sense.role in _KEEP_ADJECTIVE else _adjectives(words, look_up)
    for left in range(front, -1, -1):
        for right in range(min(back, len(words) - left - 1), -1, -1):
            if (left or right) and _is_form(words[left : len(words) - right], sense, look_up):
                return left, right
    return 0, 0


def _generic_words(words: tuple[str, ...], sense: Sense) -> int:
    outside = name_table().outside.get(sense.role, frozenset()) | name_table().outside["any"]
    count = 0
    while count < len(words) - 1 and words[count] in outside:
        count += 1
    return count


def _adjectives(words: tuple[str, ...], look_up: LookUp) -> int:
    behind = name_table().outside["behind"]
    count = 0
    while count < len(words) - 1 and _is_adjective(words[-1 - count], behind, look_up):
        count += 1
    return count


def _is_adjective(word: str, behind: frozenset[str], look_up: LookUp) -> bool:
    return word in behind or any(sense.role == "adjective" for sense in look_up((word,)))


def _is_form(words: tuple[str, ...], sense: Sense, look_up: LookUp) -> bool:
    return any(other.key == sense.key and other.rule is None for other in look_up(words))


def within_quotes(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Narrow a span that a quotation mark cuts: "إدام" of "مركز «إدام", "حزب الله" of "حزب الله» اللبناني"."""
    for at in range(first + 1, last):
        if tokens[at].text in _OPENING or (tokens[at].text == _EITHER and not _opened(tokens, first)):
            return at + 1, last
        if tokens[at].text in _CLOSING or tokens[at].text == _EITHER:
            return first, at - 1
    return first, last


def _opened(tokens: Sequence[Token], first: int) -> bool:
    return first > 0 and tokens[first - 1].text == _EITHER


def step(tokens: Sequence[Token], at: int, words: int, step: int) -> int:
    """The token a number of words further on, marks not counted."""
    while words:
        at += step
        words -= tokens[at].is_word
    return at

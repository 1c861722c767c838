"""Sentences of Arabic news: a newline always ends one, a full stop does unless something says that it is no stop."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tasks.domain.arabic.normalise import INVISIBLE
from tasks.domain.arabic.quotes import find_quotes

# A quotation up to this long is one breath of its speaker and stays whole; a longer one is several statements.
MAX_WHOLE_QUOTE = 300

_CLOSERS = "\"'»”’)\\]"
# The second form is the missing blank of hurried editors ("انتهى.وقال").
_STOP = re.compile(
    rf"(?<![.!؟?…])[.!؟?…]++[{_CLOSERS}]*+(?:\[\d+\])?(?=\s)|(?<=[\u0621-\u064a]{{3}})[.؟](?=[\u0621-\u064a]{{2}})"
)
_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_BLANK = rf"[\s{INVISIBLE}]"
_LEFT = re.compile(rf"{_BLANK}+")
# Initials and abbreviations: "د. خالد", "م. ح.", "أ. د.", "ق.م.", "هـ.", Latin "U. S.".
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"«“])(?:[\u0621-\u064a]|هـ|[A-Za-z]|[\u0621-\u064a]\.[\u0621-\u064a]|Dr|Mr|No|St|vs|Inc|Ltd)\.$"
)
_LIST_NUMBER = re.compile(r"^[\s\"«(]*[0-9٠-٩]{1,2}\.$")
_LOOKBACK = 16
_LOOKAHEAD = 8


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the sentences in order, outer whitespace left out; together they hold every visible mark."""
    return tuple(span for line in _LINE.finditer(text) for span in _split_line(text, line.start(), line.end()))


def _split_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    quotes = tuple(span for span in find_quotes(text, start, end) if span[1] - span[0] <= MAX_WHOLE_QUOTE)
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if not _is_inside(quotes, stop.end()) and _ends_sentence(text, begin, stop):
            yield from _trimmed(text, begin, stop.end())
            begin = stop.end()
    yield from _trimmed(text, begin, end)


def _is_inside(spans: Sequence[tuple[int, int]], at: int) -> bool:
    before = bisect_right(spans, (at, 0)) - 1
    return before >= 0 and at <= spans[before][1]


def _ends_sentence(text: str, begin: int, stop: re.Match[str]) -> bool:
    mark = stop.group()
    if mark.startswith(("..", "…")):
        return mark[-1] not in ".…" and not _continues(text, stop.end())
    if mark == ".":
        left = text[max(begin, stop.end() - _LOOKBACK) : stop.end()]
        is_start = stop.end() - begin <= _LOOKBACK
        return not (_ABBREVIATION.search(left) or (is_start and _LIST_NUMBER.match(left)))
    return True


def _continues(text: str, at: int) -> bool:
    return text[at : at + _LOOKAHEAD].lstrip().startswith(("،", "؛", ":"))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    left = _LEFT.match(text, start, end)
    start = left.end() if left else start
    while end > start and re.match(_BLANK, text[end - 1]):
        end -= 1
    if start < end:
        yield start, end

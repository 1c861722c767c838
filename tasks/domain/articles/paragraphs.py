"""The raw text of an extractor to clean paragraphs, one a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.domain.arabic.normalise import fold
from tasks.domain.articles.tree import one_line
from tasks.domain.articles.wording import wording
from tasks.domain.feeds.dates import read_date

_BULLET = re.compile(r"^(?:[-*•▪◾■●–]\s+|#{1,6}\s+|>\s+)+")
_CELLS = re.compile(r"\s*\|\s*")
_PLACE = r"(?:[^.!?؟…:،]|[.](?=\S)){2,40}"
_DATELINE = re.compile(rf"[^\W\d_]{_PLACE}\s(?:[/|–-]\s{_PLACE})+")
_DATELINE_WORDS = 7
_DATE_WORDS = 9
_MAX_DATE = 70
_WORDS = re.compile(r"[^\W_]+")
_MAX_FURNITURE = 260
_MAX_POLICY = 600
_MAX_HEADER_LINES = 4
_MIN_SUMMARY = 20
# A closing heading ends the article only where most of the text is behind it.
_TAIL_FROM = 0.5


def clean_paragraphs(text: str, title: str = "") -> str:
    """Drop headline, date line, buttons and links to other stories; paragraphs come back joined by `\\n`."""
    lines = [line for line in map(_plain, text.splitlines()) if line]
    kept = _without_tail(_body(lines, title))
    return "\n".join(line for line in kept if not _is_furniture(line))


def _plain(line: str) -> str:
    bare = _BULLET.sub("", one_line(line))
    return " ".join(cell for cell in _CELLS.split(bare) if cell.strip("-: ")) if bare.startswith("|") else bare


def _is_furniture(line: str) -> bool:
    if len(line) > _MAX_POLICY:
        return False
    folded = fold(line)
    if len(line) <= _MAX_FURNITURE and wording().furniture.fullmatch(folded):
        return True
    return wording().policy.match(folded) is not None


def _body(lines: Sequence[str], title: str) -> list[str]:
    """Leave out headline, date and summary above the first paragraph, and every line that just repeats."""
    headline = _key(title)
    below = [line for number, line in enumerate(lines) if number >= _MAX_HEADER_LINES or not _is_header(line, headline)]
    keys = [*map(_key, below), ""]
    return [
        line
        for number, line in enumerate(below)
        if not (keys[number] and keys[number] == keys[number - 1]) and not _is_summary(number, keys)
    ]


def _is_header(line: str, headline: str) -> bool:
    return _key(line) == headline or _is_date_line(line) or _is_dateline(line)


def _is_summary(number: int, keys: Sequence[str]) -> bool:
    """Tell a first line that the paragraph under it begins with."""
    key, following = keys[number], keys[number + 1]
    return number == 0 and len(key) >= _MIN_SUMMARY and key != following and following.startswith(key)


def _is_dateline(line: str) -> bool:
    """Tell a place and an agency on a line of their own ("الرباط / وكالة كذا") from a paragraph."""
    return len(line.split()) <= _DATELINE_WORDS and _DATELINE.fullmatch(line) is not None


def _is_date_line(line: str) -> bool:
    return len(line) <= _MAX_DATE and len(line.split()) <= _DATE_WORDS and read_date(line).when is not None


def _without_tail(lines: Sequence[str]) -> Sequence[str]:
    total, seen = sum(map(len, lines)), 0
    for number, line in enumerate(lines):
        if number and len(line) <= 80 and seen >= _TAIL_FROM * total and wording().tail.fullmatch(fold(line)):
            return lines[:number]
        seen += len(line)
    return lines


def _key(line: str) -> str:
    return "".join(_WORDS.findall(fold(line).casefold()))

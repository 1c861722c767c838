"""Quoted speech: the spans between quotation marks."""

from __future__ import annotations

import re

MAX_QUOTE = 3000
_QUOTE = re.compile(rf"«[^«»]{{1,{MAX_QUOTE}}}»|“[^“”]{{1,{MAX_QUOTE}}}”|\"[^\"\n]{{1,{MAX_QUOTE}}}\"")


def find_quotes(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
    """Return the inner spans of «», “” and straight double quotation marks; straight ones pair within one line."""
    matches = _QUOTE.finditer(text, start, len(text) if end is None else end)
    return tuple((match.start() + 1, match.end() - 1) for match in matches)

"""Bylines to names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tasks.domain.arabic.normalise import fold
from tasks.domain.articles.tree import one_line
from tasks.domain.articles.wording import wording

_ADDRESS = re.compile(r"(?:https?:|www\.)[^\s;,،|]+|[^\s;,،|]*@[^\s;,،|]+")
_SPLIT = re.compile(r"\s*(?:[,،;؛|/\n•·]|\s[-–—]\s|\s&\s|\s(?:and|und|et|ve|y)\s)\s*")
_JUNK = re.compile(
    r"https?:|www\.|@|\.(?:com|net|org|html?|php|png|jpe?g)\b|[<>{}\[\]=_#]|\d{2,}|\(\s*\)", re.IGNORECASE
)
_EDGES = " \t.,:;-–—|•·*\"'«»“”()،؛"
_LETTER = re.compile(r"[^\W\d_]")
_MAX_WORDS = 8
_MAX_AUTHORS = 12


def clean_authors(bylines: Iterable[str], site_names: Iterable[str] = ()) -> tuple[str, ...]:
    """Split bylines into names, without roles, addresses, handles and the outlet's own name; order kept, no doubles."""
    sites = {_site_key(name) for name in site_names}
    names = (_clean(part) for byline in bylines for part in _SPLIT.split(_ADDRESS.sub("", one_line(byline))))
    kept = {_key(name): name for name in reversed([name for name in names if _is_name(name, sites)])}
    return tuple(reversed(kept.values()))[:_MAX_AUTHORS]


def _clean(part: str) -> str:
    name = part.strip(_EDGES)
    # "بقلم: ..." and "By ..." may be stacked ("كتب / تقرير: ...").
    for _ in range(2):
        match = wording().author_prefix.match(name)
        if match is None or not re.match(r"[\s:：/.-]", name[match.end() :]):
            break
        name = name[match.end() :].strip(_EDGES)
    return name


def _is_name(name: str, sites: set[str]) -> bool:
    if not name or len(name) > 80 or len(name.split()) > _MAX_WORDS or len(_LETTER.findall(name)) < 3:
        return False
    words = wording()
    is_label = words.author_empty.fullmatch(name) or words.author_prefix.fullmatch(name)
    return not (_JUNK.search(name) or is_label or _site_key(name) in sites)


def _key(name: str) -> str:
    return fold(name).casefold().replace(" ", "")


def _site_key(name: str) -> str:
    """Reduce an outlet's name to what is its own: "شبكة كذا" and "كذا عربي" are one."""
    words = [word for word in fold(name).casefold().split() if not wording().outlet_word.fullmatch(word)]
    return "".join(words) or _key(name)

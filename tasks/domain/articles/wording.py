"""The page wording of `data/pages/wording.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tasks.domain.arabic.normalise import fold

_FILE = Path(__file__).parent.parent / "data" / "pages" / "wording.toml"


@dataclass(frozen=True, slots=True)
class Wording:
    """One pattern for each list of the file; `author_empty`, `furniture` and `tail` are for whole strings,
    `policy` for their beginnings. All but the first two are for text whose spelling is folded.

    `meta` gives the lower-case names of meta elements by what they hold, the most trusted first.
    """

    author_prefix: re.Pattern[str]
    author_empty: re.Pattern[str]
    outlet_word: re.Pattern[str]
    furniture: re.Pattern[str]
    tail: re.Pattern[str]
    policy: re.Pattern[str]
    error_title: re.Pattern[str]
    error_text: re.Pattern[str]
    missing_title: re.Pattern[str]
    missing_text: re.Pattern[str]
    paywall: re.Pattern[str]
    consent: re.Pattern[str]
    meta: Mapping[str, tuple[str, ...]]


@cache
def wording() -> Wording:
    """Read and compile the packaged file once."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    author, line, refuse = tables["author"], tables["line"], tables["refuse"]
    return Wording(
        author_prefix=_any_of(author["prefix"]),
        author_empty=_any_of(author["empty"]),
        outlet_word=_folded(author["outlet_word"]),
        furniture=_folded(line["furniture"]),
        tail=_folded(line["tail"]),
        policy=_folded(line["policy"]),
        error_title=_folded(refuse["error_title"]),
        error_text=_folded(refuse["error_text"]),
        missing_title=_folded(refuse["missing_title"]),
        missing_text=_folded(refuse["missing_text"]),
        paywall=_folded(refuse["paywall"]),
        consent=_folded(refuse["consent"]),
        meta={field: tuple(names) for field, names in tables["meta"].items()},
    )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(patterns)})", re.IGNORECASE)


def _folded(patterns: Iterable[str]) -> re.Pattern[str]:
    """Compile for folded text, so that one spelling in the file stands for all with and without hamza and marks."""
    return _any_of(map(fold, patterns))

"""Reports written for the frame model, in a compact form: a sentence a line, its claims behind "||".

"= " before a line makes it the title, "~ " lets a sentence go on in the paragraph of the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from warehouse.records import DIRECTED_KINDS

FOLDER = Path(__file__).parent / "gold"
PUBLISHED = "2025-02-20"
KINDS = {
    "arms": "arms_transfer", "aid": "military_aid", "agr": "agreement", "exe": "exercise", "dep": "deployment",
    "tra": "training", "tec": "technology", "int": "intelligence", "con": "consultation", "coo": "cooperation",
}  # fmt: skip
STATUSES = {"occ": "occurred", "pla": "planned", "sou": "sought", "pos": "possible", "den": "denied"}
_CLAIM = re.compile(r"(\w+) (\S+) (\w+)([?^]*)")


def short_articles(folder: Path = FOLDER) -> Iterator[dict[str, Any]]:
    """Gold-like articles without items or sources.

    Raises ValueError with file and line where a claim cannot be read.
    """
    for file in sorted(folder.glob("short-*.txt")):
        yield from _articles(file)


def _articles(file: Path) -> Iterator[dict[str, Any]]:
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    kept = ((number, line) for number, line in lines if not line.startswith("#"))
    blocks = (list(block) for is_filled, block in groupby(kept, lambda one: bool(one[1].strip())) if is_filled)
    articles = (article for block in blocks if (article := _article(block, file))["text"])
    for count, article in enumerate(articles, 1):
        yield {"id": f"{file.stem}-{count:03}", "published": PUBLISHED, **article}


def _article(block: Iterable[tuple[int, str]], file: Path) -> dict[str, Any]:
    """Title, text and claims of one block of numbered lines."""
    title, text = "", ""
    spans: list[tuple[int, int]] = []
    claims: list[dict[str, Any]] = []
    for number, line in block:
        if line.startswith("= "):
            title = line[2:].strip()
            continue
        sentence, _, marks = (part.strip() for part in line.removeprefix("~ ").partition("||"))
        joint = "" if not text else " " if line.startswith("~ ") else "\n"
        text = f"{text}{joint}{sentence}"
        spans.append((len(text) - len(sentence), len(text)))
        try:
            claims += [_claim(mark.strip(), spans) for mark in marks.split(";") if mark.strip()]
        except (KeyError, AttributeError, ValueError, IndexError) as error:
            raise ValueError(f"{file}:{number}: cannot read the claims {marks!r} ({error})") from error
    return {"title": title, "text": text, "claims": claims}


def _claim(mark: str, spans: list[tuple[int, int]]) -> dict[str, Any]:
    found = _CLAIM.fullmatch(mark)
    if not found:
        raise ValueError("write: kind SUPPLIER>RECIPIENT status")
    kind, actors, status, marks = found.groups()
    first = spans[-2] if "^" in marks else spans[-1]
    claim: dict[str, Any] = {
        "kind": KINDS[kind],
        "status": STATUSES[status],
        "evidence": [first[0], spans[-1][1]],
        "optional": "?" in marks,
    }
    return {**claim, **_roles(KINDS[kind], actors)}


def _roles(kind: str, actors: str) -> Mapping[str, Any]:
    if ">" not in actors:
        return {"supplier": None, "recipient": None, "participants": sorted(actors.split("+"))}
    if kind not in DIRECTED_KINDS:
        raise ValueError(f"{kind} has no direction")
    supplier, recipient = (None if actor == "-" else actor for actor in actors.split(">"))
    return {"supplier": supplier, "recipient": recipient, "participants": None}

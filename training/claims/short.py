"""Short reports written for the frame model, in a compact form: a sentence a line, its claims behind "||"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
_CLAIM = re.compile(r"(\w+) (\S+) (\w+)(\?)?")


def short_articles(folder: Path = FOLDER) -> Iterator[dict[str, Any]]:
    """Gold-like articles without a title, items or sources.

    Raises ValueError with file and line where a claim cannot be read.
    """
    for file in sorted(folder.glob("short-*.txt")):
        yield from _articles(file)


def _articles(file: Path) -> Iterator[dict[str, Any]]:
    text, count = "", 0
    claims: list[dict[str, Any]] = []
    for number, line in enumerate([*file.read_text(encoding="utf-8").splitlines(), ""], 1):
        if line.startswith("#"):
            continue
        if not line.strip():
            if text:
                count += 1
                yield _article(f"{file.stem}-{count:03}", text, claims)
            text, claims = "", []
            continue
        sentence, _, marks = (part.strip() for part in line.partition("||"))
        start = len(text) + 1 if text else 0
        text = f"{text}\n{sentence}" if text else sentence
        try:
            claims += [_claim(mark.strip(), start, len(text)) for mark in marks.split(";") if mark.strip()]
        except (KeyError, AttributeError, ValueError) as error:
            raise ValueError(f"{file}:{number}: cannot read the claims {marks!r} ({error})") from error


def _article(name: str, text: str, claims: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": name, "title": "", "text": text, "published": PUBLISHED, "claims": claims}


def _claim(mark: str, start: int, end: int) -> dict[str, Any]:
    found = _CLAIM.fullmatch(mark)
    if not found:
        raise ValueError("write: kind SUPPLIER>RECIPIENT status")
    kind, actors, status, optional = found.groups()
    claim: dict[str, Any] = {
        "kind": KINDS[kind],
        "status": STATUSES[status],
        "evidence": [start, end],
        "optional": bool(optional),
    }
    return {**claim, **_roles(KINDS[kind], actors)}


def _roles(kind: str, actors: str) -> Mapping[str, Any]:
    if ">" not in actors:
        return {"supplier": None, "recipient": None, "participants": sorted(actors.split("+"))}
    if kind not in DIRECTED_KINDS:
        raise ValueError(f"{kind} has no direction")
    supplier, recipient = (None if actor == "-" else actor for actor in actors.split(">"))
    return {"supplier": supplier, "recipient": recipient, "participants": None}

"""Articles of one or two made-up sentences, filled from `patterns.toml`: what the grammar says without the news.

The filling is drawn from a seeded generator: the same articles every time.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("patterns.toml")
COPIES = 4
_SLOT = re.compile(r"\{([A-Z])(?:\.(m|f|im|if|c))?\}")
DIRECTED = frozenset(("arms_transfer", "military_aid", "deployment", "training", "technology", "intelligence"))


def made_up_articles(copies: int = COPIES) -> Iterator[dict[str, Any]]:
    """Gold-like articles, each with the claim its pattern makes."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    draw = random.Random(11)
    for pattern in data["pattern"]:
        for text in pattern["texts"]:
            for _ in range(copies):
                yield _article(draw, data, pattern.get("kind"), text)


def _article(draw: random.Random, data: Mapping[str, Any], kind: str | None, text: str) -> dict[str, Any]:
    whole = draw.choice(data["prefixes"]) + text + draw.choice(data["suffixes"])
    actors = dict(zip("SRPQOX", draw.sample(sorted(data["actors"]), 6), strict=True))
    filled = _SLOT.sub(lambda slot: _fill(draw, data, actors, slot), whole)
    title = f"{_name(draw, data, actors['R'])} {_name(draw, data, actors['S'])}" if draw.random() < 0.3 else ""
    claims = [] if kind is None else [_claim(kind, actors, whole, len(filled))]
    return {"id": "made-up", "title": title, "text": filled, "published": "2024-05-06", "claims": claims}


def _claim(kind: str, actors: Mapping[str, str], text: str, length: int) -> dict[str, Any]:
    claim: dict[str, Any] = {"kind": kind.rstrip("~"), "supplier": None, "recipient": None, "participants": None}
    if kind in DIRECTED:
        claim |= {"supplier": actors["S"], "recipient": actors["R"]}
    else:
        claim["participants"] = sorted(actors[slot] for slot in "PQO" if f"{{{slot}" in text)
    return claim | {"evidence": [0, length]}


def _name(draw: random.Random, data: Mapping[str, Any], actor: str) -> str:
    name: str = draw.choice([data["actors"][actor][0], data["actors"][actor][0], data["actors"][actor][2]])
    return name


def _fill(draw: random.Random, data: Mapping[str, Any], actors: Mapping[str, str], slot: re.Match[str]) -> str:
    letter, form = slot.groups()
    if letter in data["fill"]:
        filled: str = draw.choice(data["fill"][letter])
        return filled
    if form is None:
        return _name(draw, data, actors[letter])
    if form == "c":
        capital: str = data["actors"][actors[letter]][2]
        return capital
    words = [word + ("ة" if "f" in form else "") for word in data["actors"][actors[letter]][1].split()]
    return " ".join(word if form.startswith("i") else "ال" + word for word in words)

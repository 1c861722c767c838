"""Training examples from the gold: which party fills which role, and which candidate is a claim."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from tasks.domain.arabic.document import Document, read_document
from tasks.domain.claims.anchors import Anchor
from tasks.domain.claims.context import Scene
from tasks.domain.claims.engine import Reading, read_document_views, read_scenes
from tasks.domain.claims.frames import Candidate
from tasks.domain.claims.model import ROLES, Role
from warehouse.records import DIRECTED_KINDS

GOLD = Path(__file__).parents[2] / "tests" / "gold"
WRITTEN = Path(__file__).parent / "gold"
GOLD_NAME = "dev-"  # how the files of the development gold begin, and the ids of its articles
FOLDS = 5
MADE_UP = -1


@dataclass(frozen=True)
class Sample:
    """One gold article, read by the engine up to its anchors."""

    article: Mapping[str, Any]
    document: Document
    scenes: tuple[Scene, ...]
    readings: tuple[Reading, ...]
    fold: int
    number: int

    @property
    def claims(self) -> Sequence[Mapping[str, Any]]:
        found: Sequence[Mapping[str, Any]] = self.article.get("claims") or ()
        return found

    @property
    def is_gold(self) -> bool:
        return str(self.article["id"]).startswith(GOLD_NAME)


def load_gold(folder: Path = GOLD) -> list[dict[str, Any]]:
    """The development gold: what the engine is measured on, fold by fold."""
    return _articles(folder.glob(f"{GOLD_NAME}*.jsonl"))


def load_written(folder: Path = WRITTEN) -> list[dict[str, Any]]:
    """Articles written and labelled to learn from only."""
    return _articles(folder.glob("news-*.jsonl"))


def _articles(files: Iterable[Path]) -> list[dict[str, Any]]:
    return [
        json.loads(line) for file in sorted(files) for line in file.read_text(encoding="utf-8").splitlines() if line
    ]


def read_samples(articles: Iterable[Mapping[str, Any]], fold: int | None = None) -> list[Sample]:
    """Read every article; its fold goes by its id, whatever articles stand beside it, or is the one given."""
    samples = []
    for number, article in enumerate(articles):
        published = date.fromisoformat(article["published"]) if article.get("published") else None
        document = read_document(article["text"], article["title"], published)
        scenes = read_scenes(document, ())
        own, place = (crc32(article["id"].encode()) % FOLDS, number) if fold is None else (fold, -1 - number)
        samples.append(Sample(article, document, scenes, read_document_views(document, scenes), own, place))
    return samples


def claims_in(sample: Sample, reading: Reading) -> list[Mapping[str, Any]]:
    sentence = reading.view.scene.sentence
    return [c for c in sample.claims if c["evidence"][0] < sentence.end and c["evidence"][1] > sentence.start]


def role_labels(claims: Sequence[Mapping[str, Any]], reading: Reading, anchor: Anchor) -> dict[Role, list[int]]:
    """Per role, one label per party: whether some claim of a kind the anchor could be gives it that role."""
    fitting = [c for c in claims if c["kind"] in anchor.kinds or not anchor.kinds]
    wanted: dict[Role, set[str]] = {
        "supplier": {c["supplier"] for c in fitting if c["supplier"]},
        "recipient": {c["recipient"] for c in fitting if c["recipient"]},
        "participant": {i for c in fitting for i in c["participants"] or ()},
    }
    return {role: [int(set(p.ids) <= wanted[role]) for p in reading.parties] for role in ROLES}


def claim_label(claims: Sequence[Mapping[str, Any]], candidate: Candidate) -> int | None:
    """1 where the gold has the candidate, None where it only matches an optional claim, which teaches nothing."""
    found = [c for c in claims if _is_same(c, candidate)]
    if not found:
        return 0
    return None if all(c.get("optional") for c in found) else 1


def _is_same(claim: Mapping[str, Any], candidate: Candidate) -> bool:
    if claim["kind"] != candidate.kind:
        return False
    if candidate.is_directed:
        ends = (claim["supplier"], claim["recipient"], claim["participants"])
        return claim["kind"] in DIRECTED_KINDS and ends == (candidate.supplier, candidate.recipient, None)
    members = set(candidate.participants or ())
    return bool(claim["participants"]) and members <= set(claim["participants"]) and _is_whole(claim, members)


def _is_whole(claim: Mapping[str, Any], members: set[str]) -> bool:
    return len(members) > 1 or members == set(claim["participants"])

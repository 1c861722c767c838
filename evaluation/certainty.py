"""Status, source, items and time measured by themselves: the frames are those of the gold.

    python -m evaluation.certainty tests/gold/dev-a.jsonl            the shares that are right
    python -m evaluation.certainty --errors --even FILE ...          and every claim that is not, of even numbers only

Each gold claim gives its kind and actors; the words that carry it are those of the engine's own likeliest frame of that
kind and those actors in the sentence, else of that kind, else of any, else the first word. Several gold claims of one
frame share it out: their answers are paired with the gold so that most is right.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

from tasks.domain.arabic.document import read_document
from tasks.domain.claims.context import Frame, Scene
from tasks.domain.claims.details import complete_all
from tasks.domain.claims.engine import Reading, candidates_of, read_document_views, read_scenes, reranked, verdicts_of
from tasks.domain.claims.frames import Candidate
from tasks.domain.claims.model import Model, packaged_model
from tasks.domain.claims.score import as_row
from warehouse.records import Mention

FIELDS = ("status", "attribution", "items", "when", "all but when")
MAX_PAIRED = 6
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A gold claim and what the engine says of its frame, None where the claim got no frame of its own."""

    article: str
    sentence: str
    gold: Row
    found: Row | None

    def is_right(self, field: str) -> bool:
        if self.found is None:
            return False
        if field == "all but when":
            return all(_agrees(name, self.found, self.gold) for name in FIELDS[:3])
        return _agrees(field, self.found, self.gold)


def _agrees(field: str, found: Row, gold: Row) -> bool:
    if field == "status":
        return bool(found["status"] == gold["status"])
    if field == "attribution":
        return _source(found) == _source(gold)
    if field == "items":
        return not _items(gold) - _items(found)
    return _days(found) == _days(gold)


def _source(claim: Row) -> tuple[str | None, str] | None:
    said = claim.get("attribution")
    return (said["country"], said["type"]) if said else None


def _items(claim: Row) -> Counter[tuple[Any, Any, Any]]:
    keys = ((i["category"], i["low"], i["high"]) for i in claim.get("items") or ())
    return Counter(key for key in keys if key != ("personnel", None, None))


def _days(claim: Row) -> tuple[str | None, str | None] | None:
    when = claim.get("when")
    return (when["start"], when["end"]) if when else None


def read_article(article: Row) -> tuple[tuple[Scene, ...], tuple[Reading, ...]]:
    """The scenes and readings of a gold article, with its own names as if the tagger had found them."""
    published = date.fromisoformat(article["published"]) if article.get("published") else None
    document = read_document(article["text"], article["title"], published)
    names = [Mention(e["start"], e["end"], e["text"], e["label"]) for e in article.get("entities") or ()]
    scenes = read_scenes(document, names)
    return scenes, read_document_views(document, scenes)


@dataclass(frozen=True, slots=True)
class Placed:
    """Gold claims that share kind, actors and sentence, with the frames that stand for them."""

    scene: Scene
    gold: tuple[Row, ...]
    frames: tuple[Frame, ...]


def place(article: Row, scenes: Sequence[Scene], readings: Sequence[Reading], model: Model) -> Iterator[Placed]:
    """Give every gold claim of an article its frame."""
    verdicts = verdicts_of(readings, model.reader)
    likely = reranked(candidates_of(readings, model, verdicts), model)
    everything = candidates_of(readings, model, verdicts, least=-math.inf)
    scored = [
        [*first, *(replace(c, score=c.score - 1) for c in others)]
        for first, others in zip(likely, everything, strict=True)
    ]
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for claim in article.get("claims") or ():
        groups[(claim["kind"], _roles(claim), tuple(claim["evidence"]))].append(claim)
    for claims in groups.values():
        start, end = claims[0]["evidence"]
        inside = [n for n, s in enumerate(scenes) if s.sentence.start < end and s.sentence.end > start]
        best = max(inside, key=lambda n: _fit(scored[n], claims[0]))
        yield Placed(scenes[best], tuple(claims), tuple(_frames(claims, readings[best], scored[best])))


def _roles(claim: Row) -> tuple[str | None, str | None, tuple[str, ...]]:
    return claim["supplier"], claim["recipient"], tuple(sorted(claim["participants"] or ()))


def _closeness(candidate: Candidate, claim: Row) -> int:
    """2: kind and actors, 1: the kind, 0: neither."""
    if candidate.kind != claim["kind"]:
        return 0
    mine = (candidate.supplier, candidate.recipient, candidate.participants or ())
    return 2 if mine == _roles(claim) or _is_part(candidate, claim) else 1


def _is_part(candidate: Candidate, claim: Row) -> bool:
    return bool(candidate.participants) and set(candidate.participants or ()) <= set(claim["participants"] or ())


def _fit(candidates: Sequence[Candidate], claim: Row) -> tuple[int, float]:
    return max(((_closeness(c, claim), c.score) for c in candidates), default=(-1, 0.0))


def _frames(claims: Sequence[Row], reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Frame]:
    """As many frames as there are claims, as far as there are triggers for them."""
    claim, scene = claims[0], reading.view.scene
    likeliest = sorted(candidates, key=lambda c: (-_closeness(c, claim), -c.score))
    closeness = _closeness(likeliest[0], claim) if likeliest else 0
    anchors = {(c.anchor.first, c.anchor.last): c for c in reversed(likeliest) if _closeness(c, claim) == closeness}
    chosen = sorted(anchors.values(), key=lambda c: -c.score)[: len(claims)]
    clauses = reading.view.clauses
    for c in chosen:
        own = [i for i, number in enumerate(clauses) if number == clauses[c.anchor.first]]
        spans = tuple((p.phrase, p.last) for p in (c.left, c.right) if p and p.first >= 0)
        rule = f"{claim['kind']}:{c.anchor.name}:{c.anchor.form}"
        yield _frame(claim, scene, (own[0], own[-1]), (c.anchor.first, c.anchor.last), rule, spans)
    if not chosen:
        yield _frame(claim, scene, (0, len(scene.tokens) - 1), (0, 0), f"{claim['kind']}:none:noun", ())


def _frame(
    claim: Row, scene: Scene, clause: tuple[int, int], trigger: tuple[int, int], rule: str,
    parties: tuple[tuple[int, int], ...],
) -> Frame:  # fmt: skip
    members = tuple(sorted(claim["participants"])) if claim["participants"] else None
    sentence = scene.sentence
    return Frame(
        claim["kind"], claim["supplier"], claim["recipient"], members, *clause, trigger, rule,
        (sentence.start, sentence.end), parties=parties,
    )  # fmt: skip


def answers(article: Row, model: Model) -> Iterator[Answer]:
    """What the engine says of every gold claim of an article."""
    scenes, readings = read_article(article)
    text = article["text"]
    for placed in place(article, scenes, readings, model):
        found = [as_row(claim) for claim in complete_all(placed.frames, placed.scene, scenes)]
        for gold, row in _paired(placed.gold, found):
            yield Answer(article["id"], text[slice(*gold["evidence"])], gold, row)


def _paired(gold: Sequence[Row], found: Sequence[Row]) -> Iterator[tuple[Row, Row | None]]:
    """The pairing with the most fields right."""
    rows: list[Row | None] = [*found[:MAX_PAIRED], *[None] * max(0, len(gold) - len(found))]
    best = max(permutations(rows, len(gold)), key=lambda order: sum(map(_worth, gold, order)))
    return zip(gold, best, strict=True)


def _worth(gold: Row, row: Row | None) -> int:
    return sum(_agrees(field, row, gold) for field in FIELDS[:4]) if row is not None else 0


def load(files: Iterable[Path], half: int | None = None) -> Iterator[Row]:
    """The articles of gold files; `half` 0 or 1 keeps those of even or odd numbers."""
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            article = json.loads(line) if line.strip() else None
            if article and (half is None or int(article["id"].rsplit("-", 1)[1]) % 2 == half):
                yield article


def report(found: Sequence[Answer]) -> str:
    """The shares that are right, of the claims that count; and statuses by what the gold says."""
    counted = [a for a in found if not a.gold.get("optional")]
    lines = [f"{len(counted)} claims, optional ones aside"]
    for name in FIELDS:
        right = sum(a.is_right(name) for a in counted)
        lines.append(f"  {name:13s} {right / max(1, len(counted)):.3f}")
    for status in ("occurred", "planned", "sought", "possible", "denied"):
        answered = Counter(a.found["status"] if a.found else "none" for a in counted if a.gold["status"] == status)
        lines.append(f"  {status:9s} -> " + ", ".join(f"{name} {n}" for name, n in answered.most_common()))
    return "\n".join(lines)


def mistakes(found: Iterable[Answer], fields: Sequence[str]) -> Iterator[str]:
    """Every claim with a wrong field, with its sentence."""
    for a in found:
        wrong = [name for name in fields if not a.is_right(name)]
        if wrong and not a.gold.get("optional"):
            yield f"{a.article} {a.gold['kind']} {_roles(a.gold)}\n  {a.sentence}"
            yield from (f"  {name}: {_shown(name, a.found)} instead of {_shown(name, a.gold)}" for name in wrong)
            yield f"  {a.found['rule_id'] if a.found else ''}"


def _shown(field: str, claim: Row | None) -> str:
    if claim is None:
        return "nothing"
    if field == "items":
        return str(sorted(_items(claim), key=str))
    return str(claim[field] if field != "attribution" else claim["attribution"] and dict(claim["attribution"]))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.certainty", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, help="gold files (JSONL)")
    parser.add_argument("--errors", default="", help="fields whose mistakes are listed: status,attribution,items,when")
    halves = parser.add_mutually_exclusive_group()
    halves.add_argument("--even", dest="half", action="store_const", const=0, help="articles of even numbers only")
    halves.add_argument("--odd", dest="half", action="store_const", const=1, help="articles of odd numbers only")
    options = parser.parse_args(arguments)
    model = packaged_model()
    found = [answer for article in load(options.files, options.half) for answer in answers(article, model)]
    fields = [name for name in options.errors.split(",") if name]
    for line in mistakes(found, fields) if fields else ():
        print(line)
    print(report(found))


if __name__ == "__main__":
    main()

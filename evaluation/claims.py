"""How good the claims are, on the labelled articles in tests/gold.

    python -m evaluation.claims                  the shipped model on the development and the held-out articles
    python -m evaluation.claims --folds          and five-fold cross-validation, training five networks: an hour or more
    python -m evaluation.claims --mistakes 20    and the worst mistakes; never those on held-out articles
    python -m evaluation.claims FILE ...         other files of the same form

The shipped model was trained on the development articles: what it scores there only shows that nothing fell back.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from evaluation.measures import (
    Row,
    Scored,
    alarms,
    bins,
    brief,
    by,
    certainties,
    expected_error,
    mistakes,
    score_claims,
    total,
)
from tasks.domain.arabic.document import Document, read_document
from tasks.domain.claims.engine import extract_claims
from tasks.domain.claims.score import LEVELS, Counts
from tasks.engine import engine_of
from tasks.settings import EntitySettings, Settings
from warehouse.records import Mention

GOLD = Path(__file__).parents[1] / "tests" / "gold"
HELD = "held-"
ROUNDS = 3


def load(files: Iterable[Path]) -> list[Row]:
    lines = (line for path in files for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [json.loads(line) for line in lines]


def day_of(article: Row) -> date | None:
    return date.fromisoformat(article["published"][:10]) if article.get("published") else None


def shipped(articles: Sequence[Row]) -> tuple[list[Scored], list[tuple[Document, tuple[Mention, ...]]]]:
    """Every article through the whole engine; and what its claims stage was given, for the clock."""
    engine = engine_of(Settings(entities=EntitySettings(backend="embedded")))
    scored, given = [], []
    for article in articles:
        found = engine.analyse(article["id"], article["title"], article["text"], day_of(article))
        scored.append(score_claims(article, found.claims))
        given.append((read_document(article["text"], article["title"], day_of(article)), found.mentions))
    return scored, given


def sentences_per_second(given: Sequence[tuple[Document, tuple[Mention, ...]]]) -> float:
    """The claims stage on one core, tokens and entities being there; the best of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for document, mentions in given:
            extract_claims(document, mentions)
        rounds.append(time.process_time() - start)
    return sum(len(document.sentences) for document, _ in given) / min(rounds)


def report(title: str, scored: Sequence[Scored]) -> Iterator[str]:
    """The tables of one set of articles."""
    counts = total(scored)
    alarmed, quiet = alarms(scored)
    yield f"{title}: {len(scored)} articles, {counts.gold} claims (optional ones aside), {counts.predicted} found"
    yield "  level      precision  recall   F1"
    for level in LEVELS:
        yield f"  {level:9s}  {counts.precision(level):9.3f}  {counts.recall(level):6.3f}  {counts.f1(level):.3f}"
    yield f"  articles without a claim that were given one: {alarmed} of {quiet}"
    for field, level in (("kind", "directed"), ("status", "status")):
        yield f"  by {field:12s}  gold  found  P      R      F1 at {level}"
        for value, part in by(field, scored).items():
            yield f"  {value:15s} {_part(part, level)}"
    table = bins(certainties(scored))
    yield f"  confidence: expected calibration error {expected_error(table):.3f}"
    yield "  given  right  claims"
    for one in table:
        yield f"  {one.confidence:5.2f}  {one.share:5.2f}  {one.size:6d}"


def _part(counts: Counts, level: str) -> str:
    p, r, f1 = counts.precision(level), counts.recall(level), counts.f1(level)
    return f"{counts.gold:4d}  {counts.predicted:5d}  {p:.3f}  {r:.3f}  {f1:.3f}"


def against_floors(scored: Sequence[Scored], floors: dict[str, Any]) -> Iterator[str]:
    """Which floors hold, and which have room to be raised."""
    counts = total(scored)
    found = [(name, floor, round(counts.f1(name), 3)) for name, floor in floors["claims"].items()]
    for name, floor, value in found:
        sign = "below its floor" if value < floor else "rose" if value >= floor + 0.01 else "holds"
        yield f"  {name:9s}  floor {floor:.2f}  now {value:.3f}  {sign}"
    alarmed, most = alarms(scored)[0], floors["false_alarms_at_most"]
    yield f"  false alarms at most {most}, now {alarmed}: {'too many' if alarmed > most else 'holds'}"


def worst(scored: Sequence[Scored], count: int) -> Iterator[str]:
    for one in mistakes(scored)[:count]:
        what = "false alarm" if one.gold is None else "missed" if one.found is None else f"only {LEVELS[one.level - 1]}"
        confidence = f" at {one.found['confidence']:.2f}" if one.found else ""
        yield f"  {one.article}: {what}{confidence}"
        yield f"    {one.sentence}"
        yield from (
            f"    {name}: {brief(claim)}" for name, claim in (("gold", one.gold), ("found", one.found)) if claim
        )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evaluation.claims", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, help="labelled articles (JSONL) instead of those in tests/gold")
    parser.add_argument("--folds", action="store_true", help="cross-validate as well: trains five models")
    parser.add_argument("--mistakes", type=int, default=0, metavar="N", help="list the N worst mistakes")
    options = parser.parse_args(arguments)
    if options.files:
        return _print_set("the files", options.files, options.mistakes)
    code = _print_set("shipped model on its training articles", sorted(GOLD.glob("dev-*.jsonl")), 0, "development")
    code |= _print_set("shipped model on held-out articles", sorted(GOLD.glob(f"{HELD}*.jsonl")), 0, "held-out")
    if options.folds:
        _print_folds(options.mistakes)
    return code


def _print_set(title: str, files: Sequence[Path], listed: int, floors: str = "") -> int:
    scored, given = shipped(load(files))
    print("\n".join(report(title, scored)))
    print(f"  claims stage: {sentences_per_second(given):.0f} sentences per second on one core")
    if listed and not any(path.name.startswith(HELD) for path in files):
        print("\n".join(["the worst mistakes", *worst(scored, listed)]))
    if not floors:
        print(flush=True)
        return 0
    pinned = json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))[floors]
    lines = list(against_floors(scored, pinned))
    print("\n".join(["floors (tests/gold/floors.json)", *lines, ""]), flush=True)
    return int(any("below" in line or "too many" in line for line in lines))


def _print_folds(listed: int) -> None:
    from evaluation.folds import scored_by_folds

    scored = scored_by_folds()
    print("\n".join(report("five-fold cross-validation over the development articles", scored)))
    if listed:
        print("\n".join(["the worst mistakes in cross-validation", *worst(scored, listed)]))


if __name__ == "__main__":
    sys.exit(main())

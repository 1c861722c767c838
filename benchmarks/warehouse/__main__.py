"""Measures the warehouse at a given size: batches of every kind, publication, the shipped queries.

    python -m benchmarks.warehouse --articles 1000000 --directory /var/tmp/marsad-bench

Everything is made from the number of each article, so two runs measure the same data.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import md5
from pathlib import Path

from warehouse.connect import bodies_path, open_primary
from warehouse.read import list_queries, open_snapshot, run_query
from warehouse.records import Analysis, Article, Claim, Entry, FeedEvent, FeedState, Item, Mention, Poll, Sighting
from warehouse.snapshot import publish
from warehouse.sql import run_sql
from warehouse.store import Store, open_store

HERE = Path(__file__).parent
CHUNK = 500_000
BATCH = 2_000
KNOWN_SHARE = 0.2
NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = "أعلنت وزارة الدفاع في بيان لها اليوم أن القوات المسلحة تسلمت دفعة جديدة من المعدات".split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--directory", type=Path, required=True, help="is kept, and used again if it has that size")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    primary = options.directory / f"bench-{options.articles}.duckdb"
    figures: dict[str, object] = {"articles": options.articles}
    if not primary.exists():
        figures["generate_s"] = timed(lambda: generate(primary, options.articles))
    figures |= measure_loads(primary, options.articles, options.rounds)
    figures |= measure_publication(primary, options.rounds)
    figures |= measure_queries(snapshot_of(primary), options.rounds)
    figures["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    json.dump(figures, sys.stdout, indent=1)


def generate(primary: Path, articles: int) -> None:
    primary.parent.mkdir(parents=True, exist_ok=True)
    draft = primary.with_name(f"draft-{primary.name}")
    script = (HERE / "generate.sql").read_text(encoding="utf-8")
    for first in range(0, articles, CHUNK):
        with open_primary(draft, wait=0, memory_limit="4GB", threads=2) as connection:
            run_sql(connection, script, {"first": first, "last": min(first + CHUNK, articles), "total": articles})
    with open_primary(draft, wait=0, memory_limit="4GB", threads=2) as connection:
        run_sql(connection, (HERE / "entities.sql").read_text(encoding="utf-8"))
    bodies_path(draft).replace(bodies_path(primary))
    draft.replace(primary)


def measure_loads(primary: Path, articles: int, rounds: int) -> dict[str, object]:
    figures: dict[str, list[float]] = {"polls_s": [], "articles_s": [], "analyses_s": [], "open_s": []}
    for number in range(rounds):
        base = 10**9 + time.time_ns() // 1000 % 10**9 * 10**4
        batch = [made_article(index) for index in numbers(base, articles, number)]
        figures["open_s"].append(timed(lambda: with_store(primary, lambda store: None)))
        figures["polls_s"].append(timed(lambda: with_store(primary, lambda store: save_polls(store, batch))))
        figures["articles_s"].append(
            timed(lambda: with_store(primary, lambda store: store.save_articles(batch, [], "bench", NOW)))
        )
        figures["analyses_s"].append(
            timed(lambda: with_store(primary, lambda store: store.save_analyses(analyses(batch[:400]), "bench", NOW)))
        )
    return {name: {"best": min(values), "median": statistics.median(values)} for name, values in figures.items()}


def numbers(base: int, articles: int, number: int) -> Iterator[int]:
    """A batch of which a fifth is known, spread over the whole archive: the worst case for a lookup."""
    known = int(BATCH * KNOWN_SHARE)
    yield from range(base, base + BATCH - known)
    yield from ((articles * index // known + number) % articles for index in range(known))


def made_article(index: int) -> Article:
    article_id = md5(str(index).encode()).hexdigest()
    text = " ".join(WORDS[(index + place) % len(WORDS)] for place in range(340))
    outlet = f"outlet-{index % 200}"
    known = index < 10**9
    return Article(
        article_id, 1, f"http://example/{article_id}", outlet, outlet, "EGY", f"عنوان {index}", text,
        NOW - timedelta(hours=1), datetime(2020, 1, 1, tzinfo=UTC) if known else NOW, "ar", (), article_id,
    )  # fmt: skip


def save_polls(store: Store, batch: list[Article]) -> None:
    polls: dict[str, list[Sighting]] = {}
    for article in batch:
        entry = Entry(article.article_id, article.url, article.title, "ملخص", article.published_at)
        seen = Sighting(article.feed_id, article.article_id, article.url, entry, NOW)
        polls.setdefault(article.feed_id, []).append(seen)
    event = FeedEvent("", NOW, "ok", 200)
    store.save_polls(
        [
            Poll(FeedState(feed, feed, last_polled_at=NOW), replace(event, feed_id=feed), tuple(seen))
            for feed, seen in polls.items()
        ],
        "bench",
        NOW,
    )


def analyses(batch: list[Article]) -> list[Analysis]:
    mentions = tuple(Mention(k * 50, k * 50 + 6, "كيان", "LOC", f"E{k}") for k in range(10))
    claim = Claim(
        "arms_transfer", "A1", "A201", None, "occurred", None, (Item("tank", low=30, high=30),), None, (0, 80), "rule-1"
    )
    return [Analysis(article.article_id, 1, "1", mentions, (), (claim,)) for article in batch]


def measure_publication(primary: Path, rounds: int) -> dict[str, object]:
    published = [publish(primary, snapshot_of(primary), now=NOW + timedelta(seconds=n)) for n in range(min(rounds, 3))]
    done = [one for one in published if one is not None]
    size = done[-1].size / 1e9
    seconds = [one.blocked_s for one in done if not one.has_new_bodies] or [one.blocked_s for one in done]
    return {"facts_gb": size, "publish_blocked_s": min(seconds), "publish_s_per_gb": min(seconds) / size}


def measure_queries(snapshot: Path, rounds: int) -> dict[str, object]:
    figures: dict[str, object] = {}
    with open_snapshot(snapshot) as connection:
        some_claim = run_query(connection, "SELECT claim_id FROM core_claims LIMIT 1 OFFSET 5000").rows[0][0]
        for info in list_queries():
            given = {"claim_id": some_claim} if info.name == "one_claim" else {}
            times = [timed(lambda: run_query(connection, info.name, given)) for _ in range(rounds)]  # noqa: B023
            figures[info.name] = {"cold_ms": round(times[0] * 1e3), "p95_ms": round(percentile(times[1:], 0.95) * 1e3)}
    return {"queries": figures}


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def with_store(primary: Path, use: Callable[[Store], object]) -> None:
    with open_store(primary, wait=0) as store:
        use(store)


def snapshot_of(primary: Path) -> Path:
    return primary.with_name(f"{primary.stem}-public.duckdb")


def timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return round(time.perf_counter() - started, 4)


if __name__ == "__main__":
    main()

"""Measures the warehouse at a given size: batches of every kind, publication, the shipped queries.

    python -m benchmarks.warehouse --articles 1000000 --directory /var/tmp/marsad-bench

Everything is made from the number of each article, so two runs measure the same data.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import md5
from pathlib import Path

from warehouse.read import list_queries, open_snapshot, run_query
from warehouse.records import Analysis, Article, Claim, Entry, FeedEvent, FeedState, Item, Mention, Poll, Sighting
from warehouse.snapshot import publish
from warehouse.store import Store, open_store

BATCH = 2_000
KNOWN_SHARE = 0.2
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SENTENCE = "أعلنت وزارة الدفاع في بيان لها اليوم أن القوات المسلحة تسلمت دفعة جديدة من المعدات"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--directory", type=Path, required=True, help="is kept, and used again if it has that size")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    primary = options.directory / f"bench-{options.articles}.duckdb"
    figures: dict[str, object] = {"articles": options.articles}
    if not primary.exists():
        figures["generate_s"] = timed(partial(generate_in_child, primary, options.articles)).wall
    figures |= measure_loads(primary, options.articles, options.rounds)
    figures["loads_peak_memory_mb"] = peak_memory_mb()
    figures |= measure_publication(primary, options.rounds)
    figures |= measure_queries(snapshot_of(primary), options.rounds)
    figures["peak_memory_mb"] = peak_memory_mb()
    json.dump(figures, sys.stdout, indent=1)


def generate_in_child(primary: Path, articles: int) -> None:
    """So that the memory it takes is not counted."""
    subprocess.run([sys.executable, "-m", "benchmarks.warehouse.generate", str(primary), str(articles)], check=True)


def peak_memory_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure_loads(primary: Path, articles: int, rounds: int) -> dict[str, object]:
    """Open, save one batch, commit, checkpoint, close: as one task of the pipeline does it."""
    steps: dict[str, Callable[[Store, list[Article]], object]] = {
        "open_only": lambda store, batch: None,
        "save_polls": save_polls,
        "save_articles": lambda store, batch: store.save_articles(batch, [], "bench", NOW),
        "save_analyses_of_400": lambda store, batch: store.save_analyses(analyses(batch[:400]), "bench", NOW),
    }
    costs: dict[str, list[Cost]] = {name: [] for name in steps}
    for number in range(rounds):
        batch = [made_article(index) for index in numbers(articles, number)]
        for name, step in steps.items():
            costs[name].append(timed(partial(with_store, primary, step, batch)))
    return {"loads": {name: summary(values) for name, values in costs.items()}}


def numbers(articles: int, number: int) -> Iterator[int]:
    """A batch of which a fifth is known from the last days, as feeds show them again."""
    known = int(BATCH * KNOWN_SHARE)
    base = 10**9 + time.time_ns() // 1000 % 10**9 * 10**4
    yield from range(base, base + BATCH - known)
    yield from range(articles - known * (number + 1), articles - known * number)


def made_article(index: int) -> Article:
    article_id = md5(str(index).encode()).hexdigest()
    text = " ".join(f"{SENTENCE} {index + place}." for place in range(20))
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
            times = [timed(partial(run_query, connection, info.name, given)) for _ in range(rounds)]
            figures[info.name] = {"cold_s": times[0].wall, **summary(times[1:])}
    return {"queries": figures}


def with_store(primary: Path, step: Callable[[Store, list[Article]], object], batch: list[Article]) -> None:
    with open_store(primary, wait=0) as store:
        step(store, batch)


def snapshot_of(primary: Path) -> Path:
    return primary.with_name(f"{primary.stem}-public.duckdb")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock, and of processor time over all threads: the latter hardly feels other programs."""

    wall: float
    cpu: float


def timed(call: Callable[[], object]) -> Cost:
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return Cost(round(time.perf_counter() - wall, 4), round(time.process_time() - cpu, 4))


def summary(costs: list[Cost]) -> dict[str, float]:
    walls = [cost.wall for cost in costs]
    return {
        "best_s": min(walls),
        "median_s": statistics.median(walls),
        "p95_s": sorted(walls)[min(len(walls) - 1, int(0.95 * len(walls)))],
        "median_cpu_s": statistics.median(cost.cpu for cost in costs),
    }


if __name__ == "__main__":
    main()

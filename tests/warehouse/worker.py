"""A small pipeline that can be killed at any moment: `python -m tests.warehouse.worker PRIMARY FOLDER BATCHES`.

Each batch goes from a feed to claims and is then written down in `done`; every third one is published. Started again,
it goes on after the last batch written down, and does again what may have been half done.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from tests.warehouse.samples import NILE, NOW, TEXT, analysis, article, claim, denial, poll
from tests.warehouse.words import from_word
from warehouse.place import Place
from warehouse.read import open_snapshot, run_query
from warehouse.records import Article, Work
from warehouse.snapshot import publish
from warehouse.store import Store, open_store

SIZE = 10
ENGINE = "1"
T = TypeVar("T")


def work(primary: Place, folder: Path, batches: int) -> None:
    for number in range(len(done(folder)), batches):
        with open_store(primary) as store:
            run_batch(store, number)
        with (folder / "done").open("a") as out:
            out.write(f"{number}\n")
            out.flush()
            os.fsync(out.fileno())
        if number % 3 == 2:
            publish(primary, folder / "marsad.duckdb", now=time_of(number))


def run_batch(store: Store, number: int) -> None:
    now = time_of(number)
    store.sync_sources([NILE], now)
    names = [f"{number}-{place}" for place in range(SIZE)]
    store.save_polls([poll(NILE, *names, minutes=number)], "r", now)
    for works in _until_none(lambda: store.claim_work("fetch", limit=SIZE, now=now, lease_minutes=0.5, run_id="r")):
        store.save_articles([_fetched(one) for one in works], [], "r", now)
    for articles in _until_none(lambda: _claim_articles(store, now)):
        store.save_analyses([analysis(one, claim(), denial()) for one in articles], "r", now)


def _claim_articles(store: Store, now: datetime) -> tuple[Article, ...]:
    return store.claim_articles(engine_version=ENGINE, limit=SIZE, now=now, lease_minutes=0.5, run_id="r")


def _until_none(claim_some: Callable[[], tuple[T, ...]]) -> Iterator[tuple[T, ...]]:
    while got := claim_some():
        yield got


def _fetched(one: Work) -> Article:
    return article(one.url.rsplit("/", 1)[1], TEXT)


def time_of(number: int) -> datetime:
    return NOW + timedelta(minutes=number)


def done(folder: Path) -> list[str]:
    path = folder / "done"
    return path.read_text().splitlines() if path.exists() else []


def flaws(primary: Place, folder: Path) -> list[str]:
    """What is lost, doubled or unreadable after a kill; empty when all is well."""
    found = []
    with open_store(primary) as store:
        counts = store.counts()
    least = len(done(folder)) * SIZE
    with closing(open_snapshot(primary)) as connection:
        # What a killed worker held leased is passed over until its lease ends: late, and not lost. What was with five
        # workers as they died is given up, and counted among what was rejected.
        ((waiting,),) = run_query(connection, _WAITING).rows
        if not least <= counts["articles"] + waiting or counts["articles"] > least + SIZE:
            found.append(f"{counts['articles']} articles stored, {waiting} waiting, {least} acknowledged")
        found += [f"{name}: {rows}" for name, rows in run_query(connection, _FLAWS).rows if rows]
    snapshot = folder / "marsad.duckdb"
    if snapshot.exists():
        with closing(open_snapshot(snapshot)) as connection:
            rows = run_query(connection, "SELECT count(*) // 10 * 10 - count(*) FROM core_articles").rows
            found += [f"part of a batch is published: {rows}"] if rows != ((0,),) else []
    return found


# Reads the primary as if it were a snapshot: allowed here because nothing else runs.
_WAITING = """
SELECT (SELECT count(*) FROM core_work_queue WHERE stage = 'fetch')
     + (SELECT count(*) FROM core_rejected WHERE stage = 'fetch' AND reason = 'worker_died')
"""
_FLAWS = """
SELECT 'doubled articles' AS flaw, count(*) - count(DISTINCT article_id) AS n FROM core_articles
UNION ALL SELECT 'doubled versions', count(*) - count(DISTINCT (article_id, version)) FROM core_article_versions
UNION ALL SELECT 'doubled entries', count(*) - count(DISTINCT entry_id) FROM raw_entries
UNION ALL SELECT 'doubled sightings', count(*) - count(DISTINCT (feed_id, entry_id)) FROM raw_sightings
UNION ALL SELECT 'doubled claims', count(*) - count(DISTINCT claim_id) FROM core_claims
UNION ALL SELECT 'doubled mentions', count(*) - count(DISTINCT (article_id, start_offset)) FROM core_mentions
UNION ALL SELECT 'doubled work', count(*) - count(DISTINCT (stage, article_id, version)) FROM core_work_queue
UNION ALL SELECT 'articles without text', count(*) FROM core_article_versions v
    WHERE (SELECT count(*) FROM bodies.core_article_bodies b
           WHERE b.body_no = v.body_no AND b.text_hash = v.text_hash) <> 1
UNION ALL SELECT 'claims missing of an analysis', coalesce(sum(abs(a.claims - c.n)), 0)
    FROM core_analyses a
    JOIN (SELECT article_id, count(*) AS n FROM core_claims GROUP BY article_id) c USING (article_id)
UNION ALL SELECT 'articles that are neither read, queued nor rejected', count(*) FROM core_articles
    WHERE article_id NOT IN (SELECT article_id FROM core_analyses)
      AND article_id NOT IN (SELECT article_id FROM core_work_queue WHERE stage = 'analyse')
      AND article_id NOT IN (SELECT article_id FROM core_rejected WHERE stage = 'analyse')
      AND exists(FROM core_engines)
"""

if __name__ == "__main__":
    print("ready", flush=True)
    work(from_word(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))

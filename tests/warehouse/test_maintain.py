"""Upkeep changes what a warehouse takes, not what it holds."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.warehouse.samples import NOW, analysis, article
from warehouse.maintain import maintain
from warehouse.place import Lake, Place
from warehouse.read import open_snapshot, run_query
from warehouse.store import open_store

TABLES = ("core_articles", "core_article_versions", "core_claims", "core_mentions", "core_analyses")


def contents(place: Place) -> list[object]:
    with closing(open_snapshot(place)) as connection:
        return [run_query(connection, f"FROM {table} ORDER BY ALL").rows for table in TABLES]


def test_upkeep_joins_what_small_loads_left_and_loses_nothing(primary: Place) -> None:
    with open_store(primary) as store:
        for number in range(3):
            batch = [article(f"{number}-{place}") for place in range(20)]
            store.save_articles(batch, [], "r", NOW)
            store.save_analyses([analysis(one) for one in batch], "r", NOW)
        store.save_analyses([analysis(article("0-1"), engine="2")], "r", NOW)
    before = contents(primary)
    later = datetime.now(UTC) + timedelta(hours=1)
    done = maintain(primary, expired_at=later, unused_since=later)
    assert contents(primary) == before and done.place == primary
    if isinstance(primary, Lake):
        assert done.after.files < done.before.files and done.after.size < done.before.size
        assert len(list(Path(primary.data).rglob("*.parquet"))) == done.after.files
    else:
        assert done.after.files == 2
    with open_store(primary) as store:
        assert store.save_articles([article("0-0"), article("new")], [], "r", NOW).new == 1


def test_what_is_young_is_kept_for_readers_who_may_need_it(primary: Place) -> None:
    with open_store(primary) as store:
        for number in range(2):
            store.save_articles([article(f"{number}-{place}") for place in range(20)], [], "r", NOW)
    if not isinstance(primary, Lake):
        return
    files = set(Path(primary.data).rglob("*.parquet"))
    maintain(primary, expired_at=NOW, unused_since=NOW)
    assert files <= set(Path(primary.data).rglob("*.parquet"))

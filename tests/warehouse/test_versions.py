"""Texts that change, engines that follow each other, rows that break a rule."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.places import shown_of
from tests.warehouse.samples import NILE, NOW, TEXT, analysis, article, claim, denial, exercise, poll
from warehouse.errors import WarehouseError
from warehouse.place import Place
from warehouse.read import open_snapshot, run_query
from warehouse.records import Article, Mention
from warehouse.store import LoadCounts, Store, open_store


def ask(primary: Place, sql: str) -> list[Any]:
    """Nothing writes meanwhile, so the primary may be read like a snapshot."""
    with closing(open_snapshot(primary)) as connection:
        return list(run_query(connection, sql).rows)


def claim_ids(store: Store, engine: str = "1") -> list[tuple[str, int]]:
    got = store.claim_articles(engine_version=engine, limit=99, now=NOW, lease_minutes=5, run_id="r")
    return sorted((one.title, one.version) for one in got)


def test_the_same_text_is_no_new_version(store: Store) -> None:
    assert store.save_articles([article("a")], [], "r", NOW) == LoadCounts(new=1)
    again = replace(article("a", hours=3), title="عنوان آخر")
    assert store.save_articles([article("a"), again], [], "r", NOW) == LoadCounts(unchanged=2)


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(primary: Place) -> None:
    with open_store(primary) as store:
        store.save_articles([article("a")], [], "r", NOW)
        changed = article("a", "نص جديد", hours=1)
        assert store.save_articles([changed], [], "r", NOW) == LoadCounts(changed=1)
        assert store.save_articles([changed], [], "r", NOW) == LoadCounts(unchanged=1)
        assert claim_ids(store) == [("عنوان a", 2)]
    versions = (
        "SELECT version, is_latest, text FROM core_article_versions JOIN bodies.core_article_bodies USING (body_no)"
    )
    assert ask(primary, f"{versions} ORDER BY version") == [(1, False, TEXT), (2, True, "نص جديد")]


def test_a_text_that_changes_back_is_a_version_of_its_own(store: Store) -> None:
    texts = [article("a", "أ", hours=0), article("a", "ب", hours=1), article("a", "أ", hours=2)]
    assert store.save_articles(texts, [], "r", NOW) == LoadCounts(new=1, changed=2)
    assert store.save_articles(texts, [], "r", NOW) == LoadCounts(unchanged=3)
    assert claim_ids(store) == [("عنوان a", 3)]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_the_order_of_batches_does_not_matter(primary: Place, order: tuple[int, ...]) -> None:
    texts = [article("a", "أ", hours=0), article("a", "ب", hours=1), article("b", "ج")]
    with open_store(primary) as store:
        for index in (*order, *order):
            store.save_articles([texts[index]], [], "r", NOW + timedelta(minutes=index))
    stored = "SELECT title, text, is_latest FROM core_article_versions JOIN bodies.core_article_bodies USING (body_no)"
    assert sorted(ask(primary, stored)) == [
        ("عنوان a", "أ", False), ("عنوان a", "ب", True), ("عنوان b", "ج", True)
    ]  # fmt: skip


def test_claims_of_an_older_text_are_no_longer_shown(primary: Place) -> None:
    with open_store(primary) as store:
        store.save_articles([article("a")], [], "r", NOW)
        store.save_analyses([analysis(article("a"))], "r", NOW)
        changed = article("a", TEXT + " وأكدت.", hours=1)
        store.save_articles([changed], [], "r", NOW)
        assert store.counts()["claims"] == 2
        store.save_analyses([analysis(changed, exercise(), version=2)], "r", NOW)
        assert (store.counts()["claims"], store.counts()["mentions"]) == (1, 2)
        late = analysis(article("a"), engine="2")
        store.save_analyses([late], "r", NOW)
        assert store.counts()["claims"] == 1
    assert ask(primary, "SELECT count(*), count(*) FILTER (is_current) FROM core_claims") == [(5, 1)]


def test_a_new_engine_reads_the_archive_beside_the_old_rows_and_is_switched_at_once(primary: Place) -> None:
    both = [article("a"), article("b")]
    with open_store(primary) as store:
        store.save_articles(both, [], "r", NOW)
        assert len(claim_ids(store, "1")) == 2
        store.save_analyses([analysis(one, claim(), engine="1") for one in both], "r", NOW)
        assert len(claim_ids(store, "2")) == 2
        store.save_analyses([analysis(article("a"), claim(), denial(), engine="2")], "r", NOW)
        with pytest.raises(WarehouseError, match="1 articles still wait"):
            store.activate_engine("2", NOW)
        store.save_analyses([analysis(article("b"), claim(), denial(), engine="2")], "r", NOW)
        assert store.counts()["claims"] == 2
        assert store.activate_engine("2", NOW) is True
        assert store.activate_engine("2", NOW) is False
        assert (store.counts()["claims"], store.counts()["mentions"]) == (4, 4)
        store.save_articles([article("c")], [], "r", NOW)
        assert store.pending_analyses("1") == 0 and store.pending_analyses("2") == 1
    assert ask(primary, "SELECT engine_version, is_current, count(*) FROM core_claims GROUP BY ALL ORDER BY ALL") == [
        ("1", False, 2), ("2", True, 4)
    ]  # fmt: skip


def test_an_article_only_the_new_engine_has_read_is_shown_before_the_switch(store: Store) -> None:
    store.save_articles([article("a")], [], "r", NOW)
    store.save_analyses([analysis(article("a"), engine="1")], "r", NOW)
    assert len(claim_ids(store, "2")) == 1
    store.save_articles([article("b")], [], "r", NOW)
    store.save_analyses([analysis(article("b"), engine="2")], "r", NOW)
    assert store.counts()["claims"] == 4
    store.save_analyses([analysis(article("b"), engine="1")], "r", NOW)
    assert store.counts()["claims"] == 4


def test_two_engines_are_compared_on_what_both_have_read(primary: Place, tmp_path: Path) -> None:
    with open_store(primary) as store:
        store.save_articles([article("a"), article("b")], [], "r", NOW)
        store.save_analyses([analysis(article("a"), claim(), exercise(), engine="1")], "r", NOW)
        store.save_analyses([analysis(article("a"), claim(), denial(), engine="2")], "r", NOW)
        store.save_analyses([analysis(article("b"), claim(), engine="2")], "r", NOW)
    shown = shown_of(primary, tmp_path / "marsad.duckdb", NOW)
    with open_snapshot(shown) as connection:
        rows = run_query(connection, "diff_engines", {"a": "1", "b": "2"}).rows
    assert sorted(row[:3] for row in rows) == [
        ("only in 1", "exercise", "planned"), ("only in 2", "arms_transfer", "denied")
    ]  # fmt: skip


def test_a_retired_engine_can_come_back(store: Store) -> None:
    store.save_articles([article("a")], [], "r", NOW)
    store.save_analyses([analysis(article("a"), claim(), engine="1")], "r", NOW)
    store.save_analyses([analysis(article("a"), claim(), denial(), engine="2")], "r", NOW)
    store.activate_engine("2", NOW)
    store.save_articles([article("b")], [], "r", NOW)
    assert claim_ids(store, "1") == [("عنوان b", 1)]
    store.save_analyses([analysis(article("b"), claim(), engine="1")], "r", NOW)
    assert store.activate_engine("1", NOW) is True
    assert store.counts()["claims"] == 2


def broken_articles() -> list[Article]:
    return [
        replace(article("no text"), text=""),
        replace(article("half a pair"), title="\ud800"),
        replace(article("no zone"), fetched_at=datetime(2026, 3, 1)),
        replace(article("too far"), archive_offset=2**70),
    ]


def test_a_refused_article_takes_no_neighbour_with_it_and_is_kept_whole(primary: Place) -> None:
    with open_store(primary) as store:
        batch = [article("a"), *broken_articles(), article("b")]
        assert store.save_articles(batch, [], "r", NOW) == LoadCounts(new=2, quarantined=4)
        assert store.save_articles(batch, [], "r", NOW) == LoadCounts(unchanged=2, quarantined=4)
        assert store.counts()["quarantined"] == 4
    rows = ask(primary, "SELECT reason, payload FROM raw_quarantine")
    assert sorted(reason.split(":")[0] for reason, _ in rows) == ["does_not_fit"] * 3 + ["no_text"]
    assert all("example" in payload for _, payload in rows)


def test_refused_work_does_not_come_back(store: Store) -> None:
    store.sync_sources([NILE], NOW)
    store.save_polls([poll(NILE, "half a pair")], "r", NOW)
    store.save_articles(broken_articles(), [], "r", NOW)
    assert store.counts()["to_fetch"] == 0


def test_refused_findings_take_no_neighbour_with_them(primary: Place) -> None:
    bad_claims = (
        replace(claim(), kind="trade"),  # type: ignore[arg-type]
        replace(claim(), status="maybe"),  # type: ignore[arg-type]
        replace(claim(), evidence=(0, 9999)),
        replace(exercise(), participants=None),
        replace(claim(), confidence=1.5),
    )
    of = article("a")
    good = analysis(of, claim(), *bad_claims)
    bad_mentions = (Mention(5, 5, "", "LOC"), Mention(0, 5, "x", "BASE"), Mention(0, 5, "x", "ORG", score=2.0))  # type: ignore[arg-type]
    with open_store(primary) as store:
        store.save_articles([of], [], "r", NOW)
        batch = [replace(good, mentions=good.mentions + bad_mentions), analysis(article("unknown"))]
        assert store.save_analyses(batch, "r", NOW) == LoadCounts(new=1, quarantined=9)
        assert (store.counts()["claims"], store.counts()["mentions"]) == (1, 2)
    assert {reason for (reason,) in ask(primary, "SELECT reason FROM raw_quarantine")} == {
        "bad_kind", "bad_status", "bad_evidence", "no_actor", "bad_confidence", "bad_offsets", "bad_label", "bad_score",
        "unknown_article_version",
    }  # fmt: skip


def test_every_fact_points_at_its_text_engine_and_run(primary: Place) -> None:
    of = article("a", "😀 " + TEXT)
    shifted = replace(claim(), evidence=(2, 2 + TEXT.index("\n")))
    with open_store(primary) as store:
        store.save_articles([of], [], "r", NOW)
        store.save_analyses([analysis(of, shifted)], "run", NOW)
    evidence = ask(primary, "SELECT evidence, article_version, engine_version, run_id FROM core_claims")
    assert evidence == [(TEXT.split("\n")[0], 1, "1", "run")]
    facts = ("core_mentions", "core_claims", "core_claim_items", "core_claim_actors")
    for table in facts:
        assert ask(primary, f"SELECT DISTINCT article_version, engine_version, run_id FROM {table}") == [
            (1, "1", "run")
        ]

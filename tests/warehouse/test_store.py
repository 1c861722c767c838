from __future__ import annotations

from datetime import timedelta

from tests.warehouse.samples import NILE, NOW, SHAM, analysis, article, poll
from warehouse.records import Rejected
from warehouse.store import LoadCounts, Store


def claim_fetches(store: Store, minutes: float = 0, limit: int = 10) -> list[str]:
    now = NOW + timedelta(minutes=minutes)
    works = store.claim_work("fetch", limit=limit, now=now, lease_minutes=10, run_id="r")
    return sorted(work.url.rsplit("/", 1)[1] for work in works)


def test_a_feed_is_due_until_it_is_polled(store: Store) -> None:
    store.sync_sources([NILE, SHAM], NOW)
    assert [source for source, _ in store.due_feeds(NOW)] == [NILE, SHAM]
    store.save_polls([poll(NILE)], "r", NOW)
    assert [source for source, _ in store.due_feeds(NOW)] == [SHAM]
    ((_, state),) = [pair for pair in store.due_feeds(NOW + timedelta(hours=2)) if pair[0] == NILE]
    assert state == poll(NILE).state


def test_a_feed_that_left_the_configuration_is_not_due(store: Store) -> None:
    store.sync_sources([NILE, SHAM], NOW)
    store.sync_sources([SHAM], NOW)
    assert [source for source, _ in store.due_feeds(NOW)] == [SHAM]
    assert store.counts()["feeds"] == 1


def test_new_articles_are_queued_once(store: Store) -> None:
    store.sync_sources([NILE, SHAM], NOW)
    batch = [poll(NILE, "a", "b"), poll(SHAM, "c", rejected=(Rejected("parse", "entry 4", "no_link"),))]
    assert store.save_polls(batch, "r", NOW) == LoadCounts(new=3)
    assert store.save_polls(batch, "r", NOW) == LoadCounts(unchanged=3)
    assert store.known_articles([article("a").article_id, "other"]) == {article("a").article_id}
    assert store.counts()["rejected"] == 1
    assert claim_fetches(store) == ["a", "b", "c"]
    assert claim_fetches(store) == []
    assert claim_fetches(store, minutes=11) == ["a", "b", "c"]


def test_a_small_claim_takes_turns_between_feeds(store: Store) -> None:
    store.sync_sources([NILE, SHAM], NOW)
    store.save_polls([poll(NILE, "a", "b", "c"), poll(SHAM, "d")], "r", NOW)
    works = store.claim_work("fetch", limit=2, now=NOW, lease_minutes=10, run_id="r")
    assert {work.source for work in works} == {NILE, SHAM}
    store.release("fetch", [work.article_id for work in works])
    assert claim_fetches(store) == ["a", "b", "c", "d"]


def test_an_article_goes_from_the_queue_to_the_claims(store: Store) -> None:
    store.sync_sources([NILE], NOW)
    store.save_polls([poll(NILE, "a")], "r", NOW)
    (work,) = store.claim_work("fetch", limit=1, now=NOW, lease_minutes=5, run_id="r")
    assert work.source == NILE and work.entry == poll(NILE, "a").sightings[0].entry
    assert store.save_articles([article("a")], [], "r", NOW) == LoadCounts(new=1)
    assert store.counts()["to_fetch"] == 0
    assert store.claim_articles(engine_version="1", limit=5, now=NOW, lease_minutes=5, run_id="r") == (article("a"),)
    assert store.save_analyses([analysis(article("a"))], "r", NOW) == LoadCounts(new=1)
    assert store.save_analyses([analysis(article("a"))], "r", NOW) == LoadCounts(unchanged=1)
    counts = store.counts()
    assert (counts["claims"], counts["mentions"], counts["entities"], counts["to_analyse"]) == (2, 2, 2, 0)


def test_an_article_that_kills_its_workers_is_given_up(store: Store) -> None:
    store.sync_sources([NILE], NOW)
    store.save_polls([poll(NILE, "a")], "r", NOW)
    claims = [claim_fetches(store, minutes=11 * number) for number in range(6)]
    assert claims == [["a"]] * 5 + [[]]
    store.save_articles([article("b")], [], "r", NOW)
    leases = []
    for number in range(6):
        now = NOW + timedelta(minutes=11 * number)
        leases.append(store.claim_articles(engine_version="1", limit=9, now=now, lease_minutes=10, run_id="r"))
    assert [len(lease) for lease in leases] == [1, 1, 1, 1, 1, 0]
    assert store.counts()["rejected"] == 2


def test_work_given_back_is_no_failed_attempt(store: Store) -> None:
    store.sync_sources([NILE], NOW)
    store.save_polls([poll(NILE, "a")], "r", NOW)
    for _ in range(9):
        (work,) = store.claim_work("fetch", limit=1, now=NOW, lease_minutes=10, run_id="r")
        assert work.attempts == 0
        store.release("fetch", [work.article_id])


def test_a_failure_is_tried_again_or_given_up(store: Store) -> None:
    store.sync_sources([NILE], NOW)
    store.save_polls([poll(NILE, "a")], "r", NOW)
    (work,) = store.claim_work("fetch", limit=1, now=NOW, lease_minutes=5, run_id="r")
    failure = Rejected("fetch", work.url, "http_503", "busy")
    store.save_articles([], [(work, failure, NOW + timedelta(minutes=30))], "r", NOW)
    assert claim_fetches(store, minutes=29) == []
    (work,) = store.claim_work("fetch", limit=1, now=NOW + timedelta(minutes=30), lease_minutes=5, run_id="r")
    assert work.attempts == 1
    store.save_articles([], [(work, failure, None)], "r", NOW)
    assert store.counts()["to_fetch"] == 0 and store.counts()["rejected"] == 1

"""Pages looked at again: nothing doubles, changes are versions, what went is noted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from examples.newsroom.content import Route
from tests.tasks.desk import Desk

# A library that the extractor loads says so where no SOCKS proxy can be used.
pytestmark = pytest.mark.filterwarnings("ignore:SOCKS support")


def test_pages_are_looked_at_twice_again_and_nothing_doubles(desk: Desk) -> None:
    first = desk.run()
    articles = first.counts["new articles"]
    assert articles > 5
    assert desk.ask("SELECT count(*) FROM core_work_queue WHERE stage = 'fetch'") == [(articles,)]
    desk.wait(23)
    desk.room.forget()
    assert "pages looked at again" not in desk.run().counts
    assert not [one for one in desk.room.requests if "/news/" in one.path]
    looks = []
    for hours in (2, 144, 1000):
        desk.wait(hours)
        found = desk.run()
        looks.append((found.counts.get("pages looked at again", 0), found.counts.get("new articles", 0)))
    assert looks == [(articles, 0), (articles, 0), (0, 0)]
    assert desk.ask("SELECT count(*), max(version) FROM core_article_versions") == [(articles, 1)]
    assert desk.ask("SELECT count(*) FROM core_work_queue WHERE stage = 'fetch'") == [(0,)]


def test_a_second_look_asks_only_for_what_changed(desk: Desk) -> None:
    desk.run()
    kept = dict(desk.ask("SELECT url, etag IS NOT NULL OR last_modified IS NOT NULL FROM core_work_queue"))
    desk.room.forget()
    desk.wait(25)
    desk.run()
    looks = [one for one in desk.room.requests if f"http://diffa.newsroom.test{one.path}" in kept]
    assert looks
    assert any(one.is_conditional and one.status == 304 for one in looks)


def test_a_changed_text_is_a_version_that_says_what_changed(desk: Desk) -> None:
    desk.run()
    revised = desk.room.revise("diffa-updated")
    desk.wait(25)
    assert desk.run().counts["new versions"] == 1
    ((version, summary, added, removed, share, title),) = desk.ask(
        "SELECT version, change_summary, words_added, words_removed, changed_share, title FROM out_articles "
        f"WHERE url = '{desk.url('diffa-updated')}'"
    )
    assert (version, title) == (2, revised.title)
    assert "words" in summary and added > 0 and removed >= 0 and 0 < share < 1
    assert desk.ask("SELECT count(*) FROM core_work_queue WHERE stage = 'fetch' AND version = 2")[0][0] > 5


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_went_is_noted_and_its_text_stays(desk: Desk, status: int) -> None:
    desk.run()
    rejected = desk.ask("SELECT count(*) FROM core_rejected")
    desk.room.withdraw("diffa-updated", status)
    desk.wait(25)
    assert desk.run().counts["pages found gone"] == 1
    gone = f"SELECT deleted_at IS NOT NULL, text_length > 0 FROM out_articles WHERE url = '{desk.url('diffa-updated')}'"
    assert desk.ask(gone) == [(True, True)]
    assert desk.ask("SELECT reason, restored_at FROM core_deletions") == [(f"http_{status}", None)]
    assert desk.ask("SELECT count(*) FROM core_rejected") == rejected


@pytest.mark.parametrize(
    ("route", "reason"),
    [
        ({"status": 200, "file": "soft404.html"}, "not_found"),
        ({"status": 200, "file": "410.html"}, "not_found"),
        ({"status": 302, "location": "/diffa/missing"}, "http_404"),
        ({"status": 301, "location": "http://diffa.newsroom.test/"}, "front_page"),
    ],
)
def test_a_page_that_went_without_a_word_of_its_server_is_noted_too(
    desk: Desk, route: dict[str, Any], reason: str
) -> None:
    desk.run()
    rejected = desk.ask("SELECT count(*) FROM core_rejected")
    desk.room.set_route(Route(desk.room.site.article("diffa-updated").path, **route))
    desk.wait(25)
    assert desk.run().counts["pages found gone"] == 1
    assert desk.ask("SELECT reason, restored_at FROM core_deletions") == [(reason, None)]
    assert desk.ask("SELECT max(version) FROM core_article_versions") == [(1,)]
    assert desk.ask("SELECT count(*) FROM core_rejected") == rejected


def test_a_wall_before_a_page_is_no_deletion(desk: Desk) -> None:
    desk.run()
    desk.room.set_route(Route(desk.room.site.article("diffa-updated").path, 200, file="challenge.html"))
    desk.wait(25)
    assert "pages found gone" not in desk.run().counts
    assert desk.ask("SELECT count(*) FROM core_deletions") == [(0,)]


def test_a_page_that_came_back_is_no_longer_gone(desk: Desk) -> None:
    desk.run()
    path = desk.room.site.article("diffa-updated").path
    desk.room.set_route(Route(path, 404, file="404.html", times=1))
    desk.wait(25)
    assert desk.run().counts["pages found gone"] == 1
    desk.wait(200)
    desk.run()
    assert desk.ask("SELECT restored_at IS NOT NULL FROM core_deletions") == [(True,)]
    assert desk.ask("SELECT count(*) FROM out_articles WHERE deleted_at IS NOT NULL") == [(0,)]


def test_a_passing_fault_is_tried_again_before_the_next_look(desk: Desk) -> None:
    desk.run()
    path = desk.room.site.article("diffa-updated").path
    desk.room.fail(path, 500, times=1)
    desk.wait(25)
    desk.run()
    ((visit, attempts, next_at),) = desk.ask(
        f"SELECT version, attempts, next_at FROM core_work_queue WHERE stage = 'fetch' AND url LIKE '%{path}'"
    )
    assert (visit, attempts) == (1, 1)
    assert next_at < datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=1)


def test_no_hours_no_second_look(desk: Desk) -> None:
    ingest = desk.settings.ingest.model_copy(update={"revisit_hours": ()})
    desk.settings = desk.settings.model_copy(update={"ingest": ingest})
    desk.run()
    assert desk.ask("SELECT count(*) FROM core_work_queue WHERE stage = 'fetch'") == [(0,)]

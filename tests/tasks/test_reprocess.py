"""Archived pages extracted again: what differs is a version, what is known is left alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from prefect.logging import disable_run_logger

from tasks.batches import batched
from tasks.limits import extract_limits
from tasks.load import close_run, open_run
from tasks.reprocess import archived_pages, reprocess_pages
from tasks.runs import Summary
from tests.tasks.desk import Desk

pytestmark = pytest.mark.filterwarnings("ignore:SOCKS support")

OLDER = "UPDATE core_article_versions SET text_hash = 'old', text_key = md5_number_lower('old') WHERE url = '{url}'"


def reprocess(desk: Desk, since: date | None = None) -> Summary:
    run = open_run("reprocess", desk.settings)
    pool = desk.pools.of(extract_limits(desk.settings))
    with disable_run_logger():
        for pages in batched(archived_pages(desk.settings, since), 10):
            reprocess_pages.fn(pages, pool, desk.settings, run)
    return close_run(run, desk.settings)


def test_what_an_older_extractor_read_differently_becomes_a_version_once(desk: Desk) -> None:
    articles = desk.run().counts["new articles"]
    same = reprocess(desk).counts
    assert (same["new articles"], same["new versions"], same["texts unchanged"]) == (0, 0, articles)
    url = desk.url("diffa-updated")
    desk.ask(OLDER.format(url=url))
    looks = desk.ask("SELECT count(*) FROM core_work_queue WHERE stage = 'fetch'")
    assert reprocess(desk, date.today() + timedelta(days=2)).counts.get("pages read again") is None
    assert [reprocess(desk).counts["new versions"] for _ in range(2)] == [1, 0]
    assert desk.ask(f"SELECT version, archive_file IS NOT NULL FROM out_articles WHERE url = '{url}'") == [(2, True)]
    assert desk.ask("SELECT count(*) FROM core_work_queue WHERE stage = 'fetch'") == looks
    desk.wait(25)
    assert desk.run().counts.get("new versions", 0) == 0


def test_pages_once_refused_are_articles_where_the_extractor_takes_them_now(desk: Desk) -> None:
    settings = desk.settings
    english = settings.ingest.model_copy(update={"languages": ("en",)})
    desk.settings = settings.model_copy(update={"ingest": english})
    assert desk.run().counts["new articles"] == 0
    desk.settings = settings
    assert reprocess(desk).counts["new articles"] > 5

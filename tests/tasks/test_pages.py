"""Pages of the sample newsroom, requested and archived as a run does it."""

from __future__ import annotations

from pathlib import Path

from prefect.logging import disable_run_logger

from examples.newsroom.server import Newsroom
from tasks.domain.articles.urls import article_id, canonical_url
from tasks.pages import fetch_pages
from tasks.settings import FetchSettings, PathSettings, Settings
from warehouse.records import Entry, Response, Source, Work

SOURCE = Source("f1", "http://diffa.newsroom.test/diffa/mobile-host.xml", "صحيفة", "EGY", "")


def settings_of(room: Newsroom, folder: Path, *hosts: str) -> Settings:
    led = {host: f"127.0.0.1:{room.port}" for host in hosts or ("*.newsroom.test",)}
    return Settings(
        paths=PathSettings(archive=folder / "archive", warehouse=folder / "primary.duckdb"),
        fetch=FetchSettings(connect_to=led, host_delay_seconds=0),
    )


def test_a_page_whose_rule_made_host_is_not_there_is_fetched_where_the_feed_says(tmp_path: Path) -> None:
    with Newsroom.start() as room:
        path = room.site.articles("diffa")[0].path
        link = f"http://m.diffa.newsroom.test{path}"
        url = canonical_url(link)
        assert url == f"http://diffa.newsroom.test{path}"
        work = Work(article_id(url), url, SOURCE, Entry("1", link, "عنوان", "", None))
        with disable_run_logger():
            (fetched,) = fetch_pages.fn([work], settings_of(room, tmp_path, "m.diffa.newsroom.test"))
    assert isinstance(fetched.answer, Response)
    assert (fetched.answer.status, fetched.answer.url, fetched.work.url) == (200, link, url)
    assert fetched.archived is not None

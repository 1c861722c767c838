"""Feeds of the sample newsroom that lost their address."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from prefect.logging import disable_run_logger

from examples.newsroom.content import Route
from examples.newsroom.server import Newsroom
from tasks.load import due_feeds, land_polls, open_run
from tasks.poll import Polled, poll_feeds
from tasks.settings import FeedSettings, Settings
from tests.tasks.test_pages import settings_of
from warehouse.records import Feed, FeedState, Source

LOST = "http://marsa.newsroom.test/marsa/rss.xml"
ATOM = "http://marsa.newsroom.test/marsa/atom.xml"


def settings_with(room: Newsroom, folder: Path, *urls: str) -> Settings:
    feeds = tuple(FeedSettings(url=url, outlet="المرسى", country="ARE") for url in urls)
    return settings_of(room, folder).model_copy(update={"feeds": feeds})


def poll(settings: Settings, source: Source, state: FeedState) -> Polled:
    with disable_run_logger():
        (polled,) = poll_feeds.fn([(source, state)], settings)
    return polled


def state_of(source: Source, failures: float = 2.0) -> FeedState:
    return FeedState(source.feed_id, source.url, etag='"old"', outcome="not_found", failures=failures)


def test_a_feed_that_is_not_there_is_found_where_the_front_page_says(tmp_path: Path) -> None:
    with Newsroom.start() as room:
        settings = settings_with(room, tmp_path, LOST)
        (source,) = settings.sources
        early = poll(settings, source, state_of(source, 1.0))
        assert (early.state.url, early.lost) == (LOST, "")
        polled = poll(settings, source, state_of(source))
    assert (polled.state.url, polled.lost) == (ATOM, f"{LOST} is not_found")
    assert isinstance(polled.feed, Feed) and polled.feed.entries


def test_the_new_address_is_kept_and_told(tmp_path: Path) -> None:
    with Newsroom.start() as room:
        settings = settings_with(room, tmp_path, LOST)
        run = open_run("ingest", settings)
        with disable_run_logger():
            for _ in range(4):
                land_polls.fn(poll_feeds.fn(due_feeds(settings, everything=True), settings), settings, run)
    ((_, state),) = due_feeds(settings, everything=True)
    assert (state.url, state.outcome, state.failures) == (ATOM, "not_modified", 0.0)
    assert run.tally["new entries"] > 0


def test_a_feed_that_another_one_is_polled_at_is_not_taken(tmp_path: Path) -> None:
    with Newsroom.start() as room:
        settings = settings_with(room, tmp_path, LOST, ATOM)
        source = settings.sources[0]
        polled = poll(settings, source, state_of(source))
    assert polled.state.url != ATOM


def test_what_is_configured_goes_before_what_is_found(tmp_path: Path) -> None:
    with Newsroom.start() as room:
        settings = settings_with(room, tmp_path, ATOM)
        (source,) = settings.sources
        polled = poll(settings, source, replace(state_of(source), url=LOST))
    assert polled.state.url == ATOM


@pytest.mark.parametrize("status", [302, 307])
def test_a_temporary_redirect_to_an_error_page_moves_nothing(tmp_path: Path, status: int) -> None:
    with Newsroom.start() as room:
        room.set_route(Route("/marsa/rss.xml", status, location="/marsa/nowhere"))
        settings = settings_with(room, tmp_path, LOST)
        (source,) = settings.sources
        polled = poll(settings, source, state_of(source))
    assert (polled.state.url, polled.lost) == (LOST, "")


def test_a_feed_that_is_gone_for_good_is_not_replaced_unasked(tmp_path: Path) -> None:
    with Newsroom.start() as room:
        room.fail("/marsa/rss.xml", 410)
        settings = settings_with(room, tmp_path, LOST)
        (source,) = settings.sources
        polled = poll(settings, source, state_of(source))
    assert (polled.state.url, polled.lost) == (LOST, "")

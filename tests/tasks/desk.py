"""One feed of a newsroom, polled into a warehouse of its own."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import duckdb
from prefect.logging import disable_run_logger

from examples.newsroom.server import Newsroom
from tasks.extract import ExtractLimits, ExtractPool
from tasks.limits import extract_limits
from tasks.load import claim_pages, close_run, due_feeds, land_articles, land_polls, open_run
from tasks.pages import extract_pages, fetch_pages
from tasks.poll import poll_feeds
from tasks.runs import Summary
from tasks.settings import FeedSettings, Settings
from tests.tasks.test_pages import settings_of

FEED = "http://diffa.newsroom.test/diffa/rss.xml"


class Pools:
    """Extraction workers, which take seconds to start: one pool for every set of limits."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._pools: dict[ExtractLimits, ExtractPool] = {}

    def of(self, limits: ExtractLimits) -> ExtractPool:
        if limits not in self._pools:
            self._pools[limits] = self._stack.enter_context(ExtractPool(limits))
        return self._pools[limits]


class Desk:
    """One feed of a newsroom, and a warehouse whose queue can be made to feel that time has passed."""

    def __init__(self, room: Newsroom, folder: Path, pools: Pools) -> None:
        self.room, self.pools = room, pools
        feeds = (FeedSettings(url=FEED, outlet="صحيفة", country="EGY"),)
        self.settings: Settings = settings_of(room, folder).model_copy(update={"feeds": feeds})

    def run(self) -> Summary:
        settings, run = self.settings, open_run("ingest", self.settings)
        pool = self.pools.of(extract_limits(settings))
        with disable_run_logger():
            land_polls.fn(poll_feeds.fn(due_feeds(settings, everything=True), settings), settings, run)
            while work := claim_pages(settings, run):
                land_articles.fn(extract_pages.fn(fetch_pages.fn(work, settings), pool, settings), settings, run)
        return close_run(run, settings)

    def ask(self, sql: str) -> list[Any]:
        with duckdb.connect(self.settings.paths.warehouse) as connection:
            return connection.execute(sql).fetchall()

    def wait(self, hours: float) -> None:
        self.ask(f"UPDATE core_work_queue SET next_at = next_at - INTERVAL {hours * 60:.0f} MINUTE")

    def url(self, key: str) -> str:
        return f"http://diffa.newsroom.test{self.room.site.article(key).path}"

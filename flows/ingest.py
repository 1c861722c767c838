"""Feeds to articles: the page everybody reads.

due feeds -> poll -> new entries -> fetch their pages -> extract -> articles in the warehouse

Each step is one task run for a batch, never for one entry or article: Prefect on SQLite breaks down near a thousand
task runs. What is left to do is state in the warehouse, so a run that dies is only a delay.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State

from tasks.batches import batched
from tasks.configure import read_settings
from tasks.events import Announcer, announce_polls
from tasks.extract import ExtractPool
from tasks.limits import extract_limits
from tasks.load import claim_pages, close_run, land_articles, land_polls
from tasks.looks import looks
from tasks.pages import extract_pages, fetch_pages
from tasks.poll import poll_feeds
from tasks.report import final_state, report_run, skipped_state
from tasks.run_names import run_name
from tasks.running import lease_due_feeds, running
from tasks.runs import Run
from tasks.settings import Settings
from tasks.turns import turn


@flow(name="ingest", flow_run_name=run_name)
def ingest(config: str = "pipeline.toml", everything: bool = False) -> State:
    """Poll the feeds that are due (or `everything`), then fetch and extract every page that waits."""
    settings = read_settings(Path(config))
    with turn("ingest", settings) as is_mine:
        if not is_mine:
            return skipped_state()
        with running("ingest", settings) as run, ExtractPool(extract_limits(settings)) as pool:
            for _ in looks(settings.schedule, once=everything):
                poll_due(settings, run, everything)
                take_in_pages(settings, run, pool)
            summary = close_run(run, settings)
    report_run(summary)
    return final_state(summary)


def poll_due(settings: Settings, run: Run, everything: bool) -> None:
    """Poll the feeds whose time has come, batch by batch; their new entries join the queue."""
    for feeds in batched(lease_due_feeds(settings, run, everything), settings.ingest.feeds_per_batch):
        polled = poll_feeds(feeds, settings)
        announce_polls(polled, land_polls(polled, settings, run), run)


def take_in_pages(settings: Settings, run: Run, pool: ExtractPool, only: Sequence[str] | None = None) -> None:
    """Fetch, extract and store the pages that wait (of these articles `only`), batch by batch."""
    with Announcer(run) as announcer:
        while work := claim_pages(settings, run, only):
            landed = land_articles(extract_pages(fetch_pages(work, settings), pool, settings), settings, run)
            announcer.landed(landed.articles, landed.counts.new, landed.counts.changed)

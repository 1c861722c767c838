"""A run in a process of its own that says after each step what it did, for a test to kill it there.

`python -m tests.tasks.dying FOLDER PORT revisit|reprocess`
"""

from __future__ import annotations

import sys
from pathlib import Path

from prefect.logging import disable_run_logger

from tasks.batches import batched
from tasks.extract import ExtractPool
from tasks.limits import extract_limits
from tasks.load import claim_pages, land_articles, open_run
from tasks.pages import extract_pages, fetch_pages
from tasks.reprocess import archived_pages, reprocess_pages
from tasks.settings import ExtractSettings, FeedSettings, FetchSettings, IngestSettings, PathSettings, Settings

BATCH = 4


def settings_at(folder: Path, port: int) -> Settings:
    return Settings(
        paths=PathSettings(archive=folder / "archive", warehouse=folder / "primary.duckdb"),
        # Patient: on a busy machine a timeout would be a difference that no kill made.
        fetch=FetchSettings(
            connect_to={"*.newsroom.test": f"127.0.0.1:{port}"},
            host_delay_seconds=0,
            read_seconds=300,
            total_seconds=600,
        ),
        ingest=IngestSettings(articles_per_batch=BATCH),
        extract=ExtractSettings(processes=1, seconds=300),
        feeds=(FeedSettings(url="http://diffa.newsroom.test/diffa/rss.xml", outlet="صحيفة", country="EGY"),),
    )


def say(step: str) -> None:
    print(step, flush=True)


def revisit(settings: Settings) -> None:
    run = open_run("ingest", settings)
    with disable_run_logger(), ExtractPool(extract_limits(settings)) as pool:
        while work := claim_pages(settings, run):
            say("claimed")
            fetched = fetch_pages.fn(work, settings)
            say("fetched")
            extracted = extract_pages.fn(fetched, pool, settings)
            say("extracted")
            land_articles.fn(extracted, settings, run)
            say("landed")


def reprocess(settings: Settings) -> None:
    run = open_run("reprocess", settings)
    with disable_run_logger(), ExtractPool(extract_limits(settings)) as pool:
        for pages in batched(archived_pages(settings, None), BATCH):
            reprocess_pages.fn(pages, pool, settings, run)
            say("landed")


if __name__ == "__main__":
    {"revisit": revisit, "reprocess": reprocess}[sys.argv[3]](settings_at(Path(sys.argv[1]), int(sys.argv[2])))
    say("done")

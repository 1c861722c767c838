"""The archive under the extractor of today: every page read back, extracted again, stored where it differs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State

from tasks.batches import batched
from tasks.configure import read_settings
from tasks.extract import ExtractPool
from tasks.limits import extract_limits
from tasks.load import close_run
from tasks.report import final_state, report_run
from tasks.reprocess import archived_pages, reprocess_pages
from tasks.run_names import run_name
from tasks.running import running


@flow(name="reprocess", flow_run_name=run_name)
def reprocess(config: str = "pipeline.toml", since: date | None = None) -> State:
    """Extract the archived pages (fetched on or after `since`) again; what differs is a further version."""
    settings = read_settings(Path(config))
    with running("reprocess", settings) as run, ExtractPool(extract_limits(settings)) as pool:
        for pages in batched(archived_pages(settings, since), settings.ingest.articles_per_batch):
            reprocess_pages(pages, pool, settings, run)
        summary = close_run(run, settings)
    report_run(summary)
    return final_state(summary)

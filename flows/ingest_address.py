"""One feed or page, now: the same road as for everything else, and nothing of the queue before it."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State

from flows.ingest import take_in_pages
from tasks.address import look_at
from tasks.configure import read_settings
from tasks.events import announce_polls
from tasks.extract import ExtractPool
from tasks.limits import extract_limits
from tasks.load import close_run, land_polls
from tasks.report import final_state, report_run
from tasks.run_names import run_name
from tasks.running import running


@flow(name="ingest-address", flow_run_name=run_name)
def ingest_address(address: str, config: str = "pipeline.toml") -> State:
    """Look at `address`, then fetch and extract what it names, or the page that it is."""
    settings = read_settings(Path(config))
    with running("ingest-address", settings) as run, ExtractPool(extract_limits(settings)) as pool:
        polled = [look_at(address, settings, run)]
        polls = land_polls(polled, settings, run)
        announce_polls(polled, polls, run)
        take_in_pages(settings, run, pool, [seen.article_id for poll in polls for seen in poll.sightings])
        summary = close_run(run, settings)
    report_run(summary)
    return final_state(summary)

"""The pipeline's own file to the snapshot that people open."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State

from tasks.configure import read_settings
from tasks.load import publish_snapshot
from tasks.report import published_state, report_publication, skipped_state
from tasks.run_names import run_name
from tasks.turns import turn


@flow(name="publish", flow_run_name=run_name)
def publish(config: str = "pipeline.toml") -> State:
    """Publish a snapshot, unless one was published less than `publish_every_seconds` ago."""
    settings = read_settings(Path(config))
    with turn("publish", settings) as is_mine:
        if not is_mine:
            return skipped_state()
        published = publish_snapshot(settings)
    report_publication(published)
    return published_state(published)

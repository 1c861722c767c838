"""The warehouse, once a day: small files joined, old states forgotten, logs folded in."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from tasks.configure import read_settings
from tasks.maintain import maintain_warehouse, summary
from tasks.report import skipped_state
from tasks.run_names import run_name
from tasks.turns import turn


@flow(name="maintain", flow_run_name=run_name)
def maintain(config: str = "pipeline.toml") -> State:
    """Keep the warehouse small and quick; nothing that people see changes."""
    settings = read_settings(Path(config))
    with turn("maintain", settings) as is_mine:
        if not is_mine:
            return skipped_state()
        done = maintain_warehouse(settings)
    return Completed(message=summary(done), data=done)

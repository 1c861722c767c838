"""Articles to entities and claims: whatever this version of the engine has not read yet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State

from tasks.configure import read_settings
from tasks.engine import engine_of
from tasks.events import announce_claims
from tasks.load import activate_engine, claim_articles, close_run, land_analyses, waiting_articles
from tasks.progress import Progress
from tasks.report import final_state, report_run, skipped_state
from tasks.run_names import run_name
from tasks.running import running
from tasks.runs import Run
from tasks.settings import Settings
from tasks.spread import spread
from tasks.turns import turn
from tasks.watch import find_changes, find_spikes
from warehouse.records import Analysis, Article


@flow(name="analyze", flow_run_name=run_name)
def analyze(config: str = "pipeline.toml") -> State:
    """Analyse the articles that wait, a batch a task run, each batch landing in one transaction."""
    settings = read_settings(Path(config))
    with turn("analyze", settings) as is_mine:
        if not is_mine:
            return skipped_state()
        with running("analyze", settings) as run:
            version = engine_of(settings).version
            progress = Progress("analyze", waiting_articles(version, settings))
            with spread(settings) as analyse:
                while batches := claim_batches(version, settings, run):
                    for analyses in analyse(batches):
                        land(analyses, settings, run)
                        progress.advance(len(analyses))
            activate_engine(version, settings)
            if run.tally["claims"]:
                find_spikes(settings, run)
            summary = close_run(run, settings)
    report_run(summary)
    return final_state(summary)


def claim_batches(version: str, settings: Settings, run: Run) -> list[tuple[Article, ...]]:
    """As many batches as are analysed at once, or fewer where no more wait."""
    claimed = (claim_articles(version, settings, run) for _ in range(settings.analysis.batches_at_once))
    return list(takewhile(bool, claimed))


def land(analyses: Sequence[Analysis], settings: Settings, run: Run) -> None:
    """Store what was found in a batch, and tell who listens."""
    land_analyses(analyses, settings, run)
    announce_claims(analyses, run)
    if any(analysis.version > 1 for analysis in analyses):
        find_changes(analyses, settings, run)

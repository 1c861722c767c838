"""Find what people want to know at once, keep it, and say it as events: each spike and each change once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.domain.signals import HISTORY_DAYS, changes, spikes
from tasks.events import announce_signals
from tasks.load import store_of
from tasks.runs import Run, utc_now
from tasks.settings import Settings
from warehouse.records import Analysis, Signal


@task(name="find changes", cache_policy=NO_CACHE)
def find_changes(analyses: Sequence[Analysis], settings: Settings, run: Run) -> None:
    """Compare what articles say with what they said, for those of a batch that were read before."""
    now = utc_now()
    with store_of(settings) as store:
        found: list[Signal] = []
        for version in sorted({analysis.engine_version for analysis in analyses}):
            ids = [analysis.article_id for analysis in analyses if analysis.engine_version == version]
            found += changes(store.said(ids, version))
        new = store.save_signals(found, run.run_id, now) if found else ()
    _tell(new, run, "changed claims")


@task(name="find spikes", cache_policy=NO_CACHE)
def find_spikes(settings: Settings, run: Run) -> None:
    """Look whether any pair is claimed far more often today than it usually is."""
    now = utc_now()
    with store_of(settings) as store:
        found = spikes(store.daily_claims(now - timedelta(days=HISTORY_DAYS)), now.date())
        new = store.save_signals(found, run.run_id, now) if found else ()
    _tell(new, run, "spikes")


def _tell(new: Sequence[Signal], run: Run, what: str) -> None:
    if new:
        run.tally[what] += len(new)
        announce_signals(new, run)

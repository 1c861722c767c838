"""The warehouse kept small and quick."""

from __future__ import annotations

from datetime import timedelta

from prefect import get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from tasks.runs import utc_now
from tasks.settings import Settings
from warehouse.maintain import Maintained, Stock, maintain

# No reader's question takes longer, and no load.
_STILL_READ = timedelta(days=1)


@task(name="maintain warehouse", cache_policy=NO_CACHE)
def maintain_warehouse(settings: Settings) -> Maintained:
    """Join small files and forget old states of a lake; fold the logs of native files. Leaves a summary."""
    now = utc_now()
    done = maintain(
        settings.primary,
        expired_at=now - timedelta(days=settings.warehouse.keep_days),
        unused_since=now - _STILL_READ,
        wait=settings.warehouse.lock_seconds,
    )
    get_run_logger().info(summary(done))
    create_markdown_artifact(summary(done), key="maintain-summary", description="What upkeep did")
    return done


def summary(done: Maintained) -> str:
    """One line for people."""
    return f"{done.place}: {_told(done.before)}; now {_told(done.after)}; {done.seconds:.1f} s"


def _told(stock: Stock) -> str:
    return f"{stock.files} files, {stock.size / 1e6:.1f} MB, {stock.free / 1e6:.1f} MB of them free"

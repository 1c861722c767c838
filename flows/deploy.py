"""`python -m flows.deploy pipeline.toml`: tell a Prefect server what runs when. Can be repeated."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from flows.deployments import NAME, POOL, as_deployment, plans
from tasks.configure import read_settings
from tasks.prefect_env import prepare_prefect
from tasks.settings import Settings


def main(config: Path) -> None:
    settings = read_settings(config)
    prepare_prefect(settings)
    deploy(settings, config)
    asyncio.run(begin())


def deploy(settings: Settings, config: Path) -> None:
    """Register the work pool, the deployments with their schedules and triggers, and the automations."""
    from tasks.automations import crash_silent_runs

    asyncio.run(_make_pool())
    for plan in plans(settings):
        as_deployment(plan, settings, config).apply()
    asyncio.run(crash_silent_runs(settings.prefect.heartbeat_seconds))


async def begin() -> None:
    """Look for news at once: the first run of a schedule comes only when its interval has passed."""
    from prefect.deployments import arun_deployment

    await arun_deployment(f"ingest/{NAME}", timeout=0, as_subflow=False)


async def _make_pool() -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.workers.process import ProcessWorker

    async with get_client() as client:
        template = ProcessWorker.get_default_base_job_template()
        await client.create_work_pool(
            WorkPoolCreate(name=POOL, type="process", base_job_template=template), overwrite=True
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

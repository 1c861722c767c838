"""`python -m flows.serve pipeline.toml`: a runner that starts flow runs when they are due; `marsad up` keeps it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tasks.configure import read_settings
from tasks.prefect_env import prepare_prefect


def main(config: Path) -> None:
    """Register the deployments and serve them until told to stop."""
    settings = read_settings(config)
    prepare_prefect(settings)
    from prefect import serve

    from flows.deployments import as_deployment, plans
    from tasks.automations import crash_silent_runs

    asyncio.run(crash_silent_runs(settings.prefect.heartbeat_seconds))
    deployments = [as_deployment(plan, config) for plan in plans(settings)]
    serve(*deployments, limit=settings.prefect.runs_at_once, print_starting_message=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

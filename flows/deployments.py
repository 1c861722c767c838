"""What runs when: one plan for each flow, for `marsad up`, `marsad deploy` and, the same, in `prefect.yaml`.

An event is only a wake-up, for Prefect loses those of a server that dies; the sweep finds what no event told of, and
what there is to do is always read from the warehouse. Runs of one flow take turns (`tasks.turns`).
"""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.warm import socket_of
from tasks import quick
from tasks.names import ARTICLES_LANDED, CLAIMS_LANDED, FEED_PUSHED
from tasks.settings import Settings

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

NAME = "marsad"
POOL = "marsad"


@dataclass(frozen=True, slots=True)
class Plan:
    """When one flow runs: every `every`, after the event `after`, or only when asked."""

    flow: str
    description: str
    every: timedelta | None = None
    after: str | None = None

    @property
    def entrypoint(self) -> str:
        return f"flows/{self.flow}.py:{self.flow}"


def plans(settings: Settings) -> tuple[Plan, ...]:
    schedule = settings.schedule
    sweep = timedelta(minutes=schedule.sweep_minutes)
    return (
        Plan("ingest", "Due feeds to articles.", timedelta(minutes=schedule.every_minutes), FEED_PUSHED),
        Plan("analyze", "Articles to entities and claims, as soon as they land.", sweep, ARTICLES_LANDED),
        Plan("publish", "The snapshot that people open, as soon as claims land.", sweep, CLAIMS_LANDED),
        Plan("maintain", "The warehouse kept small and quick.", timedelta(hours=schedule.maintain_hours)),
        Plan("reprocess", "The archive through the extractor of today, when asked."),
    )


def as_deployment(plan: Plan, settings: Settings, config: Path) -> RunnerDeployment:
    """The plan as a server takes it, for workers that find `config` where it is here."""
    from importlib import import_module

    from prefect.events import DeploymentEventTrigger
    from prefect.types.entrypoint import EntrypointType

    flow = getattr(import_module(f"flows.{plan.flow}"), plan.flow)
    triggers = (
        [DeploymentEventTrigger(name=f"{plan.flow} after {plan.after}", expect={plan.after})] if plan.after else []
    )
    deployment: RunnerDeployment = flow.to_deployment(
        NAME,
        interval=plan.every,
        parameters={"config": str(config.resolve())},
        triggers=triggers,
        work_pool_name=POOL,
        job_variables={"command": _command(settings)},
        description=plan.description,
        tags=[NAME],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return deployment


def _command(settings: Settings) -> str:
    """Quick where a warm process is (`marsad up`), as usual elsewhere."""
    return shlex.join((sys.executable, "-S", quick.__file__, str(socket_of(settings))))


def as_yaml(plan: Plan) -> dict[str, Any]:
    """The plan as `prefect deploy` reads it."""
    fields: dict[str, Any] = {
        "name": NAME,
        "entrypoint": plan.entrypoint,
        "description": plan.description,
        "tags": [NAME],
        "parameters": {"config": "pipeline.toml"},
        "work_pool": {"name": POOL},
    }
    if plan.every:
        fields["schedules"] = [{"interval": plan.every.total_seconds()}]
    if plan.after:
        name = f"{plan.flow} after {plan.after}"
        fields["triggers"] = [{"type": "event", "enabled": True, "name": name, "expect": [plan.after]}]
    return fields

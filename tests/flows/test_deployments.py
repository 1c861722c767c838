"""One plan, three forms: `marsad up`, `prefect deploy` and `pipeline.toml` mean the same."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from flows.deployments import Plan, as_deployment, as_yaml, plans
from tasks.configure import read_settings
from tasks.names import ARTICLES_LANDED, CLAIMS_LANDED
from tasks.settings import ScheduleSettings, Settings

ROOT = Path(__file__).parents[2]


def test_prefect_yaml_declares_what_marsad_up_runs() -> None:
    declared = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    assert declared["deployments"] == [as_yaml(plan) for plan in plans(read_settings(ROOT / "pipeline.toml"))]


@pytest.mark.parametrize("plan", plans(Settings()), ids=lambda plan: plan.flow)
def test_a_deployment_says_what_its_plan_says(plan: Plan) -> None:
    deployment = as_deployment(plan, Settings(), Path("pipeline.toml"))
    intervals = [getattr(schedule.schedule, "interval", None) for schedule in deployment.schedules or ()]
    assert intervals == ([plan.every] if plan.every else [])
    expected = [getattr(trigger, "expect", None) for trigger in deployment.triggers]
    assert expected == ([{plan.after}] if plan.after else [])
    assert deployment.parameters == {"config": str(Path("pipeline.toml").resolve())}


@pytest.mark.parametrize("plan", plans(Settings()), ids=lambda plan: plan.flow)
def test_an_entrypoint_names_a_flow(plan: Plan) -> None:
    file, name = plan.entrypoint.split(":")
    assert getattr(import_module(file.removesuffix(".py").replace("/", ".")), name).name == plan.flow


def test_schedules_come_from_the_configuration() -> None:
    settings = Settings(schedule=ScheduleSettings(every_minutes=0.25, sweep_minutes=7))
    every = {plan.flow: plan.every for plan in plans(settings)}
    assert every["ingest"] == timedelta(seconds=15)
    assert every["analyze"] == every["publish"] == timedelta(minutes=7)


def test_what_lands_wakes_what_comes_next() -> None:
    after = {plan.flow: plan.after for plan in plans(Settings())}
    assert (after["analyze"], after["publish"]) == (ARTICLES_LANDED, CLAIMS_LANDED)

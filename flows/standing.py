"""How everything stands: services, the last run of each flow, and what waits to be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from tasks.presence import Presence
from tasks.processes import is_alive
from tasks.settings import Settings
from warehouse.errors import NoSnapshot
from warehouse.read import open_snapshot, run_query

_LAST_RUNS = (
    "SELECT flow, state, started_at, round(epoch(finished_at - started_at), 1) AS seconds, counts FROM core_runs "
    "QUALIFY row_number() OVER (PARTITION BY flow ORDER BY started_at DESC) = 1 ORDER BY started_at DESC"
)
_WAITING = "SELECT stage, count(*) FROM core_work_queue GROUP BY ALL ORDER BY ALL"


@dataclass(frozen=True, slots=True)
class EverythingNow:
    """`runs` and `waiting` are as of the last publication."""

    state: Literal["up", "partly", "down"]
    services: list[dict[str, Any]]
    runs: list[dict[str, Any]] = field(default_factory=list)
    waiting: dict[str, int] = field(default_factory=dict)


def read_standing(settings: Settings) -> EverythingNow:
    services = [_service(told) for told in Presence(settings.paths.prefect_home).told()]
    running = sum(service["state"] == "running" for service in services)
    state: Literal["up", "partly", "down"] = "down" if not running else "up" if running == len(services) else "partly"
    return EverythingNow(state, services, *_published(settings))


def _service(told: dict[str, Any]) -> dict[str, Any]:
    if told["pid"] is not None and is_alive(told["pid"]):
        return {**told, "state": "running"}
    return {**told, "state": "restarting" if told["exit_code"] is not None else "starting"}


def _published(settings: Settings) -> tuple[list[dict[str, Any]], dict[str, int]]:
    try:
        with open_snapshot(settings.shown) as snapshot:
            runs = run_query(snapshot, _LAST_RUNS)
            waiting = run_query(snapshot, _WAITING)
    except NoSnapshot:
        return [], {}
    return [dict(zip(runs.columns, row, strict=True)) for row in runs.rows], dict(waiting.rows)

"""Automations of Prefect that belong to no deployment."""

from __future__ import annotations

from datetime import timedelta

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

SILENT = "marsad: runs that fell silent have crashed"
_BEATS_MISSED = 3


async def crash_silent_runs(heartbeat_seconds: int) -> None:
    """Have runs that stopped beating marked as crashed: nothing else does when a worker dies with its runs."""
    beat, over = "prefect.flow-run.heartbeat", ("Completed", "Failed", "Cancelled", "Crashed")
    wanted = AutomationCore(
        name=SILENT,
        description="The machine or process of such a run died. Its work is taken up by the next run.",
        trigger=EventTrigger(
            after={beat},
            expect={beat, *(f"prefect.flow-run.{state}" for state in over)},
            match={"prefect.resource.id": ["prefect.flow-run.*"]},
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=timedelta(seconds=_BEATS_MISSED * heartbeat_seconds),
        ),
        actions=[ChangeFlowRunState(name=None, state=StateType.CRASHED, message="no sign of life", force=False)],
    )
    async with get_client() as client:
        known = await client.read_automations_by_name(SILENT)
        if known:
            await client.update_automation(known[0].id, wanted)
        else:
            await client.create_automation(wanted)

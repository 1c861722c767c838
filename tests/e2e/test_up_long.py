"""What `marsad up` goes through in bad nights. Minutes, so not part of every run: `make test-long`."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from examples.newsroom.server import Newsroom
from tasks.processes import descendants
from tests.e2e.town import Town, all_gone, wait_for

pytestmark = pytest.mark.long


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with Newsroom.start() as room:
        yield room


def started(room: Newsroom, home: Path, **settings: object) -> Iterator[Town]:
    town = Town(room, home, **settings)
    try:
        town.up()
        yield town
    finally:
        town.end()


@pytest.fixture
def town(room: Newsroom, tmp_path: Path) -> Iterator[Town]:
    yield from started(room, tmp_path)


@pytest.fixture
def sweeping_town(room: Newsroom, tmp_path: Path) -> Iterator[Town]:
    yield from started(room, tmp_path, SCHEDULE__SWEEP_MINUTES=0.3)


def test_the_children_of_a_killed_parent_end(town: Town) -> None:
    wait_for("a run", lambda: town.runs("ingest"))
    family = town.family()
    assert town.process is not None
    town.process.kill()
    town.process.wait()
    wait_for("the end of every process", lambda: all_gone(family))


def test_without_events_the_sweep_finds_everything(sweeping_town: Town) -> None:
    town = sweeping_town
    for automation in town.api("/automations/filter", {}):
        town.api(f"/automations/{automation['id']}", {"enabled": False}, "PATCH")
    town.seconds_until_claimed("خبر بلا حدث", town.publish("خبر بلا حدث"))


def test_an_event_twice_changes_nothing(town: Town) -> None:
    title = "خبر يعلن مرتين"
    town.seconds_until_claimed(title, town.publish(title))
    claims = town.claims(title)
    runs = len(town.runs("analyze"))
    events = [{"event": "marsad.articles.landed", "resource": {"prefect.resource.id": "marsad.articles"}}] * 2
    for number, event in enumerate(events):
        moment = {"occurred": "2026-01-01T00:00:00Z", "id": f"00000000-0000-4000-8000-00000000000{number}"}
        town.api("/events", [{**event, **moment}])
    wait_for("a run woken by them", lambda: len(town.runs("analyze")) > runs)
    wait_for("its end", lambda: all(run["state_type"] != "RUNNING" for run in town.runs("analyze")))
    assert town.claims(title) == claims


def test_the_work_of_a_killed_worker_is_done(town: Town) -> None:
    """The worker and its runs die in the middle; the next worker takes up what they had leased."""
    title = "خبر في ليلة سيئة"
    since = town.publish(title)
    wait_for("a run at work", lambda: any(run["state_type"] == "RUNNING" for run in town.runs("ingest")))
    worker = town.service("worker")
    assert worker is not None
    for pid in {worker, *descendants(worker)}:
        os.kill(pid, signal.SIGKILL)
    town.seconds_until_claimed(title, since)

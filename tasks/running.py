"""A run from its first row to its last, and what becomes of the work of runs that died.

Each run holds a lock on a file of its own, which the kernel frees when its process ends, however it ends. So the next
run on this machine knows at once which runs are dead, and takes up their work; what a run on another machine had
leased comes back when its lease ends.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from tasks.domain.feeds.schedule import may_poll_early
from tasks.load import open_run, store_of
from tasks.runs import Run, utc_now
from tasks.settings import Settings
from warehouse.errors import WarehouseBusy
from warehouse.records import FeedState, Source

_END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)
# A run that is being stopped has little time to wait for others.
_PARTING_S = 5.0


@contextmanager
def running(flow: str, settings: Settings) -> Iterator[Run]:
    """A run in the warehouse; what it had leased is free again however it ends."""
    recover_dead_runs(settings)
    run = open_run(flow, settings)
    with _sign_of_life(settings, run.run_id):
        try:
            yield run
        except Exception as error:
            _give_back(run, settings, "failed", is_death=not isinstance(error, WarehouseBusy))
            raise
        except BaseException:  # told to stop: nothing is wrong with what it was working on
            _give_back(run, settings, "stopped", is_death=False)
            raise


def recover_dead_runs(settings: Settings) -> frozenset[str]:
    """Free at once what runs of this machine had leased that died; returns those runs."""
    with store_of(settings) as store:
        dead = frozenset(run_id for run_id in store.unfinished_runs() if _is_dead(_sign(settings, run_id)))
        if dead:
            store.give_back(sorted(dead), now=utc_now(), state="crashed", is_death=True)
    for run_id in dead:
        _sign(settings, run_id).unlink(missing_ok=True)
    return dead


def lease_due_feeds(settings: Settings, run: Run, everything: bool = False) -> tuple[tuple[Source, FeedState], ...]:
    """The feeds whose time has come and that no other run polls; or `everything` whose server allows it."""
    now = utc_now()
    with store_of(settings) as store:
        if everything:
            due = tuple(pair for pair in store.due_feeds(_END_OF_TIME) if may_poll_early(pair[1], now))
        else:
            due = store.due_feeds(now)
        ids = [source.feed_id for source, _ in due]
        minutes = settings.ingest.lease_minutes
        mine = store.lease_feeds(ids, now=now, lease_minutes=minutes, run_id=run.run_id) if ids else frozenset()
    return tuple(pair for pair in due if pair[0].feed_id in mine)


def _give_back(run: Run, settings: Settings, state: str, *, is_death: bool) -> None:
    brief = settings.model_copy(
        update={"warehouse": settings.warehouse.model_copy(update={"lock_seconds": _PARTING_S})}
    )
    # Another holds the warehouse: the next run finds the lock of this one free, and does it.
    with suppress(WarehouseBusy), store_of(brief) as store:
        store.give_back([run.run_id], now=utc_now(), state=state, is_death=is_death)


def _sign(settings: Settings, run_id: str) -> Path:
    return settings.paths.prefect_home / "runs" / run_id


@contextmanager
def _sign_of_life(settings: Settings, run_id: str) -> Iterator[None]:
    sign = _sign(settings, run_id)
    sign.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(sign, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        sign.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def _is_dead(sign: Path) -> bool:
    """Whether a process of this machine held the sign and is gone; without a sign nothing is known."""
    try:
        descriptor = os.open(sign, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)

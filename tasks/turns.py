"""Runs of one flow, one after the other: one works, one may wait, and any other has nothing to do.

Whoever waits begins after everything that has landed so far, so a burst of events makes two runs that matter. These are
locks of the kernel, not Prefect's concurrency limits: those stay taken for minutes when a run or the server is
killed, and end runs whose server is away.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prefect.runtime import deployment

from tasks.settings import Settings


@contextmanager
def turn(flow: str, settings: Settings) -> Iterator[bool]:
    """Wait for the flow's turn; False where another run waits already. A run that a person started need not wait."""
    if deployment.id is None:
        yield True
        return
    folder = settings.paths.prefect_home / "turns"
    with take_turn(folder / flow) as is_mine:
        yield is_mine


@contextmanager
def take_turn(place: Path) -> Iterator[bool]:
    """The turn itself, on two locks beside `place`: the one who works holds one, the one who waits the other."""
    place.parent.mkdir(parents=True, exist_ok=True)
    waiting, working = (_open(place.with_suffix(suffix)) for suffix in (".waiting", ".working"))
    try:
        if not _is_free(waiting):
            yield False
            return
        fcntl.flock(working, fcntl.LOCK_EX)
        fcntl.flock(waiting, fcntl.LOCK_UN)
        yield True
    finally:
        os.close(waiting)
        os.close(working)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _is_free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

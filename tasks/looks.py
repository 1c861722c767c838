"""How often one run looks for due feeds: once, or again and again until the next run is due."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from tasks.settings import ScheduleSettings


def looks(
    schedule: ScheduleSettings,
    *,
    once: bool = False,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[int]:
    """Count the looks of a run, pausing between them. To start a process for each would cost seconds."""
    end = clock() + 60 * schedule.every_minutes
    number = 1
    while True:
        yield number
        if once or not schedule.recheck_seconds or clock() + schedule.recheck_seconds >= end:
            return
        sleep(schedule.recheck_seconds)
        number += 1

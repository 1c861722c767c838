"""Politeness by host: how many requests at once, how far apart, and for how long to stay away."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tasks.net.limits import FetchLimits

_MAX_STAY_AWAY = 24 * 3600.0
_FAILURES = 2


class StayAway(Exception):
    """A host that asked not to be asked for longer than one waits; `seconds` are left."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the host asked to wait another {seconds:.0f} s")
        self.seconds = seconds


class HostDown(Exception):
    """A host that could not be reached a moment ago; `reason` is the failure of then."""

    def __init__(self, reason: str) -> None:
        super().__init__("not tried again: the host could not be reached a moment ago")
        self.reason = reason


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_start: float = 0.0
    closed_until: float = 0.0
    down_until: float = 0.0
    down_reason: str = ""
    failures: int = 0


class HostQueue:
    """Lets requests through host by host; times are of the monotonic clock."""

    def __init__(self, limits: FetchLimits) -> None:
        self._limits = limits
        self._hosts: dict[str, _Host] = {}
        self._all = asyncio.Semaphore(limits.concurrency)

    @asynccontextmanager
    async def turn(self, host: str, delay_seconds: float = 0.0) -> AsyncIterator[None]:
        """Wait for a place at the host; raises StayAway and HostDown instead of waiting too long or in vain."""
        state = self._host(host)
        async with state.slots:
            await self._wait(state, max(delay_seconds, self._limits.host_delay_seconds))
            async with self._all:
                yield

    def note_retry_after(self, host: str, value: str | None) -> None:
        """Keep away from the host as a Retry-After of seconds or of an HTTP date asks, for a day at most."""
        seconds = retry_after_seconds(value, datetime.now(UTC)) if value else None
        if seconds is not None:
            state = self._host(host)
            state.closed_until = max(state.closed_until, time.monotonic() + min(seconds, _MAX_STAY_AWAY))

    def note_down(self, host: str, reason: str) -> None:
        """Remember a host that cannot be reached, so that the rest of its pages do not wait for it in turn."""
        state = self._host(host)
        state.failures += 1
        if state.failures >= _FAILURES:
            state.down_until, state.down_reason = time.monotonic() + self._limits.host_down_seconds, reason

    def note_up(self, host: str) -> None:
        """Forget the failures of a host that answers."""
        self._host(host).failures = 0

    def _host(self, host: str) -> _Host:
        if host not in self._hosts:
            self._hosts[host] = _Host(asyncio.Semaphore(self._limits.per_host))
        return self._hosts[host]

    async def _wait(self, state: _Host, delay: float) -> None:
        async with state.turn:
            now = time.monotonic()
            if state.down_until > now:
                raise HostDown(state.down_reason)
            if state.closed_until - now > self._limits.max_wait_seconds:
                raise StayAway(state.closed_until - now)
            await asyncio.sleep(max(state.next_start, state.closed_until) - now)
            state.next_start = time.monotonic() + delay


def retry_after_seconds(value: str, now: datetime) -> float | None:
    """Read a Retry-After; None where it is neither seconds nor a date, 0 for a date gone by."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())

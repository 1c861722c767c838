"""Keep a few services running: start them in order, restart what dies, end them in reverse."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tasks import tether
from tasks.processes import Child, Command, descendants, kill_all, last_lines, reap

_TICK_S = 0.5
_HEALTHY_S = 60.0
_LONGEST_S = 60.0


class ServiceError(Exception):
    """A service ended, or did not answer in time, before it was ever ready; the message has its last words."""


@dataclass(frozen=True, slots=True)
class Service:
    """One thing to keep running. `is_ready` is asked until it says yes; `grace_s` is its time to end by itself.

    What is done `once` runs to its end before the next is started, and is not kept.
    """

    command: Command
    is_ready: Callable[[], bool] | None = None
    address: str | None = None
    grace_s: float = 20.0
    patience_s: float = 600.0
    once: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a service stands: `pid` is None while it waits for its restart."""

    name: str
    pid: int | None
    since: str
    restarts: int
    address: str | None
    exit_code: int | None


def restart_delay_s(failures: int) -> float:
    """Seconds before the next try: 1, 2, 4 and so on up to a minute."""
    return float(min(2 ** max(0, failures - 1), _LONGEST_S))


@dataclass(slots=True)
class _Kept:
    service: Service
    child: Child | None = None
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    started: float = 0.0
    restarts: int = 0
    failures: int = 0
    next_try: float = 0.0
    exit_code: int | None = None


class Supervisor:
    """`start` brings everything up, `tend` watches until told to stop, `stop` ends everything."""

    def __init__(
        self, services: Sequence[Service], logs: Path, on_change: Callable[[list[Standing]], None] = lambda _: None
    ) -> None:
        self._kept = [_Kept(service) for service in services]
        self._logs = logs
        self._on_change = on_change
        tether.adopt_orphans()

    def start(self, stop: threading.Event) -> None:
        """Start each service and wait until it is ready. Raises ServiceError."""
        for kept in self._kept:
            if stop.is_set():
                return
            self._launch(kept)
            if kept.service.once:
                self._await_end(kept, stop)
            else:
                self._await_ready(kept, stop)
        self._kept = [kept for kept in self._kept if not kept.service.once]
        self._on_change(self.standings())

    def tend(self, stop: threading.Event, on_tick: Callable[[], None] = lambda: None) -> None:
        """Watch the services until `stop`; one that ends is started again, later each time it does not last."""
        while not stop.wait(_TICK_S):
            for kept in self._kept:
                self._look_after(kept)
            reap({kept.child.pid for kept in self._kept if kept.child})
            on_tick()

    def stop(self) -> None:
        """End the services in reverse, and every process that outlived the one that started it."""
        for kept in reversed(self._kept):
            if kept.child:
                kept.child.end(kept.service.grace_s)
                kept.child = None
        kill_all(descendants(os.getpid()))

    def standings(self) -> list[Standing]:
        return [
            Standing(
                kept.service.command.name,
                kept.child.pid if kept.child else None,
                kept.started_at.isoformat(timespec="seconds"),
                kept.restarts,
                kept.service.address,
                kept.exit_code,
            )
            for kept in self._kept
        ]

    def _launch(self, kept: _Kept) -> None:
        kept.started, kept.started_at = time.monotonic(), datetime.now(UTC)
        kept.child = Child(kept.service.command, self._log(kept))
        self._on_change(self.standings())

    def _await_ready(self, kept: _Kept, stop: threading.Event) -> None:
        deadline = time.monotonic() + kept.service.patience_s
        while not stop.is_set() and not (kept.service.is_ready is None or kept.service.is_ready()):
            code = kept.child.exit_code() if kept.child else None
            if code is not None:
                raise ServiceError(self._last_words(kept, f"ended with exit code {code}"))
            if time.monotonic() > deadline:
                raise ServiceError(self._last_words(kept, f"did not answer within {kept.service.patience_s:g} s"))
            stop.wait(_TICK_S)

    def _await_end(self, kept: _Kept, stop: threading.Event) -> None:
        deadline = time.monotonic() + kept.service.patience_s
        while kept.child and (code := kept.child.exit_code()) is None:
            if time.monotonic() > deadline:
                raise ServiceError(self._last_words(kept, f"was not done within {kept.service.patience_s:g} s"))
            if stop.wait(_TICK_S):
                return
        if code:
            raise ServiceError(self._last_words(kept, f"failed with exit code {code}"))

    def _last_words(self, kept: _Kept, what: str) -> str:
        log = self._log(kept)
        return "\n".join([f"{kept.service.command.name} {what}; its output is in {log}", *last_lines(log, 12)])

    def _look_after(self, kept: _Kept) -> None:
        if kept.child is None:
            if time.monotonic() >= kept.next_try:
                kept.restarts += 1
                self._launch(kept)
            return
        code = kept.child.exit_code()
        if code is None:
            return
        lasted = time.monotonic() - kept.started >= _HEALTHY_S
        kept.failures = 1 if lasted else kept.failures + 1
        kept.child, kept.exit_code = None, code
        kept.next_try = time.monotonic() + restart_delay_s(kept.failures)
        self._on_change(self.standings())

    def _log(self, kept: _Kept) -> Path:
        return self._logs / f"{kept.service.command.name}.log"

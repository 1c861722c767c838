"""Only one `marsad up` for one Prefect home: a lock that the kernel frees, and beside it what is running."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tasks.supervise import Standing


class AlreadyUp(Exception):
    """Another process keeps this Prefect home up."""


class Presence:
    """Held for as long as everything is up; `tell` writes down how the services stand, for `marsad status`."""

    def __init__(self, home: Path) -> None:
        self._lock = home / "up.lock"
        self._told = home / "up.json"
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        self._lock.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise AlreadyUp(f"{self._lock}: process {self.holder()} is up already") from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._told.unlink(missing_ok=True)
        if self._descriptor is not None:
            os.close(self._descriptor)

    def tell(self, standings: Sequence[Standing]) -> None:
        """Write down how the services stand; readers see the old or the new list, never half of one."""
        draft = self._told.with_suffix(".part")
        draft.write_text(json.dumps([asdict(standing) for standing in standings]), encoding="utf-8")
        draft.replace(self._told)

    def told(self) -> list[dict[str, Any]]:
        """What was written down last; empty where nothing is up."""
        if self.holder() is None:
            return []
        with suppress(OSError):
            services: list[dict[str, Any]] = json.loads(self._told.read_text(encoding="utf-8"))
            return services
        return []

    def holder(self) -> int | None:
        """The process that holds the lock, None where nobody does."""
        try:
            descriptor = os.open(self._lock, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return None
        except BlockingIOError:
            text = os.pread(descriptor, 32, 0).decode(errors="replace").strip()
            return int(text) if text.isdecimal() else None
        finally:
            os.close(descriptor)

"""The writer's lock: an `flock` on a file beside the database, which the kernel frees when its holder dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import WarehouseBusy

_PAUSE_S = 0.05


def lock_path(database: Path) -> Path:
    return database.with_name(database.name + ".lock")


@contextmanager
def writer_lock(database: Path, *, wait: float) -> Iterator[None]:
    """Hold the lock of `database`; raise WarehouseBusy after `wait` s. The file stays, to unlink it would race."""
    path = lock_path(database)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _acquire(descriptor, path, wait)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, wait: float) -> None:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise WarehouseBusy(_busy_message(descriptor, path, wait)) from None
            time.sleep(_PAUSE_S)


def _busy_message(descriptor: int, path: Path, wait: float) -> str:
    holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
    return (
        f"{path}: held by process {holder} for more than {wait:g} s; "
        "wait for that run to end, or stop it (the lock is freed with the process)"
    )

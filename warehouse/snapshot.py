"""Publishes copies of the primary files for people: whole, replaced atomically, never the file the pipeline writes.

A file is only ever copied while this process has it closed: closing any descriptor of an open database would drop
DuckDB's lock on it.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse.connect import bodies_path, open_locked, open_primary
from warehouse.errors import WarehouseError
from warehouse.lock import writer_lock
from warehouse.place import Lake, Place
from warehouse.rows import aware, naive
from warehouse.sql import run_file
from warehouse.store import MEMORY_LIMIT, THREADS
from warehouse.transaction import transaction

# Texts are ten times larger than facts, so they are copied at most once in this many seconds for each byte.
_BODIES_SECONDS_PER_BYTE = 1e-6


@dataclass(frozen=True, slots=True)
class Published:
    """One publication: sizes in bytes, a lake's all in `size`; `blocked_s` is how long no writer could work."""

    path: Place
    published_at: datetime
    size: int
    bodies_size: int
    has_new_bodies: bool
    blocked_s: float


def publish(
    primary: Place, snapshot: Path, *, now: datetime, min_interval_s: float = 0.0, wait: float = 30.0
) -> Published | None:
    """Replace `snapshot` and the texts beside it; None when the last publication is younger than `min_interval_s`.

    A lake is read where it is: its publication is only the time from which queries count back.
    """
    if isinstance(primary, Lake):
        return _publish_lake(primary, now, min_interval_s, wait)
    with writer_lock(snapshot, wait=wait):
        if _age_s(published_at(snapshot), now) < min_interval_s:
            return None
        copy = bodies_path(snapshot)
        with writer_lock(primary, wait=wait):
            started = time.monotonic()
            has_new_bodies = _draft_of_files(primary, snapshot, now)
            blocked_s = time.monotonic() - started
        if has_new_bodies:
            _replace(copy)
        _replace(snapshot)
    return Published(snapshot, now, snapshot.stat().st_size, copy.stat().st_size, has_new_bodies, blocked_s)


def _draft_of_files(primary: Path, snapshot: Path, now: datetime) -> bool:
    """Write the drafts of the facts and, when they are due, of the texts; return whether they were."""
    _settle(primary, now)
    bodies, copy = bodies_path(primary), bodies_path(snapshot)
    has_new_bodies = _wants_copy(bodies, copy, now)
    if has_new_bodies:
        _copy(bodies, _draft(copy), bodies.stat().st_mtime_ns)
    _copy(primary, _draft(snapshot), _nanoseconds(now))
    return has_new_bodies


def _publish_lake(lake: Lake, now: datetime, min_interval_s: float, wait: float) -> Published | None:
    with open_primary(lake, wait=wait, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        started = time.monotonic()
        ((last, size),) = run_file(connection, "lake/published").fetchall()
        if _age_s(aware(last), now) < min_interval_s:
            return None
        with transaction(connection):
            run_file(connection, "runs/publish", now=naive(now))
        return Published(lake, now, size, 0, True, time.monotonic() - started)


def published_at(snapshot: Path) -> datetime | None:
    """When `snapshot` was published, None where there is none."""
    try:
        return datetime.fromtimestamp(snapshot.stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


def _age_s(last: datetime | None, now: datetime) -> float:
    return float("inf") if last is None else (now - last).total_seconds()


def _settle(primary: Path, now: datetime) -> None:
    """Stamp the facts and fold both write-ahead logs into their files."""
    with open_locked(primary, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        with transaction(connection):
            run_file(connection, "runs/publish", now=naive(now))
        connection.execute("CHECKPOINT")
        connection.execute("CHECKPOINT bodies")
    for path in (primary, bodies_path(primary)):
        if _log(path).exists():
            raise WarehouseError(f"{_log(path)}: still there after a checkpoint; nothing was published")


def _wants_copy(bodies: Path, copy: Path, now: datetime) -> bool:
    if not copy.exists():
        return True
    current, copied = bodies.stat(), copy.stat()
    if current.st_mtime_ns == copied.st_mtime_ns and current.st_size == copied.st_size:
        return False
    return now.timestamp() - copied.st_ctime >= current.st_size * _BODIES_SECONDS_PER_BYTE


def _copy(source: Path, target: Path, time_ns: int) -> None:
    target.unlink(missing_ok=True)
    shutil.copyfile(source, target)
    os.utime(target, ns=(time_ns, time_ns))


def _replace(path: Path) -> None:
    draft = _draft(path)
    with _descriptor(draft) as descriptor:
        os.fchmod(descriptor, 0o444)
        os.fsync(descriptor)
    # Left by someone who opened the old copy for writing; it does not belong to the new one.
    _log(path).unlink(missing_ok=True)
    draft.replace(path)
    with _descriptor(path.parent) as descriptor:
        os.fsync(descriptor)


@contextmanager
def _descriptor(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _nanoseconds(time: datetime) -> int:
    return int(time.timestamp() * 1e9)


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.name}.publishing")


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")

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

from duckdb import DuckDBPyConnection

from warehouse.connect import bodies_path, open_locked
from warehouse.errors import WarehouseError
from warehouse.lake import attach_lake, copy_lake
from warehouse.lock import writer_lock
from warehouse.place import is_lake
from warehouse.rows import naive
from warehouse.sql import run_file
from warehouse.store import MEMORY_LIMIT, THREADS
from warehouse.transaction import transaction

# Texts are ten times larger than facts, so they are copied at most once in this many seconds for each byte.
_BODIES_SECONDS_PER_BYTE = 1e-6


@dataclass(frozen=True, slots=True)
class Published:
    """One publication: sizes in bytes; `blocked_s` is how long no writer could work."""

    path: Path
    published_at: datetime
    size: int
    bodies_size: int
    has_new_bodies: bool
    blocked_s: float


def publish(
    primary: Path, snapshot: Path, *, now: datetime, min_interval_s: float = 0.0, wait: float = 30.0
) -> Published | None:
    """Replace `snapshot` and the texts beside it; None when the last publication is younger than `min_interval_s`."""
    primary, snapshot = Path(primary), Path(snapshot)
    with writer_lock(snapshot, wait=wait):
        if _age_s(snapshot, now) < min_interval_s:
            return None
        copy = bodies_path(snapshot)
        draft = _draft_of_lake if is_lake(primary) else _draft_of_files
        with writer_lock(primary, wait=wait):
            started = time.monotonic()
            has_new_bodies = draft(primary, snapshot, now)
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


def _draft_of_lake(primary: Path, snapshot: Path, now: datetime) -> bool:
    """Write a native copy of a lake, for those who want one file."""
    facts = _draft(snapshot)
    for stale in (facts, bodies_path(facts)):
        stale.unlink(missing_ok=True)
    with open_locked(facts, wait=0.0, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        name = connection.execute("SELECT current_database()").fetchall()[0][0]
        attach_lake(connection, primary, read_only=True)
        copy_lake(connection, f'"{name}".main')
        copy_lake(connection, "bodies.main", "bodies")
        connection.execute(f'USE "{name}".main')
        _stamp(connection, now)
    bodies_path(facts).replace(_draft(bodies_path(snapshot)))
    os.utime(facts, ns=(_nanoseconds(now), _nanoseconds(now)))
    return True


def published_at(snapshot: Path) -> datetime | None:
    """When `snapshot` was published, None where there is none."""
    try:
        return datetime.fromtimestamp(snapshot.stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


def _age_s(snapshot: Path, now: datetime) -> float:
    last = published_at(snapshot)
    return float("inf") if last is None else (now - last).total_seconds()


def _settle(primary: Path, now: datetime) -> None:
    """Stamp the facts and fold both write-ahead logs into their files."""
    with open_locked(primary, wait=0.0, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        _stamp(connection, now)
    for path in (primary, bodies_path(primary)):
        if _log(path).exists():
            raise WarehouseError(f"{_log(path)}: still there after a checkpoint; nothing was published")


def _stamp(connection: DuckDBPyConnection, now: datetime) -> None:
    with transaction(connection):
        run_file(connection, "runs/publish", now=naive(now))
    connection.execute("CHECKPOINT")
    connection.execute("CHECKPOINT bodies")


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

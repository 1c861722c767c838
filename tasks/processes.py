"""Child processes: started so that they die with this one, their output in files, ended with all they started."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

from tasks import tether

_LOG_BYTES = 5_000_000
_PAUSE_S = 0.1


@dataclass(frozen=True, slots=True)
class Command:
    """What to start; `env` is the whole environment of the process."""

    name: str
    words: Sequence[str]
    env: Mapping[str, str]


class Child:
    """One running command in a session of its own: a Ctrl-C of the terminal reaches only this process."""

    def __init__(self, command: Command, log: Path) -> None:
        words = [sys.executable, tether.__file__, str(os.getpid()), *command.words]
        self.name = command.name
        self._process = subprocess.Popen(
            words,
            env=dict(command.env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        self._pump = threading.Thread(target=_pump, args=(self._process.stdout, log), daemon=True)
        self._pump.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def exit_code(self) -> int | None:
        """None while it runs; minus the signal's number where a signal ended it."""
        return self._process.poll()

    def end(self, grace_s: float) -> None:
        """Ask the process to end, and after `grace_s` make it; then whatever it had started."""
        started = [self.pid, *descendants(self.pid)]
        if self.exit_code() is None:
            self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(grace_s)
        kill_all({*started, *descendants(self.pid)})
        self._process.wait()
        self._pump.join(timeout=1)


def _pump(stream: IO[bytes], log: Path) -> None:
    """Copy the lines of a child into its file, which is kept small."""
    log.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(log, maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8")
    try:
        with stream:
            for line in stream:
                text = line.decode("utf-8", "replace").rstrip("\n")
                handler.emit(logging.LogRecord("child", logging.INFO, "", 0, text, None, None))
    finally:
        handler.close()


def last_lines(log: Path, count: int) -> list[str]:
    """The end of a child's output, as far as it is there."""
    with suppress(OSError):
        return log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    return []


def descendants(pid: int) -> set[int]:
    """The processes that `pid` started, and those that they started."""
    children: dict[int, list[int]] = {}
    for child, parent in _parents():
        children.setdefault(parent, []).append(child)
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        new = [child for child in children.get(waiting.pop(), ()) if child not in found]
        found.update(new)
        waiting.extend(new)
    return found


def _parents() -> Iterator[tuple[int, int]]:
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            # The name, in brackets, may hold anything.
            yield int(entry.parent.name), int(entry.read_text().rpartition(")")[2].split()[1])


def is_alive(pid: int) -> bool:
    """Whether the process is there and not merely unreaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill_all(pids: set[int]) -> None:
    """End processes that had their chance."""
    for pid in pids:
        if pid != os.getpid() and is_alive(pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def reap(known: set[int]) -> None:
    """Take leave of adopted processes that have ended; `known` ones are waited for elsewhere."""
    for pid, parent in list(_parents()):
        if parent == os.getpid() and pid not in known and not is_alive(pid):
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)


def wait_until_gone(pid: int, seconds: float) -> bool:
    """Whether the process ended in time."""
    deadline = time.monotonic() + seconds
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(_PAUSE_S)
    return not is_alive(pid)

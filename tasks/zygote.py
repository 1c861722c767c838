"""Forks processes on request, so that what it has loaded need not be loaded again. The other end is `tasks.quick`."""

from __future__ import annotations

import json
import os
import random
import selectors
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasks import tether

_FDS = 3
_LONGEST = 107


def is_usable(path: Path) -> bool:
    """Whether a socket can be there at all: the kernel allows their names 107 bytes."""
    return len(os.fsencode(path)) <= _LONGEST


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, and the place in the world that the new process is to take over."""

    line: socket.socket
    env: dict[str, str]
    cwd: str
    fds: tuple[int, ...]


class Zygote:
    """`serve` returns in each new process, once for each request; in this one it never does."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(path))
        path.chmod(0o600)  # whoever may connect may run anything as this user
        self._listener.listen(16)
        self._selector = selectors.DefaultSelector()
        self._lines: dict[int, socket.socket] = {}
        self._deaths, tell = socket.socketpair()
        tell.setblocking(False)
        self._tell = tell

    def serve(self) -> None:
        signal.set_wakeup_fd(self._tell.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._deaths, selectors.EVENT_READ)
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is self._listener:
                    if self._accept():
                        return
                elif key.fileobj is self._deaths:
                    self._deaths.recv(64)
                    self._bury()
                else:
                    self._abandoned(key.data)

    def _accept(self) -> bool:
        """Fork for one request; True in the new process."""
        line, _ = self._listener.accept()
        try:
            request = _read(line)
        except (OSError, ValueError):
            line.close()
            return False
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._become(request, parent)
            return True
        for descriptor in request.fds:
            os.close(descriptor)
        line.sendall(f"{pid}\n".encode())
        self._lines[pid] = line
        self._selector.register(line, selectors.EVENT_READ, pid)
        return False

    def _become(self, request: Request, parent: int) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        tether.tie_to_parent(parent)
        self._selector.close()
        for end in (self._listener, self._deaths, self._tell, request.line, *self._lines.values()):
            end.close()
        for number, descriptor in enumerate(request.fds):
            os.dup2(descriptor, number)
            os.close(descriptor)
        os.environ.clear()
        os.environ.update(request.env)
        os.chdir(request.cwd)
        random.seed()

    def _bury(self) -> None:
        """Say how each process ended that did."""
        with suppress(ChildProcessError):
            while (found := os.waitpid(-1, os.WNOHANG))[0]:
                pid, status = found
                line = self._lines.pop(pid)
                if line.fileno() < 0:  # abandoned
                    continue
                self._selector.unregister(line)
                with line, suppress(OSError):
                    line.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())

    def _abandoned(self, pid: int) -> None:
        """Who asked for this process was killed: so is it."""
        if pid in self._lines:
            self._selector.unregister(self._lines[pid])
            self._lines[pid].close()
            os.kill(pid, signal.SIGKILL)


def _read(line: socket.socket) -> Request:
    head, fds, _, _ = socket.recv_fds(line, 4, _FDS)
    size = int.from_bytes(head, "big")
    with line.makefile("rb") as stream:
        asked: dict[str, Any] = json.loads(stream.read(size))
    return Request(line, asked["env"], asked["cwd"], tuple(fds))

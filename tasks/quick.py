"""`python -S quick.py SOCKET`: have a flow run done by a process forked from a warm one (`flows.warm`).

It stands in for `python -m prefect.engine`, whose imports and models take seconds of processor time for each run, and
becomes that where no warm process answers. Standard library alone, so that it costs some milliseconds.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from typing import Any

_COLD = "-m", "prefect.engine"


def main(path: str) -> None:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.connect(path)
        _ask(line)
        answer = line.makefile("rb")
        pid = int(answer.readline())
    except (OSError, ValueError):
        os.execv(sys.executable, [sys.executable, *_COLD])

    def pass_on(number: int, _frame: Any) -> None:
        os.kill(pid, number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, pass_on)
    _end_as(int(answer.readline() or -signal.SIGKILL))


def _ask(line: socket.socket) -> None:
    """Our place in the world: environment, folder, and where output goes."""
    request = json.dumps({"env": dict(os.environ), "cwd": os.getcwd()}).encode()  # noqa: PTH109 (pathlib would cost more than all the rest)
    socket.send_fds(line, [len(request).to_bytes(4, "big")], [0, 1, 2])
    line.sendall(request)


def _end_as(code: int) -> None:
    """Leave as the other process left: minus a signal's number where a signal ended it."""
    if code < 0:
        if -code != signal.SIGKILL:
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1])

"""Services that are kept: in order, restarted, ended with all they started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tasks.presence import AlreadyUp, Presence
from tasks.processes import Child, Command, is_alive, wait_until_gone
from tasks.supervise import Service, ServiceError, Supervisor, restart_delay_s

ROOT = Path(__file__).parents[2]
# Writes its own id and that of a child of its own, which no signal asks politely.
FAMILY = """
import signal, subprocess, sys, time
deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)"
child = subprocess.Popen([sys.executable, "-c", deaf])
open(sys.argv[1], "w").write(f"{__import__('os').getpid()} {child.pid}")
time.sleep(600)
"""


def python(name: str, code: str, *words: str) -> Command:
    return Command(name, (sys.executable, "-c", code, *words), dict(os.environ))


def pids_in(path: Path) -> list[int]:
    deadline = time.monotonic() + 60
    while not path.exists() or not path.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return [int(word) for word in path.read_text().split()]


def test_a_child_ends_with_what_it_started(tmp_path: Path) -> None:
    child = Child(python("family", FAMILY, str(tmp_path / "pids")), tmp_path / "log")
    pids = pids_in(tmp_path / "pids")
    child.end(grace_s=1)
    assert all(wait_until_gone(pid, 60) for pid in pids)


def test_what_a_child_prints_is_kept(tmp_path: Path) -> None:
    child = Child(python("words", "print('كلام'); raise SystemExit(4)"), tmp_path / "logs" / "words.log")
    assert wait_until_gone(child.pid, 60)
    child.end(grace_s=1)
    assert child.exit_code() == 4
    assert (tmp_path / "logs" / "words.log").read_text(encoding="utf-8") == "كلام\n"


def test_children_die_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    parent = f"""
import os, sys, time
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from tasks.processes import Child, Command
code = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(600)"
Child(Command("one", (sys.executable, "-c", code, sys.argv[1]), dict(os.environ)), Path(sys.argv[1] + ".log"))
time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", parent, str(tmp_path / "pid")]) as process:
        (pid,) = pids_in(tmp_path / "pid")
        process.kill()
        process.wait()
        assert wait_until_gone(pid, 60)


class Watched:
    """A supervisor at work in a thread, as `marsad up` has it in its main one."""

    def __init__(self, services: list[Service], logs: Path) -> None:
        self.stop = threading.Event()
        self.supervisor = Supervisor(services, logs)
        self.supervisor.start(self.stop)
        self.thread = threading.Thread(target=self.supervisor.tend, args=(self.stop,))
        self.thread.start()

    def end(self) -> None:
        self.stop.set()
        self.thread.join()
        self.supervisor.stop()


def test_what_dies_is_started_again(tmp_path: Path) -> None:
    watched = Watched([Service(python("sleeper", "import time; time.sleep(600)"))], tmp_path)
    try:
        (first,) = watched.supervisor.standings()
        assert first.pid is not None
        os.kill(first.pid, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while (now := watched.supervisor.standings()[0]).pid in (None, first.pid):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert (now.restarts, now.exit_code) == (1, -signal.SIGKILL)
    finally:
        watched.end()
    assert now.pid is not None
    assert not is_alive(now.pid)


def test_what_never_gets_ready_is_told_with_its_last_words(tmp_path: Path) -> None:
    service = Service(python("broken", "raise SystemExit('port taken')"), is_ready=lambda: False)
    with pytest.raises(ServiceError, match=r"broken ended with exit code 1; .*\nport taken"):
        Supervisor([service], tmp_path).start(threading.Event())


def test_what_is_done_once_is_not_kept_and_must_succeed(tmp_path: Path) -> None:
    supervisor = Supervisor([Service(python("first", f"open({str(tmp_path / 'done')!r}, 'w')"), once=True)], tmp_path)
    supervisor.start(threading.Event())
    assert (tmp_path / "done").exists()
    assert supervisor.standings() == []
    with pytest.raises(ServiceError, match="failed with exit code 2"):
        Supervisor([Service(python("first", "raise SystemExit(2)"), once=True)], tmp_path).start(threading.Event())


def test_restarts_come_later_each_time() -> None:
    assert [restart_delay_s(failures) for failures in (1, 2, 3, 6, 7, 50)] == [1, 2, 4, 32, 60, 60]


def test_only_one_is_up(tmp_path: Path) -> None:
    with Presence(tmp_path) as presence:
        assert presence.holder() == os.getpid()
        with pytest.raises(AlreadyUp, match=f"process {os.getpid()} is up already"), Presence(tmp_path):
            raise AssertionError
        presence.tell([])
        assert presence.told() == []
    assert Presence(tmp_path).holder() is None

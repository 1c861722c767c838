"""Processes forked on request: they run where who asked would have, and end as it would have."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks import quick
from tasks.processes import is_alive, wait_until_gone
from tasks.zygote import is_usable

WARM = """
import sys
from pathlib import Path
from tasks.zygote import Zygote
zygote = Zygote(Path(sys.argv[1]))
print("ready", flush=True)
zygote.serve()
import os
exec(os.environ["TODO"])
"""


@pytest.fixture
def socket(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "warm.sock"
    with subprocess.Popen([sys.executable, "-c", WARM, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield path
        process.kill()


def ask(socket: Path, todo: str, cwd: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-S", quick.__file__, str(socket)]
    env = os.environ | {"TODO": todo}
    return subprocess.Popen(words, env=env, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_it_runs_in_the_place_of_who_asked(socket: Path, tmp_path: Path) -> None:
    todo = "import os, sys; print(os.getcwd(), os.environ['TODO'][:6]); print('oh', file=sys.stderr)"
    out, err = ask(socket, todo, tmp_path).communicate()
    assert (out, err) == (f"{tmp_path} import\n", "oh\n")


@pytest.mark.parametrize(
    ("todo", "code"),
    [
        ("pass", 0),
        ("raise SystemExit(3)", 3),
        ("raise KeyError", 1),
        ("import os; os.kill(os.getpid(), 9)", -9),
        ("import os; os.kill(os.getpid(), 15)", -15),
    ],
)
def test_it_ends_as_what_it_ran(socket: Path, tmp_path: Path, todo: str, code: int) -> None:
    process = ask(socket, todo, tmp_path)
    process.communicate()
    assert process.returncode == code


WAIT = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"


def pid_of(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())


def test_being_told_to_stop_reaches_it(socket: Path, tmp_path: Path) -> None:
    process = ask(socket, WAIT, tmp_path)
    pid = pid_of(process)
    process.terminate()
    process.communicate()
    assert process.returncode == -signal.SIGTERM
    assert not is_alive(pid)


def test_it_does_not_outlive_who_asked(socket: Path, tmp_path: Path) -> None:
    process = ask(socket, WAIT, tmp_path)
    pid = pid_of(process)
    process.kill()
    process.communicate()
    assert wait_until_gone(pid, 30)
    again = ask(socket, "print('still here')", tmp_path)
    assert again.communicate()[0] == "still here\n"


def test_many_at_once(socket: Path, tmp_path: Path) -> None:
    asked = [ask(socket, f"raise SystemExit({number})", tmp_path) for number in range(8)]
    for process in asked:
        process.communicate()
    assert [process.returncode for process in asked] == list(range(8))


def test_without_it_the_run_starts_as_usual(tmp_path: Path) -> None:
    process = ask(tmp_path / "none.sock", "", tmp_path)
    _, err = process.communicate()
    assert process.returncode == 1
    assert "flow run id" in err.lower()


def test_a_socket_deep_down_cannot_be_used() -> None:
    assert is_usable(Path("/var/marsad/warm.sock"))
    assert not is_usable(Path("/" + "é" * 60))

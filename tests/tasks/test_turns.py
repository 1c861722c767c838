"""Turns between processes that may be killed."""

from __future__ import annotations

import select
import subprocess
import sys
from pathlib import Path

from tasks.turns import take_turn

RUN = """
import sys
from pathlib import Path
from tasks.turns import take_turn
with take_turn(Path(sys.argv[1])) as is_mine:
    print(is_mine, flush=True)
    sys.stdin.read()
"""


class Other:
    """A run in a process of its own, which keeps its turn until it is told to end."""

    def __init__(self, place: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.stdout = self.process.stdout

    def hear(self) -> str:
        return self.stdout.readline().strip()

    def end(self) -> None:
        self.process.communicate()


def test_one_works_one_waits_a_third_has_nothing_to_do(tmp_path: Path) -> None:
    place = tmp_path / "analyze"
    first = Other(place)
    assert first.hear() == "True"
    rivals = {other.stdout: other for other in (Other(place), Other(place))}
    ((speaks, *_), _, _) = select.select(list(rivals), [], [], 60)
    refused = rivals.pop(speaks)
    assert refused.hear() == "False"
    refused.end()
    (waiting,) = rivals.values()
    first.process.kill()
    first.end()
    assert waiting.hear() == "True", "a killed run frees its turn"
    waiting.end()


def test_a_turn_ends_with_its_run(tmp_path: Path) -> None:
    for _ in range(2):
        with take_turn(tmp_path / "publish") as is_mine:
            assert is_mine

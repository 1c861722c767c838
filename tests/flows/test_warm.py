from __future__ import annotations

import subprocess
import sys

THREADS = """
import os
from flows.warm import load
from tasks.settings import Settings
load(Settings())
print(len(os.listdir("/proc/self/task")))
"""


def test_what_is_loaded_before_the_fork_starts_no_thread() -> None:
    """A thread is not there in the forked process, whose library then waits for it for ever."""
    env = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PATH": ""}
    done = subprocess.run([sys.executable, "-c", THREADS], capture_output=True, text=True, check=False, env=env)
    assert done.stdout == "1\n", done.stderr

"""`make demo`: the whole road once, from the sample newsroom's feeds to trends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from examples.newsroom.server import Newsroom
from flows.console import Exit

HERE = Path(__file__).parent
CONFIG = HERE / "pipeline.toml"
# The sample's articles are years apart.
ALL_TIME = ("--param", "since=2010-01-01")
QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("landed",),
    ("rejected",),
    ("claims_per_week_and_pair", *ALL_TIME, "--param", "pairs=6"),
    ("top_suppliers_and_recipients", *ALL_TIME, "--param", "limit=10"),
    ("claims_by_kind_and_status", *ALL_TIME),
    ("one_claim",),
)


def main() -> int:
    """Serve the newsroom on a free port, run the pipeline on it as a user would, and ask what landed."""
    with Newsroom.start() as room:
        say(f"The sample newsroom answers at {room.base()} as *.newsroom.test")
        env = environment(room.port)
        say("Running: marsad run --now (Prefect starts its own temporary server: some seconds)")
        code = marsad(env, "run", "--now")
        if code not in (Exit.DONE, Exit.PARTLY):
            return code
        for question in QUESTIONS:
            if code := marsad(env, "query", *question):
                return code
    say("The feeds named as failing are broken on purpose.")
    say(f"Ask more: .venv/bin/marsad query --config {CONFIG.relative_to(Path.cwd())}")
    return 0


def environment(port: int) -> dict[str, str]:
    """The variables that lead the outlets' invented hosts to this newsroom."""
    return os.environ | {"MARSAD_FETCH__CONNECT_TO": json.dumps({"*.newsroom.test": f"127.0.0.1:{port}"})}


def marsad(env: dict[str, str], *words: str) -> int:
    """Run one command as a process of its own, its output going where ours goes."""
    command = [sys.executable, "-m", "flows.cli", *words, "--config", str(CONFIG)]
    return subprocess.run(command, env=env, check=False).returncode


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

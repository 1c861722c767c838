"""Kills a working pipeline at random moments and looks for what is lost, doubled or unreadable.

python -m benchmarks.warehouse.kills --kills 200 --directory /var/tmp/marsad-kills
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
from pathlib import Path

from tests.warehouse.worker import done, flaws, work


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--longest", type=float, default=2.0, help="seconds a pipeline may work before it is killed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--directory", type=Path, required=True)
    parser.add_argument("--lake", action="store_true", help="on the DuckLake backend")
    options = parser.parse_args()
    options.directory.mkdir(parents=True)
    primary = options.directory / ("primary.sqlite" if options.lake else "primary.duckdb")
    moments = random.Random(options.seed)
    bad = 0
    for number in range(options.kills):
        kill_one(primary, moments.uniform(0.0, options.longest))
        for flaw in flaws(primary):
            bad += 1
            print(f"kill {number}: {flaw}", flush=True)
        if number % 20 == 19:
            print(f"{number + 1} kills, {len(done(primary))} batches, {bad} flaws", flush=True)
    total = len(done(primary)) + 1
    work(primary, total)
    bad += len(flaws(primary))
    print(f"{options.kills} kills, {total} batches, {bad} flaws")
    sys.exit(1 if bad else 0)


def kill_one(primary: Path, after_s: float) -> None:
    command = [sys.executable, "-m", "tests.warehouse.worker", str(primary), "1000000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()
        try:
            child.wait(timeout=after_s)
        except subprocess.TimeoutExpired:
            child.kill()


if __name__ == "__main__":
    main()

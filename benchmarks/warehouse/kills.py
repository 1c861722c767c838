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
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--directory", type=Path, required=True)
    options = parser.parse_args()
    options.directory.mkdir(parents=True)
    moments = random.Random(options.seed)
    bad = 0
    for number in range(options.kills):
        kill_one(options.directory, moments.uniform(0.5, 3.0))
        for flaw in flaws(options.directory):
            bad += 1
            print(f"kill {number}: {flaw}")
    total = len(done(options.directory)) + 1
    work(options.directory, total)
    bad += len(flaws(options.directory))
    print(f"{options.kills} kills, {total} batches, {bad} flaws")
    sys.exit(1 if bad else 0)


def kill_one(folder: Path, after_s: float) -> None:
    with subprocess.Popen([sys.executable, "-m", "tests.warehouse.worker", str(folder), "1000000"]) as child:
        try:
            child.wait(timeout=after_s)
        except subprocess.TimeoutExpired:
            child.kill()


if __name__ == "__main__":
    main()

"""Kills a working pipeline at random moments and looks for what is lost, doubled or unreadable.

python -m benchmarks.warehouse.kills --kills 200 --directory /var/tmp/marsad-kills
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
from pathlib import Path

from tests.warehouse.words import as_word
from tests.warehouse.worker import done, flaws, work
from warehouse.place import Lake, Place


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--longest", type=float, default=2.0, help="seconds a pipeline may work before it is killed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--directory", type=Path, required=True)
    parser.add_argument("--lake", action="store_true", help="on the DuckLake backend")
    parser.add_argument("--catalog", default="", help="postgresql:// address of a database for a lake of many machines")
    options = parser.parse_args()
    options.directory.mkdir(parents=True)
    folder = options.directory
    lake = Lake(options.catalog or str(folder / "catalog.sqlite"), str(folder / "lake"))
    primary = lake if options.lake or options.catalog else folder / "primary.duckdb"
    moments = random.Random(options.seed)
    bad = 0
    for number in range(options.kills):
        kill_one(primary, folder, moments.uniform(0.0, options.longest))
        for flaw in flaws(primary, folder):
            bad += 1
            print(f"kill {number}: {flaw}", flush=True)
        if number % 20 == 19:
            print(f"{number + 1} kills, {len(done(folder))} batches, {bad} flaws", flush=True)
    total = len(done(folder)) + 1
    work(primary, folder, total)
    bad += len(flaws(primary, folder))
    print(f"{options.kills} kills, {total} batches, {bad} flaws")
    sys.exit(1 if bad else 0)


def kill_one(primary: Place, folder: Path, after_s: float) -> None:
    command = [sys.executable, "-m", "tests.warehouse.worker", as_word(primary), str(folder), "1000000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()
        try:
            child.wait(timeout=after_s)
        except subprocess.TimeoutExpired:
            child.kill()


if __name__ == "__main__":
    main()

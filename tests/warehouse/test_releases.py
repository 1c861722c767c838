"""One file, two releases of DuckDB: what either writes, the other reads and writes on."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.warehouse.worker import SIZE, done, flaws, work
from warehouse.store import open_store

OTHER = os.environ.get("MARSAD_OTHER_PYTHON", "")


@pytest.mark.skipif(not OTHER, reason="needs a second DuckDB: make test-duckdb2")
def test_a_file_goes_to_and_fro_between_two_releases(tmp_path: Path) -> None:
    primary = tmp_path / "primary.duckdb"
    for batches in (4, 8, 12):
        work_with_the_other(primary, tmp_path, batches - 2)
        assert len(done(tmp_path)) == batches - 2 and flaws(primary, tmp_path) == []
        work(primary, tmp_path, batches)
    with open_store(primary) as store:
        assert store.counts()["articles"] == 12 * SIZE


def work_with_the_other(primary: Path, folder: Path, batches: int) -> None:
    command = [OTHER, "-m", "tests.warehouse.worker", str(primary), str(folder), str(batches)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

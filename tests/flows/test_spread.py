"""Analysis side by side gives what analysis one after the other gives."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from prefect import flow
from prefect.testing.utilities import prefect_test_harness

from tasks.configure import ConfigurationError
from tasks.settings import AnalysisSettings, Settings
from tasks.spread import spread
from tests.e2e.town import free_port
from tests.warehouse.samples import article
from warehouse.records import Analysis

pytestmark = pytest.mark.long

BATCHES = [[article("a", "سلمت روسيا مصر 12 دبابة.")], [article("b", "سلمت الصين الجزائر 4 طائرات.")]]


@flow
def analysed(settings: Settings) -> list[list[Analysis]]:
    with spread(settings) as analyse:
        return list(analyse(BATCHES))


@pytest.fixture(scope="module", autouse=True)
def server() -> Iterator[None]:
    with prefect_test_harness(server_startup_timeout=300):
        yield


@pytest.fixture
def cluster() -> Iterator[str]:
    pytest.importorskip("distributed")
    address = f"tcp://127.0.0.1:{free_port()}"
    scheduler = ["-m", "distributed.cli.dask_scheduler", "--host", address, "--no-dashboard"]
    worker = ["-m", "distributed.cli.dask_worker", address, "--nworkers", "1", "--no-dashboard"]
    processes = [subprocess.Popen([sys.executable, *words]) for words in (scheduler, worker)]
    try:
        yield address
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait(60)


def test_processes_find_what_one_finds() -> None:
    here = analysed(Settings())
    assert [len(batch[0].claims) for batch in here] == [1, 1]
    assert analysed(Settings(analysis=AnalysisSettings(batches_at_once=2))) == here


def test_a_cluster_finds_what_one_finds(cluster: str) -> None:
    assert analysed(Settings(analysis=AnalysisSettings(batches_at_once=2, cluster=cluster))) == analysed(Settings())


@pytest.mark.skipif(find_spec("prefect_dask") is not None, reason="prefect-dask is installed")
def test_a_cluster_needs_its_package() -> None:
    with (
        pytest.raises(ConfigurationError, match="needs prefect-dask"),
        spread(Settings(analysis=AnalysisSettings(cluster="tcp://127.0.0.1:1"))),
    ):
        raise AssertionError

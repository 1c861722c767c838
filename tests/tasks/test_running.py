"""Runs side by side and runs that die: nobody polls the same feed, and nothing waits for the dead."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.load import claim_pages, open_run, store_of
from tasks.running import lease_due_feeds, recover_dead_runs, running
from tasks.runs import utc_now
from tasks.settings import FeedSettings, PathSettings, Settings
from tests.warehouse.samples import poll
from warehouse.errors import WarehouseBusy
from warehouse.lock import writer_lock

FEED = FeedSettings(url="http://nile.example/rss", outlet="النيل", country="EGY")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    paths = PathSettings(warehouse=tmp_path / "primary.duckdb", prefect_home=tmp_path / "prefect")
    return Settings(paths=paths, feeds=(FEED,))


def queue_pages(settings: Settings, *names: str) -> None:
    (source,) = settings.sources
    with running("ingest", settings) as run, store_of(settings) as store:
        store.save_polls([poll(source, *names)], run.run_id, utc_now())


def test_two_runs_never_poll_the_same_feed(settings: Settings) -> None:
    with running("ingest", settings) as first, running("ingest", settings) as second:
        assert len(lease_due_feeds(settings, first)) == 1
        assert lease_due_feeds(settings, second) == ()
        assert lease_due_feeds(settings, second, everything=True) == ()


def test_a_feed_is_free_again_when_its_poll_is_stored(settings: Settings) -> None:
    with running("ingest", settings) as run:
        ((source, _),) = lease_due_feeds(settings, run)
        with store_of(settings) as store:
            store.save_polls([poll(source)], run.run_id, utc_now())
        assert len(lease_due_feeds(settings, run, everything=True)) == 1


def test_a_run_that_breaks_gives_back_what_it_had(settings: Settings) -> None:
    queue_pages(settings, "a")
    with pytest.raises(ZeroDivisionError), running("ingest", settings) as run:
        assert len(claim_pages(settings, run)) == 1
        lease_due_feeds(settings, run, everything=True)
        raise ZeroDivisionError
    with running("ingest", settings) as run:
        assert [work.attempts for work in claim_pages(settings, run)] == [1]
        assert len(lease_due_feeds(settings, run, everything=True)) == 1


@pytest.mark.parametrize("end", [KeyboardInterrupt, WarehouseBusy])
def test_being_stopped_is_no_fault_of_the_page(settings: Settings, end: type[BaseException]) -> None:
    queue_pages(settings, "a")
    with pytest.raises(end), running("ingest", settings) as run:
        claim_pages(settings, run)
        raise end
    with running("ingest", settings) as run:
        assert [work.attempts for work in claim_pages(settings, run)] == [0]


VICTIM = """
import sys, time
from pathlib import Path
from tasks.load import claim_pages
from tasks.running import lease_due_feeds, running
from tests.tasks.test_running import FEED, PathSettings, Settings
home = Path(sys.argv[1])
settings = Settings(paths=PathSettings(warehouse=home / "primary.duckdb", prefect_home=home / "prefect"), feeds=(FEED,))
with running("ingest", settings) as run:
    print(len(claim_pages(settings, run)), len(lease_due_feeds(settings, run, everything=True)), flush=True)
    time.sleep(600)
"""


@pytest.fixture
def victim(tmp_path: Path, settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """A run in a process of its own that holds the only page and the only feed."""
    queue_pages(settings, "a")
    with subprocess.Popen([sys.executable, "-c", VICTIM, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "1 1\n"
        yield process
        process.kill()


def test_the_work_of_a_killed_run_is_taken_up_at_once(settings: Settings, victim: subprocess.Popen[str]) -> None:
    with running("ingest", settings) as run:
        assert (claim_pages(settings, run), lease_due_feeds(settings, run, everything=True)) == ((), ())
    victim.kill()
    victim.wait()
    with running("ingest", settings) as run:
        assert [work.attempts for work in claim_pages(settings, run)] == [1]
        assert len(lease_due_feeds(settings, run, everything=True)) == 1


def test_only_the_dead_are_recovered(settings: Settings, victim: subprocess.Popen[str]) -> None:
    assert recover_dead_runs(settings) == frozenset()
    victim.kill()
    victim.wait()
    assert len(recover_dead_runs(settings)) == 1
    assert recover_dead_runs(settings) == frozenset()


def test_a_run_of_another_machine_is_left_to_its_lease(settings: Settings) -> None:
    open_run("ingest", settings)  # has no sign of life here
    assert recover_dead_runs(settings) == frozenset()


def test_a_stopped_run_does_not_wait_for_a_busy_warehouse(settings: Settings) -> None:
    queue_pages(settings, "a")
    with pytest.raises(KeyboardInterrupt), running("ingest", settings) as run:
        claim_pages(settings, run)
        lock = writer_lock(settings.paths.warehouse, wait=1)
        lock.__enter__()
        raise KeyboardInterrupt
    lock.__exit__(None, None, None)
    with running("ingest", settings) as run:
        assert len(claim_pages(settings, run)) == 1, "the next run found its lock free"

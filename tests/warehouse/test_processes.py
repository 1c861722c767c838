"""Several processes at once, and processes that are killed."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.warehouse.places import Server, new_place, shown_of
from tests.warehouse.samples import NOW, article
from tests.warehouse.words import as_word
from tests.warehouse.worker import SIZE, done, flaws, time_of, work
from warehouse.errors import WarehouseBusy, WarehouseError
from warehouse.place import Lake, Place
from warehouse.read import open_snapshot, run_query
from warehouse.snapshot import publish
from warehouse.store import Store, open_store

KILLS = 4
HOLD = """
import sys, time, pathlib
from tests.warehouse.words import from_word
from warehouse.store import open_store
with open_store(from_word(sys.argv[1])):
    print("open", flush=True)
    time.sleep(600)
"""
READ = """
import pathlib, sys, time
from contextlib import closing
from tests.warehouse.words import from_word
from warehouse.read import open_snapshot, run_query
place, stop, seen = from_word(sys.argv[1]), pathlib.Path(sys.argv[2]), -1
question = "SELECT (SELECT count(*) FROM core_articles), count(*) FROM core_article_versions"
while not stop.exists():
    with closing(open_snapshot(place)) as connection:
        ((articles, versions),) = run_query(connection, question).rows
    assert articles == versions and articles % 10 == 0 and articles >= seen, (articles, versions, seen)
    seen = articles
    print(articles, flush=True)
    time.sleep(0.02)
"""


@contextmanager
def process(*command: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as child:
        try:
            yield child
        finally:
            child.kill()


def test_a_second_writer_is_told_who_holds_the_warehouse(primary: Place) -> None:
    with process("-c", HOLD, as_word(primary)) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "open\n"
        is_shared = isinstance(primary, Lake) and primary.is_shared
        told = "another process or machine" if is_shared else f"held by process {holder.pid} "
        with pytest.raises(WarehouseBusy, match=told), open_store(primary, wait=0.1):
            pass
        holder.kill()
        holder.wait()
        with open_store(primary, wait=5) as store:
            assert store.counts()["articles"] == 0


def test_one_who_opened_the_primary_directly_is_named(tmp_path: Path) -> None:
    primary = tmp_path / "primary.duckdb"
    code = f"import duckdb, time; c = duckdb.connect('{primary}'); print('open', flush=True); time.sleep(600)"
    with process("-c", code) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "open\n"
        with pytest.raises(WarehouseBusy, match=f"directly by process {holder.pid}"), open_store(primary, wait=0.1):
            pass


def test_a_store_is_not_shared_between_threads(store: Store) -> None:
    errors: list[Exception] = []

    def use() -> None:
        try:
            store.counts()
        except WarehouseError as error:
            errors.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert "belongs to the thread" in str(errors[0])


@pytest.mark.parametrize("publications", [8, pytest.param(50, marks=pytest.mark.long)])
def test_readers_and_writer_never_hinder_each_other(primary: Place, tmp_path: Path, publications: int) -> None:
    snapshot, stop = tmp_path / "marsad.duckdb", tmp_path / "stop"
    shown = shown_of(primary, snapshot, NOW)
    with process("-c", READ, as_word(shown), str(stop)) as one, process("-c", READ, as_word(shown), str(stop)) as two:
        with closing(open_snapshot(shown)) as patient:
            for number in range(1, publications + 1):
                with open_store(primary, wait=5) as store:
                    store.save_articles([article(f"{number}-{place}") for place in range(10)], [], "r", NOW)
                assert publish(primary, snapshot, now=time_of(number), wait=5) is not None
                seen = run_query(patient, "SELECT count(*) FROM core_articles").rows
                assert seen == ((number * 10 if isinstance(primary, Lake) else 0,),)
        stop.touch()
        counts = [[int(line) for line in reader.communicate()[0].split()] for reader in (one, two)]
        assert (one.returncode, two.returncode) == (0, 0)
    assert all(len(numbers) > 1 and numbers == sorted(numbers) for numbers in counts)
    with closing(open_snapshot(shown)) as last:
        assert run_query(last, "SELECT count(*) FROM core_articles").rows == ((publications * 10,),)


@pytest.mark.slow
def test_kills_at_any_moment_lose_and_double_nothing(backend: str, its_server: Server | None, tmp_path: Path) -> None:
    moments = random.Random(4)
    primary = new_place(backend, tmp_path, its_server)
    for _ in range(KILLS):
        with process("-m", "tests.warehouse.worker", as_word(primary), str(tmp_path), "1000") as child:
            assert child.stdout is not None and child.stdout.readline() == "ready\n"
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(timeout=moments.uniform(0.05, 2.0))
            child.kill()
            child.wait()
        assert flaws(primary, tmp_path) == []
    total = len(done(tmp_path)) + 3
    work(primary, tmp_path, total)
    assert flaws(primary, tmp_path) == []
    with closing(open_snapshot(primary)) as connection:
        totals = "SELECT (SELECT count(*) FROM core_claims), (SELECT count(*) FROM core_work_queue)"
        assert run_query(connection, totals).rows == ((total * SIZE * 2, 0),)

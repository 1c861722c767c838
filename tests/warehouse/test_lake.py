"""What only a lake can do: live readers, many small loads, a catalogue in PostgreSQL."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.warehouse.samples import NOW, analysis, article
from warehouse.connect import open_primary
from warehouse.errors import BrokenDatabase, WarehouseBusy
from warehouse.lake import maintain_lake
from warehouse.read import open_snapshot, run_query
from warehouse.snapshot import publish
from warehouse.store import LoadCounts, open_store

POSTGRES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("duckdb_extension_ducklake") is None, reason="needs the extra [lake]"),
]


def count(path: Path, table: str = "core_articles") -> int:
    with closing(open_snapshot(path)) as connection:
        return int(run_query(connection, f"SELECT count(*) FROM {table}").rows[0][0])


def test_people_read_while_the_pipeline_writes(tmp_path: Path) -> None:
    path = tmp_path / "lake.sqlite"
    with open_store(path) as store:
        store.save_articles([article("a")], [], "r", NOW)
        assert count(path) == 1
        with closing(open_snapshot(path)) as reader:
            store.save_articles([article("b")], [], "r", NOW)
            assert run_query(reader, "SELECT count(*) FROM core_articles").rows == ((2,),)


def test_small_loads_are_joined_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "lake.sqlite"
    with open_store(path) as store:
        for number in range(4):
            batch = [article(f"{number}-{place}") for place in range(20)]
            store.save_articles(batch, [], "r", NOW)
    with open_primary(path, wait=1, memory_limit="200MB", threads=1) as connection:
        maintain_lake(connection)
    assert count(path) == 80


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder with the socket of a PostgreSQL of our own, run as somebody who is not root."""
    if POSTGRES is None or shutil.which("runuser") is None:
        pytest.skip("needs PostgreSQL and runuser")
    folder = Path(subprocess.run(["mktemp", "-d"], check=True, capture_output=True, text=True).stdout.strip())

    def run(*command: str) -> None:
        subprocess.run(["runuser", "-u", "nobody", "--", *command], check=True, stdout=subprocess.DEVNULL, cwd="/")

    subprocess.run(["chown", "nobody", str(folder)], check=True)
    run(f"{POSTGRES}/initdb", "-D", f"{folder}/db", "-A", "trust", "-U", "marsad")
    run(f"{POSTGRES}/pg_ctl", "-D", f"{folder}/db", "-o", f"-k {folder} -h ''", "-l", f"{folder}/log", "-w", "start")
    try:
        run(f"{POSTGRES}/createdb", "-h", str(folder), "-U", "marsad", "marsad")
        yield folder
    finally:
        run(f"{POSTGRES}/pg_ctl", "-D", f"{folder}/db", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def machine(folder: Path, server: Path, data: Path) -> Path:
    """One machine's own description of the common lake."""
    folder.mkdir()
    path = folder / "warehouse.toml"
    catalogue = f"postgres:host={server} user=marsad dbname=marsad"
    path.write_text(f'[lake]\ncatalogue = "{catalogue}"\ndata = "{data}"\n')
    return path


def test_many_machines_share_a_lake_and_take_turns(server: Path, tmp_path: Path) -> None:
    one, two = (machine(tmp_path / name, server, tmp_path / "data") for name in ("one", "two"))
    with open_store(one) as store:
        assert store.save_articles([article("a")], [], "r", NOW) == LoadCounts(new=1)
        with pytest.raises(WarehouseBusy, match="another machine"), open_store(two, wait=0.1):
            pass
        assert count(two) == 1
    with open_store(two, wait=5) as store:
        assert store.save_articles([article("a"), article("b")], [], "r", NOW) == LoadCounts(new=1, unchanged=1)
        assert store.save_analyses([analysis(article("a"))], "r", NOW) == LoadCounts(new=1)
    published = publish(one, tmp_path / "marsad.duckdb", now=NOW)
    assert published is not None and count(tmp_path / "marsad.duckdb", "out_claims") == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[lake", "must hold a table"),
        ("[lake]\ndata = 'x'", "catalogue"),
        ("[lake]\ncatalogue='x:y'\ndata='x'", "begin with"),
    ],
)
def test_a_place_that_makes_no_sense_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "warehouse.toml"
    path.write_text(text)
    with pytest.raises(BrokenDatabase, match=f"warehouse.toml.*{message}"), open_store(path):
        pass

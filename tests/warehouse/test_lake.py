"""What only a lake can do: live readers, many small loads, a catalogue in PostgreSQL."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.warehouse.bucket import serve_bucket
from tests.warehouse.places import Server, needs_lake, needs_postgres
from tests.warehouse.samples import NOW, analysis, article
from warehouse.errors import BrokenDatabase, LakeAway, NoSnapshot, WarehouseBusy, WarehouseError
from warehouse.lake import missing_packages
from warehouse.place import Lake, Place
from warehouse.read import open_snapshot, run_query
from warehouse.snapshot import publish
from warehouse.store import LoadCounts, open_store

pytestmark = [pytest.mark.slow, needs_lake]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(str(tmp_path / "lake.sqlite"), str(tmp_path / "lake"))


def count(place: Place, table: str = "core_articles") -> int:
    with closing(open_snapshot(place)) as connection:
        return int(run_query(connection, f"SELECT count(*) FROM {table}").rows[0][0])


def test_people_read_while_the_pipeline_writes(lake: Lake) -> None:
    with open_store(lake) as store:
        store.save_articles([article("a")], [], "r", NOW)
        assert count(lake) == 1
        with closing(open_snapshot(lake)) as reader:
            store.save_articles([article("b")], [], "r", NOW)
            assert run_query(reader, "SELECT count(*) FROM core_articles").rows == ((2,),)


@needs_postgres
def test_many_machines_share_a_lake_and_take_turns(server: Server, tmp_path: Path) -> None:
    one = Lake(server.database(), str(tmp_path / "lake"))
    two = replace(one)
    with open_store(one) as store:
        assert store.save_articles([article("a")], [], "r", NOW) == LoadCounts(new=1)
        with pytest.raises(WarehouseBusy, match="another process or machine"), open_store(two, wait=0.1):
            pass
        assert count(two) == 1
    with open_store(two, wait=5) as store:
        assert store.save_articles([article("a"), article("b")], [], "r", NOW) == LoadCounts(new=1, unchanged=1)
        assert store.save_analyses([analysis(article("a"))], "r", NOW) == LoadCounts(new=1)
    published = publish(one, tmp_path / "unused", now=NOW)
    assert published is not None and published.path == one and count(one, "out_claims") == 2


def test_what_is_no_catalogue_is_named(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text("some news, but no database")
    with pytest.raises(BrokenDatabase, match=r"news\.txt.*no catalogue"), open_store(Lake(str(path), str(tmp_path))):
        pass
    with pytest.raises(BrokenDatabase, match=r"news\.txt: cannot be opened as a lake"):
        open_snapshot(Lake(str(path), str(tmp_path)))
    with pytest.raises(NoSnapshot, match=r"none\.sqlite: there is no lake here yet"):
        open_snapshot(Lake(str(tmp_path / "none.sqlite"), str(tmp_path)))


def test_a_server_that_is_away_is_named_with_its_line_and_without_its_password(tmp_path: Path) -> None:
    away = Lake("postgresql://marsad:secret@127.0.0.1:1/news", str(tmp_path), "pipeline.toml:3: warehouse.catalog")
    named = (
        r"^pipeline\.toml:3: warehouse\.catalog: postgresql://marsad:\*\*\*@127\.0\.0\.1:1/news: PostgreSQL cannot be"
    )
    with pytest.raises(LakeAway, match=named) as caught, open_store(away):
        pass
    assert caught.value.__cause__ is None and "Connection refused" in str(caught.value)
    with pytest.raises(LakeAway, match=named):
        open_snapshot(away)


@needs_postgres
def test_a_database_without_a_lake_is_told_from_one_that_is_none(server: Server, tmp_path: Path) -> None:
    with pytest.raises(NoSnapshot, match="there is no lake here yet"):
        open_snapshot(Lake(server.database(), str(tmp_path)))


def test_the_rows_may_be_in_a_bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lake = Lake(str(tmp_path / "catalog.sqlite"), "s3://news/marsad")
    assert missing_packages(lake) == ()
    with serve_bucket() as bucket:
        keys = {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "us-east-1"}
        for name, value in {**keys, "DUCKDB_S3_ENDPOINT": bucket.endpoint, "DUCKDB_S3_USE_SSL": "false"}.items():
            monkeypatch.setenv(name, value)
        with open_store(lake) as store:
            batch = [article(str(number)) for number in range(20)]
            assert store.save_articles(batch, [], "r", NOW) == LoadCounts(new=20)
        assert bucket.objects and all(path.startswith("/news/marsad/") for path in bucket.objects)
        assert count(lake) == count(lake, "out_article_texts") == 20
        with closing(open_snapshot(lake)) as reader, pytest.raises(WarehouseError, match="disabled"):
            run_query(reader, "FROM read_parquet('s3://other/x.parquet')")


def test_a_reader_of_a_lake_can_reach_nothing_else(lake: Lake) -> None:
    with open_store(lake) as store:
        store.save_articles([article("a")], [], "r", NOW)
    for query in ("DELETE FROM core_articles", "FROM read_text('/etc/passwd')", f"COPY (SELECT 1) TO '{lake.data}x'"):
        with closing(open_snapshot(lake)) as reader, pytest.raises(WarehouseError):
            run_query(reader, query)
    assert count(lake) == 1

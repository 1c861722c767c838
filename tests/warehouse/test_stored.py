from __future__ import annotations

from pathlib import Path

import pytest

from tests.warehouse.places import shown_of
from tests.warehouse.samples import NILE, NOW, TEXT, analysis, article, claim, denial, exercise
from warehouse.errors import NoSnapshot
from warehouse.place import Lake, Place
from warehouse.read import open_snapshot, run_query
from warehouse.store import open_store
from warehouse.stored import find_claim


@pytest.fixture
def snapshot(primary: Place, tmp_path: Path) -> Place:
    with open_store(primary) as store:
        run = store.start_run("test", NOW)
        store.sync_sources([NILE], NOW)
        store.save_articles([article("a")], [], run, NOW)
        store.save_analyses([analysis(article("a"), claim(), denial(), exercise())], run, NOW)
        store.finish_run(run, "completed", {}, NOW)
    return shown_of(primary, tmp_path / "public" / "marsad.duckdb", NOW)


def test_a_claim_comes_back_as_it_was_stored(snapshot: Place) -> None:
    with open_snapshot(snapshot) as connection:
        ids = [row[0] for row in run_query(connection, "SELECT claim_id FROM out_claims").rows]
        found = [find_claim(connection, one) for one in ids]
    stored = [one for one in found if one is not None]
    assert len(stored) == len(ids) == 3
    assert {one.claim for one in stored} == {claim(), denial(), exercise()}
    assert {(one.text, one.version, one.engine_version) for one in stored} == {(TEXT, 1, "1")}


def test_an_id_that_is_none_finds_nothing(snapshot: Place) -> None:
    with open_snapshot(snapshot) as connection:
        assert find_claim(connection, "none") is None


def test_a_snapshot_without_its_texts_says_what_is_missing(snapshot: Place) -> None:
    if isinstance(snapshot, Lake):
        pytest.skip("a lake holds its texts itself")
    snapshot.with_name("marsad-bodies.duckdb").unlink()
    with open_snapshot(snapshot) as connection, pytest.raises(NoSnapshot, match="texts of the articles"):
        find_claim(connection, "any")

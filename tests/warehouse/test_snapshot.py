from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.places import shown_of
from tests.warehouse.samples import NILE, NOW, TEXT, analysis, article, exercise, poll
from warehouse.errors import BadQuery, NoSnapshot, UnknownQuery
from warehouse.place import Lake, Place
from warehouse.read import find_query, list_queries, open_snapshot, run_query
from warehouse.snapshot import publish, published_at
from warehouse.store import open_store


def fill(primary: Place) -> None:
    with open_store(primary) as store:
        run = store.start_run("test", NOW)
        store.sync_sources([NILE], NOW)
        store.save_polls([poll(NILE, "a")], run, NOW)
        store.save_articles([article("a"), article("b", TEXT + " ")], [], run, NOW)
        of = article("b", TEXT + " ")
        store.save_analyses([analysis(article("a")), analysis(of, exercise())], run, NOW)
        store.finish_run(run, "completed", {"articles": 2}, NOW)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot for tests that only read."""
    primary = tmp_path_factory.mktemp("shown") / "primary.duckdb"
    fill(primary)
    path = primary.parent / "public" / "marsad.duckdb"
    assert publish(primary, path, now=NOW) is not None
    return path


@pytest.fixture
def native(tmp_path: Path) -> Path:
    fill(tmp_path / "primary.duckdb")
    return tmp_path / "primary.duckdb"


@pytest.fixture
def snapshot(native: Path, tmp_path: Path) -> Path:
    """A snapshot for tests that publish again."""
    path = tmp_path / "public" / "marsad.duckdb"
    assert publish(native, path, now=NOW) is not None
    return path


def test_the_snapshot_is_read_only_and_has_its_time_inside(shown: Path) -> None:
    assert stat.S_IMODE(shown.stat().st_mode) == 0o444
    assert published_at(shown) == NOW
    with open_snapshot(shown) as connection:
        table = run_query(connection, "SELECT published_at, articles, claims FROM out_publication")
    assert table.rows == ((NOW.replace(tzinfo=None), 2, 3),)
    assert sorted(path.name for path in shown.parent.iterdir()) == [
        "marsad-bodies.duckdb",
        "marsad.duckdb",
        "marsad.duckdb.lock",
    ]


def test_a_claim_shows_its_sentence_source_and_certainty(shown: Path) -> None:
    with open_snapshot(shown) as connection:
        table = run_query(connection, "SELECT * FROM out_claims ORDER BY evidence_start, kind")
    (first, *_) = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert first["evidence"] == "أعلنت موسكو تسليم 30 دبابة إلى دمشق."
    assert (first["supplier"], first["recipient"], first["status"], first["items"]) == (
        "RUS",
        "SYR",
        "occurred",
        "30 tank",
    )
    assert (first["says"], first["says_type"], first["outlet"]) == ("موسكو", "government", "النيل")
    assert (first["when_start"], first["url"]) == ("2026-02", article("a").url)


def test_texts_are_beside_the_snapshot(shown: Path) -> None:
    with open_snapshot(shown) as connection:
        rows = run_query(connection, "SELECT text FROM out_article_texts ORDER BY length(text)").rows
    assert rows == ((TEXT,), (TEXT + " ",))
    with duckdb.connect(shown, read_only=True) as facts:
        assert not facts.execute("SELECT 1 FROM duckdb_tables() WHERE table_name LIKE '%bodies%'").fetchall()


def test_publications_are_throttled(primary: Place, tmp_path: Path) -> None:
    fill(primary)
    snapshot = tmp_path / "public" / "marsad.duckdb"
    shown = shown_of(primary, snapshot, NOW)
    assert publish(primary, snapshot, now=NOW + timedelta(seconds=59), min_interval_s=60) is None
    published = publish(primary, snapshot, now=NOW + timedelta(seconds=60), min_interval_s=60)
    assert published is not None and published.has_new_bodies == isinstance(primary, Lake) and published.path == shown
    with open_snapshot(shown) as connection:
        rows = run_query(connection, "SELECT published_at, articles, claims FROM out_publication").rows
    assert rows == ((NOW.replace(tzinfo=None) + timedelta(seconds=60), 2, 3),)


def test_a_log_left_by_a_visitor_does_not_spoil_the_next_snapshot(native: Path, snapshot: Path) -> None:
    log = snapshot.with_name(snapshot.name + ".wal")
    log.write_bytes(b"left behind")
    publish(native, snapshot, now=NOW + timedelta(hours=1))
    assert not log.exists()
    with open_snapshot(snapshot) as connection:
        assert run_query(connection, "SELECT count(*) FROM core_articles").rows == ((2,),)


def test_a_reader_keeps_what_he_opened(native: Path, snapshot: Path) -> None:
    with open_snapshot(snapshot) as before:
        with open_store(native) as store:
            store.save_articles([article("c")], [], "r", NOW)
        publish(native, snapshot, now=NOW + timedelta(hours=1))
        with open_snapshot(snapshot) as after:
            assert run_query(before, "SELECT count(*) FROM core_articles").rows == ((2,),)
            assert run_query(after, "SELECT count(*) FROM core_articles").rows == ((3,),)


def test_every_shipped_query_says_what_it_answers() -> None:
    for info in list_queries():
        assert find_query(info.name).title and all(parameter.meaning for parameter in info.parameters), info.name


def test_every_shipped_query_runs_with_its_defaults(primary: Place, tmp_path: Path) -> None:
    fill(primary)
    with open_snapshot(shown_of(primary, tmp_path / "public" / "marsad.duckdb", NOW)) as connection:
        for info in list_queries():
            table = run_query(connection, info.name)
            assert table.columns and len(table.columns) == len(table.types), info.name


def test_shipped_queries_answer(shown: Path) -> None:
    with open_snapshot(shown) as connection:
        weekly = run_query(connection, "claims_per_week_and_pair", {"actor": "SYR"})
        givers = run_query(connection, "top_suppliers_and_recipients", {"limit": 1})
        denied = run_query(connection, "contested")
        together = run_query(connection, "co_mentions")
    assert {row[1:5] for row in weekly.rows} == {
        ("RUS", "SYR", True, 2), ("EGY", "SYR", False, 1), ("RUS", "SYR", False, 1)
    }  # fmt: skip
    assert givers.rows[0][:5] == ("RUS", "SYR", 2, 1, 1)
    assert denied.rows[0][:5] == ("RUS", "SYR", "arms_transfer", 1, 1)
    assert together.rows == (("RUS", "SYR", 2),)


@pytest.mark.parametrize(
    ("query", "params", "message"),
    [
        ("SELECT 1; SELECT 2", {}, "one statement"),
        ("SELECT $a", {}, "needs a value for a"),
        ("SELECT 1", {"b": 1}, "no parameter b"),
        ("SELEC 1", {}, "syntax error"),
        ("DELETE FROM core_claims", {}, "only questions"),
        ("SELECT * FROM read_text('/etc/passwd')", {}, "disabled"),
        ("COPY core_claims TO 'x.csv'", {}, "only questions"),
        ("SET threads = 9", {}, "only questions"),
    ],
)
def test_a_query_that_must_not_run_says_why(shown: Path, query: str, params: dict[str, object], message: str) -> None:
    with open_snapshot(shown) as connection, pytest.raises(BadQuery, match=message):
        run_query(connection, query, params)


def test_a_query_that_takes_too_long_is_stopped(shown: Path) -> None:
    endless = "SELECT sum(a.i * b.i) FROM range(10000000) a(i), range(10000000) b(i)"
    with open_snapshot(shown) as connection, pytest.raises(BadQuery, match="stopped after"):
        run_query(connection, endless, timeout_s=0.2)


def test_unknown_names_and_missing_files_are_clear(shown: Path, tmp_path: Path) -> None:
    with open_snapshot(shown) as connection, pytest.raises(UnknownQuery, match="one_claim"):
        run_query(connection, "no_such_query")
    with pytest.raises(NoSnapshot, match="nothing is published"):
        open_snapshot(tmp_path / "none.duckdb")

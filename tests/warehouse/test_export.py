from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.warehouse.samples import NOW, analysis, article, claim, denial, exercise
from warehouse.errors import BadQuery
from warehouse.export import export
from warehouse.plover import claim_of, plover_events, write_plover
from warehouse.read import open_snapshot, run_query
from warehouse.records import Claim
from warehouse.rows import records
from warehouse.snapshot import publish
from warehouse.sql import load_sql
from warehouse.store import open_store


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    primary = folder / "primary.duckdb"
    with open_store(primary) as store:
        run = store.start_run("test", NOW)
        store.save_articles([article("a"), article('b "x", y')], [], run, NOW)
        store.save_analyses([analysis(article("a")), analysis(article('b "x", y'), exercise())], run, NOW)
        store.finish_run(run, "completed", {"new": 2}, NOW)
    publish(primary, folder / "marsad.duckdb", now=NOW)
    return folder / "marsad.duckdb"


def test_a_shipped_query_exports_with_its_parameters(shown: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "claims.csv"
    exported = export(shown, "latest_claims", target, "csv", params={"status": "denied"}, with_bom=True)
    text = target.read_text(encoding="utf-8")
    assert exported.rows == 1 and text.startswith("\ufeffreported_at,") and text.count("\n") == 2
    assert [path.name for path in target.parent.iterdir()] == ["claims.csv"]


def test_a_lake_is_partitioned(shown: Path, tmp_path: Path) -> None:
    export(shown, "SELECT * FROM out_claims", tmp_path / "lake", "parquet", partition_by=("kind", "status"))
    assert sorted(str(path.parent.relative_to(tmp_path)) for path in tmp_path.rglob("*.parquet")) == [
        "lake/kind=arms_transfer/status=denied",
        "lake/kind=arms_transfer/status=occurred",
        "lake/kind=exercise/status=planned",
    ]


@pytest.mark.parametrize(
    ("source", "file_format", "message"),
    [("out_claims", "xls", "no such format"), ("nonsense", "csv", "no such query"), ("SELECT x FROM y", "csv", "y")],
)
def test_what_cannot_be_exported_says_why(
    shown: Path, tmp_path: Path, source: str, file_format: str, message: str
) -> None:
    with pytest.raises(BadQuery if message != "no such query" else Exception, match=message):
        export(shown, source, tmp_path / "x", file_format)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


@dataclass(frozen=True)
class Code:
    cameo: str = "062"
    plover_event: str = "COOPERATE"
    mode: str = ""
    context: str = "military"
    certainty: str = "denied"
    auxiliary: str = "negation"


def test_claims_come_back_as_they_were_stored(shown: Path) -> None:
    with open_snapshot(shown) as connection:
        connection.execute(load_sql("statements/read/claims"))
        found = [claim_of(row) for row in records(connection)]
    key = {"key": lambda one: (one.kind, one.status)}
    assert sorted(found, **key) == sorted([claim(), denial(), exercise()], **key)  # type: ignore[call-overload]


def test_plover_lines_hold_codes_and_our_own_fields(shown: Path, tmp_path: Path) -> None:
    seen: list[Claim] = []

    def code(one: Claim) -> Code:
        seen.append(one)
        return Code()

    assert write_plover(shown, tmp_path / "claims.jsonl", code) == len(seen) == 3
    events = [json.loads(line) for line in (tmp_path / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    with open_snapshot(shown) as connection:
        assert events == list(plover_events(connection, code))
    (mutual,) = [event for event in events if event["marsad"]["kind"] == "exercise"]
    assert mutual["actor"] == ["EGY", "RUS", "SYR"] and mutual["recipient"] == []
    (done,) = [event for event in events if event["marsad"]["status"] == "occurred"]
    assert done["event_text"].startswith("أعلنت موسكو") and done["cite_info"]["publication"] == "النيل"
    assert done["marsad"]["items"][0]["low"] == 30.0 and done["marsad"]["attribution"]["type"] == "government"


def test_the_register_has_its_columns(shown: Path) -> None:
    with open_snapshot(shown) as connection:
        table = run_query(connection, "arms_register")
    (row,) = [dict(zip(table.columns, values, strict=True)) for values in table.rows]
    assert (row["supplier"], row["recipient"], row["number_delivered"], row["number_ordered"]) == (
        "RUS",
        "SYR",
        "30",
        "..",
    )
    assert (row["weapon_designation"], row["weapon_description"], row["years_of_delivery"]) == ("..", "tank", "2026")

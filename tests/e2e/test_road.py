"""The whole road through real processes: newsroom, Prefect, extraction workers, DuckDB, the published snapshot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from examples.newsroom.server import Newsroom
from warehouse.read import open_snapshot

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "examples/newsroom/pipeline.toml"
NEWS = (
    "أعلنت وزارة الدفاع الروسية أن موسكو سلمت الجزائر 12 مقاتلة من طراز سوخوي-35 خلال الشهر الماضي.",
    "وقال قائد القوات الجوية الجزائرية إن الطيارين بدأوا التدريب على الطائرات الجديدة في قاعدة عين البيضاء.",
    "ولم تكشف الوزارة عن قيمة الصفقة التي وقعها البلدان قبل ثلاث سنوات، واكتفت بالقول إنها نفذت في موعدها.",
)


@dataclass(frozen=True)
class Road:
    """A newsroom and an empty place to land in."""

    room: Newsroom
    home: Path

    def marsad(self, *words: str) -> subprocess.CompletedProcess[str]:
        env = os.environ | {
            "MARSAD_FETCH__CONNECT_TO": json.dumps({"*.newsroom.test": f"127.0.0.1:{self.room.port}"}),
            "MARSAD_PREFECT__SERVER": "none",
            **{f"MARSAD_PATHS__{key.upper()}": str(self.home / place) for key, place in PLACES.items()},
        }
        command = [sys.executable, "-m", "flows.cli", *words, "--config", str(CONFIG)]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    def run(self) -> dict[str, Any]:
        done = self.marsad("run", "--now", "--json")
        assert done.returncode == 3, done.stderr
        report: dict[str, Any] = json.loads(done.stdout)
        return report

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with open_snapshot(self.home / PLACES["snapshot"]) as snapshot:
            return snapshot.execute(sql).fetchall()


PLACES = {
    "warehouse": "primary.duckdb",
    "snapshot": "marsad.duckdb",
    "archive": "archive",
    "prefect_home": "prefect",
}


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    with Newsroom.start() as room:
        yield Road(room, tmp_path_factory.mktemp("road"))


@pytest.fixture(scope="module")
def first(road: Road) -> dict[str, Any]:
    """The report of the first run, with what it had published: other tests run the road again."""
    report = road.run()
    ((claims,),) = road.ask("select count(*) from out_claims")
    return {**report, "published claims": claims}


def test_news_goes_in_and_claims_come_out(road: Road, first: dict[str, Any]) -> None:
    ingest, analyze = first["flows"]
    assert ingest["counts"]["feeds polled"] == 23
    assert ingest["counts"]["new articles"] >= 50
    assert analyze["counts"]["articles analysed"] == ingest["counts"]["new articles"]
    assert analyze["counts"]["claims"] >= 150
    assert first["published claims"] == analyze["counts"]["claims"]


def test_what_is_turned_away_is_counted_by_reason(road: Road, first: dict[str, Any]) -> None:
    reasons = {reason for (reason,) in road.ask("select distinct reason from out_rejected")}
    assert reasons >= {"paywall", "consent", "video", "listing", "http_404", "http_410", "wrong_language"}
    assert "http://tifawt.newsroom.test/tifawt/old.xml" in first["flows"][0]["failing"]


def test_every_claim_points_at_its_sentence(road: Road, first: dict[str, Any]) -> None:
    rows = road.ask(
        "select substring(text, evidence_start + 1, evidence_end - evidence_start), evidence "
        "from out_claims c join out_article_texts t on (c.article_id, c.article_version) = (t.article_id, t.version)"
    )
    assert rows
    assert all(cut == sentence for cut, sentence in rows)


def test_dates_are_the_newsrooms(road: Road, first: dict[str, Any]) -> None:
    wanted = {article.path: article.published for article in road.room.site.articles("diffa") if article.gold}
    found = dict(road.ask("select url, published_at from out_articles where outlet = 'صحيفة ضفة النيل'"))
    assert found
    for url, published in found.items():
        path = "/" + url.split("/", 3)[3]
        if path in wanted:
            assert published == wanted[path].replace(tzinfo=None), url


def test_upkeep_is_a_run_like_any_other(road: Road, first: dict[str, Any]) -> None:
    done = road.marsad("maintain", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["maintained"]
    assert told["place"] == str(road.home / PLACES["warehouse"]) and told["after"]["files"] == 2


def test_a_second_run_takes_only_what_is_new(road: Road, first: dict[str, Any]) -> None:
    ((articles,),) = road.ask("select count(*) from out_articles")
    road.room.publish("diffa", "الجزائر تتسلم مقاتلات روسية", NEWS)
    road.room.forget()
    report = road.run()
    ingest, analyze = report["flows"]
    assert (ingest["counts"]["new articles"], analyze["counts"]["articles analysed"]) == (1, 1)
    assert road.ask("select count(*) from out_articles") == [(articles + 1,)]
    pairs = road.ask("select supplier, recipient from out_claims where title = 'الجزائر تتسلم مقاتلات روسية'")
    assert ("RUS", "DZA") in pairs
    polls = [request for request in road.room.requests if request.path.endswith(".xml")]
    assert any(request.is_conditional for request in polls)


def test_queries_answer_from_the_shell(road: Road, first: dict[str, Any]) -> None:
    done = road.marsad("query", "claims_by_kind_and_status", "--param", "since=2010-01-01", "--json")
    rows = json.loads(done.stdout)["rows"]
    assert {"arms_transfer", "deployment"} <= {row["kind"] for row in rows}
    done = road.marsad("query", "--sql", "drop table core_claims")
    assert done.returncode == 1
    assert road.ask("select count(*) > 0 from core_claims") == [(True,)]

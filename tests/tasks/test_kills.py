"""Runs that are killed at any step and run again leave the rows of a run that nobody killed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from prefect.logging import disable_run_logger

from examples.newsroom.content import Route
from examples.newsroom.server import Newsroom
from tasks.archive import ArchiveRef, read_back
from tasks.load import due_feeds, land_polls, open_run
from tasks.poll import poll_feeds
from tests.tasks.dying import revisit, settings_at

pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore:SOCKS support")]

ROWS = {
    "versions": "SELECT url, version, title, text_hash, published_at, body_source, is_latest, change_summary "
    "FROM core_article_versions ORDER BY ALL",
    "articles": "SELECT url, outlet FROM core_articles ORDER BY ALL",
    "queue": "SELECT stage, url, version, attempts, leased_until FROM core_work_queue ORDER BY ALL",
    "deletions": "SELECT article_id, reason, restored_at IS NULL FROM core_deletions ORDER BY ALL",
    "rejected": "SELECT subject, reason FROM core_rejected ORDER BY ALL",
}
OLDER = "UPDATE core_article_versions SET text_hash = 'old ' || url, text_key = md5_number_lower('old ' || url)"


def ask(folder: Path, sql: str) -> list[Any]:
    with duckdb.connect(folder / "primary.duckdb") as connection:
        return connection.execute(sql).fetchall()


def rows(folder: Path) -> dict[str, list[Any]]:
    return {name: ask(folder, sql) for name, sql in ROWS.items()}


def die_after(folder: Path, port: int, work: str, step: str, times: int) -> None:
    """Start the work in another process and kill it once it has said `step` that often."""
    command = [sys.executable, "-m", "tests.tasks.dying", str(folder), str(port), work]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            assert line.strip() != "done", f"never said {step} {times} times"
            times -= line.strip() == step
            if not times:
                process.kill()
                break


def finish(folder: Path, port: int, work: str) -> None:
    subprocess.run([sys.executable, "-m", "tests.tasks.dying", str(folder), str(port), work], check=True)


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    with Newsroom.start() as running:
        yield running


@pytest.fixture(scope="module")
def before(room: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse whose pages are due for their second look, and a newsroom where some of them changed and went."""
    folder = tmp_path_factory.mktemp("kills") / "before"
    settings = settings_at(folder, room.port)
    with disable_run_logger():
        run = open_run("ingest", settings)
        land_polls.fn(poll_feeds.fn(due_feeds(settings), settings), settings, run)
    revisit(settings)
    room.revise("diffa-updated")
    paths = [path for (path,) in ask(folder, "SELECT url FROM core_articles ORDER BY url")]
    gone = [path.removeprefix("http://diffa.newsroom.test") for path in paths if "diffa.newsroom.test" in path][:2]
    room.fail(gone[0], 404)
    room.set_route(Route(gone[1], 200, file="soft404.html"))
    ask(folder, "UPDATE core_work_queue SET next_at = next_at - INTERVAL 25 HOUR WHERE stage = 'fetch'")
    return folder


@pytest.fixture(scope="module")
def never_killed(before: Path, room: Newsroom) -> dict[str, list[Any]]:
    folder = before.with_name("never-killed")
    shutil.copytree(before, folder)
    revisit(settings_at(folder, room.port))
    found = rows(folder)
    assert {reason for _, reason, _ in found["deletions"]} == {"http_404", "not_found"}
    assert max(row[1] for row in found["versions"]) == 2
    return found


@pytest.mark.parametrize(("step", "times"), [("fetched", 2), ("extracted", 1)])
def test_a_second_look_that_is_killed(
    before: Path, never_killed: dict[str, list[Any]], room: Newsroom, tmp_path: Path, step: str, times: int
) -> None:
    folder = tmp_path / "killed"
    shutil.copytree(before, folder)
    die_after(folder, room.port, "revisit", step, times)
    ask(
        folder,
        "UPDATE core_work_queue SET leased_until = now()::TIMESTAMP - INTERVAL 1 HOUR WHERE leased_until IS NOT NULL",
    )
    revisit(settings_at(folder, room.port))
    assert rows(folder) == never_killed
    for file, offset in ask(folder, "SELECT archive_file, archive_offset FROM core_article_versions"):
        assert read_back(folder / "archive", ArchiveRef(file, offset)).status == 200


def test_a_reprocessing_that_is_killed(before: Path, room: Newsroom, tmp_path: Path) -> None:
    folders = [tmp_path / "killed", tmp_path / "never-killed"]
    for folder in folders:
        shutil.copytree(before, folder)
        ask(folder, OLDER)
    die_after(folders[0], room.port, "reprocess", "landed", 2)
    for folder in folders:
        finish(folder, room.port, "reprocess")
    killed, whole = map(rows, folders)
    assert killed == whole
    assert [row[1] for row in whole["versions"]].count(2) > 5

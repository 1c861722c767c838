"""Prefect on PostgreSQL, with Redis between its parts, and two workers of one pool: the shipped configurations."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from examples.newsroom.server import Newsroom
from tasks.processes import descendants, is_alive
from tests.e2e.town import ROOT, Town, free_port, wait_for
from tests.warehouse.places import needs_postgres, serve

pytestmark = [pytest.mark.long, needs_postgres]

needs_redis = pytest.mark.skipif(
    shutil.which("redis-server") is None or find_spec("prefect_redis") is None,
    reason="needs Debian's package redis-server and prefect-redis",
)


def shipped(name: str, **own: str) -> dict[str, str]:
    """The variables of a shipped file, with those that name a place replaced by ours."""
    lines = (ROOT / "deploy" / name).read_text(encoding="utf-8").splitlines()
    return {**dict(line.split("=", 1) for line in lines if line and not line.startswith("#")), **own}


@contextmanager
def process(town: Town, log: str, *words: str, **env: str) -> Iterator[subprocess.Popen[bytes]]:
    """One process as another machine would have it; it and what it started end with the block."""
    with (town.home / log).open("wb") as out:
        started = subprocess.Popen(words, cwd=ROOT, env=town.env | env, stdout=out, stderr=out)
        try:
            yield started
        finally:
            family = {started.pid, *descendants(started.pid)}
            started.terminate()
            try:
                started.wait(60)
            finally:
                for pid in family:
                    if is_alive(pid):
                        os.kill(pid, signal.SIGKILL)


@contextmanager
def farm(town: Town, **server: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """A server, the deployments, and two workers."""
    api = {"PREFECT_API_URL": f"http://127.0.0.1:{town.port}/api", "PREFECT_WORKER_QUERY_SECONDS": "1"}
    start = (sys.executable, "-m", "prefect", "server", "start", "--port", str(town.port))
    home = {"PREFECT_HOME": str(town.home / "server")}
    with process(town, "server.log", *start, **home, **server):
        wait_for("the server", lambda: town.api("/health"))
        deploy = (sys.executable, "-m", "flows.deploy", str(town.config))
        subprocess.run(deploy, cwd=ROOT, env=town.env | api, check=True, capture_output=True)
        work = (sys.executable, "-m", "prefect", "worker", "start", "--pool", "marsad", "--type", "process", "--name")
        with (
            process(town, "one.log", *work, "one", **api, PREFECT_HOME=str(town.home / "one")) as one,
            process(town, "two.log", *work, "two", **api, PREFECT_HOME=str(town.home / "two")) as two,
        ):
            wait_for("both workers", lambda: len(online(town)) == 2)
            yield [one, two]


def online(town: Town) -> list[str]:
    found = town.api("/work_pools/marsad/workers/filter", {}) or []
    return [worker["name"] for worker in found if worker["status"] == "ONLINE"]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with Newsroom.start() as room:
        yield Town(room, tmp_path, PREFECT__SERVER="http://127.0.0.1:1/api")


@contextmanager
def redis(folder: Path) -> Iterator[int]:
    port = free_port()
    words = ("redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder))
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as server:
        try:
            yield port
        finally:
            server.terminate()


def test_two_workers_on_postgresql_share_the_work_and_inherit_it(town: Town) -> None:
    with serve() as postgres:
        address = postgres.database().replace("postgresql://", "postgresql+asyncpg://")
        with farm(town, **shipped("postgresql.env", PREFECT_API_DATABASE_CONNECTION_URL=address)) as (one, _):
            title = "خبر لآلتين"
            town.seconds_until_claimed(title, town.publish(title))
            for pid in {one.pid, *descendants(one.pid)}:
                os.kill(pid, signal.SIGKILL)
            title = "خبر لآلة واحدة"
            town.seconds_until_claimed(title, town.publish(title))


@needs_redis
def test_redis_carries_the_events(town: Town) -> None:
    with serve() as postgres, redis(town.home) as port:
        address = postgres.database().replace("postgresql://", "postgresql+asyncpg://")
        place = {
            "PREFECT_REDIS_MESSAGING_HOST": "127.0.0.1",
            "PREFECT_REDIS_MESSAGING_PORT": str(port),
            "PREFECT_SERVER_DOCKET_URL": f"redis://127.0.0.1:{port}/1",
        }
        alone = {"PREFECT_API_DATABASE_MIGRATE_ON_START": "true"}
        with farm(
            town,
            **shipped("postgresql.env", PREFECT_API_DATABASE_CONNECTION_URL=address),
            **shipped("redis.env", **place, **alone),
        ):
            title = "خبر على متن ريديس"
            town.seconds_until_claimed(title, town.publish(title))

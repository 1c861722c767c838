"""`marsad up` as an operator has it: news become claims without a command, and nothing is left when it ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from examples.newsroom.server import Newsroom
from tests.e2e.town import Town, all_gone, wait_for

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with Newsroom.start() as room:
        town = Town(room, tmp_path_factory.mktemp("town"))
        try:
            town.up()
            yield town
        finally:
            town.end()


def test_news_become_claims_by_themselves(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything in one story, for to start it takes long: news, a killed server, more news, an orderly end."""
    wait_for("the first publication", town.snapshot.exists)
    seconds = town.seconds_until_claimed("الجزائر تتسلم مقاتلات", town.publish("الجزائر تتسلم مقاتلات"))
    with capsys.disabled():
        print(f"\n[published claim {seconds:.1f} s after the article]", flush=True)

    refused = town.marsad("up")
    assert refused.returncode == 5
    assert "is up already" in refused.stderr

    before = town.service("server")
    assert before is not None
    os.kill(before, signal.SIGKILL)
    title = "دفعة ثانية من المقاتلات"
    since = town.publish(title)
    wait_for("another server", lambda: town.service("server") not in (None, before))
    with capsys.disabled():
        print(f"[{town.seconds_until_claimed(title, since):.1f} s with the server killed between]", flush=True)

    family = town.family()
    assert len(family) >= 3
    done = town.marsad("down")
    assert (done.returncode, done.stdout.strip()) == (0, "Stopped.")
    assert town.process is not None
    assert town.process.wait(30) == 0
    wait_for("the end of every process", lambda: all_gone(family))
    assert town.marsad("status").returncode == 1
    assert town.marsad("down").stdout.strip() == "Nothing is up."

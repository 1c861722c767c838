"""The whole round with the sample newsroom's hub: offered, asked, verified, delivered; forged, late, silent, away."""

from __future__ import annotations

import hashlib
import hmac
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from prefect.logging import disable_run_logger

from examples.newsroom.server import Newsroom
from tasks.domain.feeds.websub import secrets_of
from tasks.load import due_feeds, land_polls, open_run, store_of
from tasks.poll import poll_feeds
from tasks.runs import utc_now
from tasks.settings import FeedSettings, FetchSettings, PathSettings, Settings, WebSubSettings
from tasks.websub import key_of
from tasks.websub_server import CallbackServer, listening
from tests.tasks.tls import authority
from warehouse.records import FeedState, HubSubscription
from warehouse.sql import run_sql

FEED = "https://bosfor.newsroom.test/bosfor/ar/atom"
NEWS = ("أعلنت أنقرة توقيع اتفاق دفاعي مع الدوحة.",)


@dataclass
class Round:
    """A newsroom behind TLS, a warehouse that has polled its feed once, and a callback server where `serving`."""

    room: Newsroom
    settings: Settings
    woken: threading.Event = field(default_factory=threading.Event)

    def poll(self) -> FeedState:
        run = open_run("ingest", self.settings)
        with disable_run_logger():
            land_polls.fn(poll_feeds.fn(due_feeds(self.settings, everything=True), self.settings), self.settings, run)
        return self.state()

    def state(self) -> FeedState:
        ((_, state),) = due_feeds(self.settings, everything=True)
        return state

    def subscription(self) -> HubSubscription:
        with store_of(self.settings) as store:
            (one,) = store.subscriptions()
        return one

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        with store_of(self.settings) as store:
            return run_sql(store._connection, sql).fetchall()

    def until(self, holds: Callable[[], bool]) -> None:
        for _ in range(400):
            if holds():
                return
            time.sleep(0.05)
        pytest.fail(f"did not come about: {self.subscription()}, {self.room.hub.deliveries}")

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve the callback; gives the address of the subscription's own callback."""

        async def wake() -> None:
            self.woken.set()

        server = CallbackServer(self.settings, wake, ask_seconds=1.0)
        listener = listening(self.settings.websub.listen)
        thread = threading.Thread(target=server.serve, args=(listener,))
        thread.start()
        one = self.subscription()
        try:
            yield f"{self.settings.websub.callback}/{secrets_of(key_of(self.settings), one.feed_id, one.hub).token}"
        finally:
            server.stop()
            thread.join()


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Round]:
    ca = authority(tmp_path, "*.newsroom.test")
    with Newsroom.start(tls=ca.server) as room, listening("127.0.0.1:0") as free:
        listen = f"127.0.0.1:{free.getsockname()[1]}"
        free.close()
        settings = Settings(
            paths=PathSettings(warehouse=tmp_path / "primary.duckdb"),
            fetch=FetchSettings(
                connect_to={"*.newsroom.test": f"127.0.0.1:{room.port}"}, host_delay_seconds=0, ca_file=str(ca.file)
            ),
            websub=WebSubSettings(listen=listen, callback=f"http://{listen}/push", lease_days=5),
            feeds=(FeedSettings(url=FEED, outlet="بوسفور", country="TUR"),),
        )
        made = Round(room, settings)
        made.poll()
        yield made


def test_what_a_hub_delivers_is_stored_at_once_and_wakes_the_rest(around: Round) -> None:
    assert around.subscription().state == "offered"
    with around.serving():
        around.until(lambda: around.subscription().state == "active")
        lease = around.subscription().expires_at
        assert lease and timedelta(days=4.9) < lease - utc_now() <= timedelta(days=5)
        before = around.state()
        article = around.room.publish("bosfor", "أنقرة والدوحة توقعان اتفاقا دفاعيا", NEWS)
        assert around.woken.wait(20)
    assert around.room.hub.deliveries[-1].outcome == "202"
    assert around.ask(f"select count(*) from core_work_queue where url like '%{article.number}%'") == [(1,)]
    assert around.ask("select new_entries from raw_feed_events where outcome = 'pushed'") == [(1,)]
    after = around.state()
    assert (after.etag, after.last_polled_at, after.body_hash) == (before.etag, before.last_polled_at, before.body_hash)
    assert after.last_new_entry_at and before.last_new_entry_at and after.last_new_entry_at > before.last_new_entry_at


def test_a_feed_that_is_delivered_is_polled_daily_until_its_hub_forgets_something(around: Round) -> None:
    with around.serving():
        around.until(lambda: around.subscription().state == "active")
    state = around.poll()
    assert state.next_poll_at and state.next_poll_at - utc_now() > timedelta(hours=23.9)
    around.room.hub.is_silent = True
    one = around.subscription()
    with store_of(around.settings) as store:  # asked long enough ago for the omission to be one
        store.save_subscriptions([replace(one, asked_at=utc_now() - timedelta(hours=2))], utc_now())
    around.room.publish("bosfor", "خبر لم يصل", NEWS, published=utc_now() - timedelta(hours=1))
    state = around.poll()
    assert around.subscription().missed == 1
    assert state.next_poll_at and state.next_poll_at - utc_now() < timedelta(hours=12)


def test_a_forged_delivery_changes_nothing_and_is_noted(around: Round) -> None:
    with around.serving() as callback:
        around.until(lambda: around.subscription().state == "active")
        body = b"<rss version='2.0'><channel><item><link>https://evil.example/1</link></item></channel></rss>"
        secret = callback.rpartition("/")[2].encode()  # the address is not the key
        for signature in ("", "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest(), "sha1=0"):
            sent = httpx.post(callback, content=body, headers={"X-Hub-Signature": signature} if signature else {})
            assert sent.status_code == 202
        assert httpx.post(callback + "0", content=body).status_code == 410
        assert httpx.get(callback, params={"hub.mode": "subscribe", "hub.topic": "x"}).status_code == 404
        big = httpx.post(callback, content=bytes(around.settings.fetch.max_bytes + 1))
        assert big.status_code == 413
    assert not around.woken.is_set()
    assert around.ask("select reason from core_rejected") == [("forged_delivery",)]
    assert around.ask("select count(*) from core_work_queue where url like '%evil%'") == [(0,)]


def test_a_lease_that_ran_out_is_asked_for_again(around: Round) -> None:
    past = utc_now() - timedelta(days=6)
    one = replace(around.subscription(), state="active", callback=around.settings.websub.callback, asked_at=past)
    with store_of(around.settings) as store:
        store.save_subscriptions([replace(one, expires_at=past + timedelta(days=5))], utc_now())
    state = around.poll()
    assert state.next_poll_at and state.next_poll_at - utc_now() < timedelta(hours=12)
    with around.serving():
        around.until(lambda: (around.subscription().expires_at or past) > utc_now())


def test_a_hub_that_is_away_is_said_to_be_and_asked_later(around: Round) -> None:
    around.room.hub.is_away = True
    with around.serving():
        around.until(lambda: around.subscription().state == "failed")
    one = around.subscription()
    assert one.detail == "http_503 closed for repairs"
    around.room.hub.is_away = False
    with store_of(around.settings) as store:
        store.save_subscriptions([replace(one, asked_at=utc_now() - timedelta(hours=1))], utc_now())
    with around.serving():
        around.until(lambda: around.subscription().state == "active")


def test_a_delivery_nobody_signed_makes_the_feed_due(around: Round, tmp_path: Path) -> None:
    one = replace(around.subscription(), hub="http://plain.example/hub", state="active", asked_at=utc_now())
    with store_of(around.settings) as store:
        store.save_subscriptions([replace(one, callback=around.settings.websub.callback)], utc_now())
    before = around.state()
    with around.serving() as callback:
        assert httpx.post(callback, content=b"<rss/>").status_code == 202
        assert around.woken.wait(20)
    after = around.state()
    assert before.next_poll_at and before.last_polled_at and after.next_poll_at
    assert after.next_poll_at == before.last_polled_at + timedelta(minutes=10) < before.next_poll_at


def test_the_command_serves_until_told_to_stop(tmp_path: Path) -> None:
    config = tmp_path / "pipeline.toml"
    command = [sys.executable, "-m", "flows.cli", "websub", "--config", str(config)]
    config.write_text("", encoding="utf-8")
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (refused.returncode, "websub.callback" in refused.stderr) == (4, True)
    config.write_text('[websub]\ncallback = "https://me.example/push"\nlisten = "127.0.0.1:0"\n', encoding="utf-8")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ) as process:
        assert process.stderr
        line = process.stderr.readline()
        address = line.split(",")[0].removeprefix("Listening at ")
        assert httpx.get(f"{address}/health", timeout=20).text == "ok\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == -signal.SIGTERM, process.stderr.read()
    assert oct((tmp_path / "var/websub.key").stat().st_mode)[-3:] == "600"

"""What hubs were asked is kept for the feeds that are configured."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from warehouse.records import HubSubscription, Source
from warehouse.store import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOURCE = Source("f1", "https://news.example/rss", "n", "EGY", "")
OFFERED = HubSubscription("f1", "https://hub.example/", "https://news.example/rss")


def test_the_last_word_on_each_feed_is_kept(store: Store) -> None:
    store.sync_sources([SOURCE], NOW)
    store.save_subscriptions([OFFERED], NOW)
    active = replace(OFFERED, callback="https://me.example", state="active", asked_at=NOW, missed=2, detail="d")
    store.save_subscriptions([replace(active, expires_at=NOW + timedelta(days=1))], NOW)
    assert store.subscriptions() == (replace(active, expires_at=NOW + timedelta(days=1)),)


def test_feeds_that_are_configured_no_more_are_not_subscribed(store: Store) -> None:
    store.sync_sources([SOURCE], NOW)
    store.save_subscriptions([OFFERED, replace(OFFERED, feed_id="f2")], NOW)
    assert store.subscriptions() == (OFFERED,)
    store.sync_sources([], NOW)
    assert store.subscriptions() == ()

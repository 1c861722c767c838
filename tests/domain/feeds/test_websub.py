"""Hubs are asked properly, believed only with a signature, and trusted only while they deliver."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasks.domain.feeds.websub import (
    asking,
    delivered,
    hub_and_topic,
    is_asking_due,
    is_genuine,
    is_trusted,
    link_relations,
    offered,
    pinged,
    polled,
    refused,
    request_form,
    secrets_of,
    verify,
    with_daily_poll,
)
from warehouse.records import Entry, Feed, FeedState, HubSubscription, Response, Sighting

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://news.example/rss"
CALLBACK = "https://me.example/push"
PUSH = HubSubscription("f", "https://hub.example/", URL, CALLBACK, "asked", NOW)
ASKED = {"hub.mode": "subscribe", "hub.topic": URL, "hub.challenge": "abc", "hub.lease_seconds": "86400"}


def _answer(link: str = "") -> Response:
    return Response(URL, URL, 200, {"link": link} if link else {}, b"", NOW)


def test_the_link_header_goes_before_the_feed() -> None:
    feed = Feed("rss20", "", None, None, (), hub="https://in-feed.example/")
    header = (
        '</hub>; rel="hub", <https://news.example/feed>; type="a,b"; rel=self, <https://second.example/>; rel="hub"'
    )
    assert hub_and_topic(_answer(header), feed) == ("https://news.example/hub", "https://news.example/feed")
    assert hub_and_topic(_answer(), feed) == ("https://in-feed.example/", URL)
    assert hub_and_topic(_answer(), replace(feed, hub=None)) is None
    assert hub_and_topic(_answer(), replace(feed, hub="mailto:a@b.example")) is None
    assert link_relations("<http://[::1>; rel=hub, <x", URL) == {}


def test_the_secret_travels_only_over_tls() -> None:
    form = request_form(PUSH, f"{CALLBACK}/t", "secret", timedelta(days=2))
    assert (form["hub.secret"], form["hub.lease_seconds"], form["hub.callback"]) == (
        "secret",
        "172800",
        f"{CALLBACK}/t",
    )
    assert "hub.secret" not in request_form(replace(PUSH, hub="http://hub.example/"), CALLBACK, "secret")
    ended = {"hub.mode": "unsubscribe", "hub.topic": URL, "hub.callback": CALLBACK}
    assert request_form(PUSH, CALLBACK, "secret", mode="unsubscribe") == ended


def test_secrets_differ_by_feed_hub_and_installation() -> None:
    made = [
        secrets_of(b"k", "f", "h"),
        secrets_of(b"k", "f", "h2"),
        secrets_of(b"k", "g", "h"),
        secrets_of(b"l", "f", "h"),
    ]
    assert len({part for one in made for part in (one.token, one.secret)}) == 8
    assert secrets_of(b"k", "f", "h") == made[0]
    assert (len(made[0].token), len(made[0].secret)) == (32, 64)


def test_only_what_was_asked_for_is_verified() -> None:
    answered = verify(PUSH, ASKED, NOW)
    assert answered is not None
    assert (answered[0], answered[1].state) == ("abc", "active")
    assert answered[1].expires_at == NOW + timedelta(days=1)
    for name, value in (("hub.topic", "https://other.example/"), ("hub.mode", "unsubscribe"), ("hub.challenge", "")):
        assert verify(PUSH, {**ASKED, name: value}, NOW) is None
    assert verify(HubSubscription("f", PUSH.hub, URL), ASKED, NOW) is None


def test_a_refusal_is_kept_with_its_reason() -> None:
    answered = verify(PUSH, {"hub.mode": "denied", "hub.topic": URL, "hub.reason": "not you"}, NOW)
    assert answered is not None
    assert (answered[0], answered[1].state, answered[1].detail) == ("", "denied", "not you")


@pytest.mark.parametrize("method", ["sha1", "sha256", "SHA512"])
def test_a_signed_delivery_is_genuine(method: str) -> None:
    digest = hmac.new(b"secret", b"<rss/>", getattr(hashlib, method.lower())).hexdigest()
    assert is_genuine(b"<rss/>", f"{method}={digest}", "secret")
    assert not is_genuine(b"<rss />", f"{method}={digest}", "secret")


@pytest.mark.parametrize("signature", [None, "", "sha256=", "md5=1", "sha256=ش", "none"])
def test_everything_else_is_not(signature: str | None) -> None:
    assert not is_genuine(b"<rss/>", signature, "secret")
    digest = hmac.new(b"", b"<rss/>", hashlib.sha256).hexdigest()
    assert not is_genuine(b"<rss/>", f"sha256={digest}", "")


def _seen(published: datetime | None) -> Sighting:
    return Sighting("f", "a", URL, Entry(None, URL, "t", "", published), NOW)


def test_a_hub_is_trusted_while_it_delivers() -> None:
    now = NOW + timedelta(days=1)
    held = replace(PUSH, expires_at=NOW + timedelta(days=5), state="active")
    before, between, just_now = (_seen(NOW + timedelta(hours=hours)) for hours in (-1, 2, 23.9))
    assert is_trusted(held, now)
    assert polled(held, [before, just_now], now) == held
    assert polled(held, [before, between, _seen(None)], now).missed == 2
    assert not is_trusted(polled(held, [between], now), now)
    assert not is_trusted(held, NOW + timedelta(days=5))
    assert polled(PUSH, [between], now) == PUSH


def test_only_a_trusted_hub_makes_polls_rare() -> None:
    held = replace(PUSH, expires_at=NOW + timedelta(days=5), state="active")
    state = FeedState("f", URL, next_poll_at=NOW + timedelta(minutes=20))
    assert with_daily_poll(state, held, NOW).next_poll_at == NOW + timedelta(days=1)
    later = replace(state, next_poll_at=NOW + timedelta(days=2))
    assert with_daily_poll(later, held, NOW) == later
    for one, old in ((PUSH, state), (replace(held, missed=1), state), (held, replace(state, failures=1.0))):
        assert with_daily_poll(old, one, NOW) == old


def test_a_delivery_leaves_the_rhythm_of_the_feed_alone() -> None:
    state = FeedState("f", URL, etag='"1"', next_poll_at=NOW + timedelta(hours=20), last_polled_at=NOW)
    poll = delivered(state, Feed("rss20", "", None, None, ()), (), (), 1, NOW + timedelta(hours=1))
    assert poll.state == replace(state, last_new_entry_at=NOW + timedelta(hours=1))
    assert (poll.event.outcome, poll.event.new_entries) == ("pushed", 1)


def test_a_ping_asks_the_feed_as_soon_as_its_last_poll_allows() -> None:
    state = FeedState("f", URL, next_poll_at=NOW + timedelta(hours=20), last_polled_at=NOW)
    assert pinged(state, "", NOW + timedelta(minutes=1), 10).state.next_poll_at == NOW + timedelta(minutes=10)
    assert pinged(state, "", NOW + timedelta(hours=1), 10).state.next_poll_at == NOW + timedelta(hours=1)
    failing = replace(state, failures=1.0)
    assert pinged(failing, "", NOW + timedelta(hours=1), 10).state == failing


def test_another_hub_is_another_subscription() -> None:
    assert offered(None, "f", None) is None
    first = offered(None, "f", ("https://hub.example/", URL))
    assert first == HubSubscription("f", "https://hub.example/", URL)
    assert offered(PUSH, "f", (PUSH.hub, URL)) is PUSH
    assert offered(PUSH, "f", None) is PUSH
    assert offered(PUSH, "f", ("https://new.example/", URL)) == replace(first, hub="https://new.example/")


def test_when_a_hub_is_asked() -> None:
    def due(one: HubSubscription, **after: float) -> bool:
        return is_asking_due(one, CALLBACK, NOW + timedelta(**after))

    assert due(HubSubscription("f", PUSH.hub, URL))
    assert is_asking_due(PUSH, "https://moved.example", NOW)
    held = replace(asking(PUSH, CALLBACK, NOW), expires_at=NOW + timedelta(days=10), state="active")
    assert (due(held, days=8.9), due(held, days=9.1)) == (False, True)
    brief = replace(held, expires_at=NOW + timedelta(minutes=10))
    assert (due(brief, minutes=7), due(brief, minutes=9)) == (False, True)
    for broken in (PUSH, replace(held, missed=1), replace(PUSH, state="denied")):
        assert (due(broken, hours=23), due(broken, hours=24)) == (False, True)
    away = refused(PUSH, "connect: nobody there")
    assert (due(away, minutes=59), due(away, minutes=60)) == (False, True)

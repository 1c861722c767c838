"""Hubs are asked properly, believed only with a signature, and trusted only while they deliver."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasks.domain.feeds.websub import (
    Push,
    hub_and_topic,
    is_genuine,
    is_renewal_due,
    link_relations,
    poll_minutes,
    polled,
    request_form,
    verify,
)
from warehouse.records import Feed, Response

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://news.example/rss"
PUSH = Push("f", "https://hub.example/", URL, "https://me.example/push/f", "secret", NOW)
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
    assert request_form(PUSH)["hub.secret"] == "secret"
    assert "hub.secret" not in request_form(replace(PUSH, hub="http://hub.example/"))
    assert request_form(PUSH, "unsubscribe") == {
        "hub.mode": "unsubscribe",
        "hub.topic": URL,
        "hub.callback": PUSH.callback,
    }


def test_only_what_was_asked_for_is_verified() -> None:
    answered = verify(PUSH, ASKED, NOW)
    assert answered is not None
    assert answered[0] == "abc"
    assert answered[1].expires_at == NOW + timedelta(days=1)
    for name, value in (("hub.topic", "https://other.example/"), ("hub.mode", "unsubscribe"), ("hub.challenge", "")):
        assert verify(PUSH, {**ASKED, name: value}, NOW) is None


@pytest.mark.parametrize("method", ["sha1", "sha256", "SHA512"])
def test_a_signed_delivery_is_genuine(method: str) -> None:
    digest = hmac.new(b"secret", b"<rss/>", getattr(hashlib, method.lower())).hexdigest()
    assert is_genuine(b"<rss/>", f"{method}={digest}", PUSH)
    assert not is_genuine(b"<rss />", f"{method}={digest}", PUSH)


@pytest.mark.parametrize("signature", [None, "", "sha256=", "md5=1", "sha256=ش", "none"])
def test_everything_else_is_not(signature: str | None) -> None:
    assert not is_genuine(b"<rss/>", signature, PUSH)
    digest = hmac.new(b"", b"<rss/>", hashlib.sha256).hexdigest()
    assert not is_genuine(b"<rss/>", f"sha256={digest}", replace(PUSH, secret=""))


def test_a_hub_is_trusted_while_it_delivers() -> None:
    trusted = replace(PUSH, expires_at=NOW + timedelta(days=5))
    assert poll_minutes(trusted, 20, NOW) == 1440
    assert poll_minutes(polled(trusted, 0), 20, NOW) == 1440
    assert poll_minutes(polled(trusted, 2), 20, NOW) == 20
    assert poll_minutes(trusted, 20, NOW + timedelta(days=5)) == 20
    assert poll_minutes(PUSH, 20, NOW) == poll_minutes(None, 20, NOW) == 20


def test_a_lease_is_renewed_in_time_and_an_omission_tried_again_after_a_day() -> None:
    held = replace(PUSH, expires_at=NOW + timedelta(days=10))
    assert not is_renewal_due(held, NOW + timedelta(days=7))
    assert is_renewal_due(held, NOW + timedelta(days=8))
    for broken in (PUSH, polled(held, 1)):
        assert not is_renewal_due(broken, NOW + timedelta(hours=23))
        assert is_renewal_due(broken, NOW + timedelta(days=1))

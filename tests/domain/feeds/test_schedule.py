"""What an answer means for a feed: every rule of polling, with time and chance given."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.feeds.schedule import (
    Rhythm,
    due,
    is_failure,
    may_poll_early,
    request_headers,
    settle,
    wants_rediscovery,
)
from warehouse.records import Entry, Feed, FeedEvent, FeedState, Rejected, Response

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://news.example/rss"
RHYTHM = Rhythm(min_minutes=10, max_minutes=1440, start_minutes=60, jitter=0.0)
KNOWN = FeedState("f", URL, interval_minutes=60, last_success_at=NOW - timedelta(hours=1), outcome="ok")


def _answer(
    status: int = 200,
    body: bytes = b"<rss/>",
    final_url: str = URL,
    also: dict[str, str] | None = None,
    **headers: str,
) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()} | (also or {})
    return Response(URL, final_url, status, named, body, NOW)


def _feed(count: int = 10, gap_minutes: float = 30, **fields: object) -> Feed:
    entries = tuple(
        Entry(None, f"https://news.example/{n}", "t", "", NOW - timedelta(minutes=gap_minutes * n))
        for n in range(count)
    )
    return replace(Feed("rss20", "", None, "ar", entries), **fields)  # type: ignore[arg-type]


def _settle(
    answer: Response | Rejected,
    feed: Feed | Rejected | None = None,
    new: int = 0,
    state: FeedState = KNOWN,
    rhythm: Rhythm = RHYTHM,
    jitter: float = 0.0,
) -> tuple[FeedState, FeedEvent]:
    return settle(state, answer, feed, new, NOW, rhythm, jitter=jitter)


def _wait(state: FeedState) -> float:
    assert state.next_poll_at is not None
    return (state.next_poll_at - NOW).total_seconds() / 60


def test_validators_go_back_byte_for_byte() -> None:
    state, _ = _settle(_answer(etag='W/"a, b"', last_modified="Sun, 1 Mar 2026 09:00:00 +0000 "), _feed())
    assert request_headers(state) == {
        "if-none-match": 'W/"a, b"',
        "if-modified-since": "Sun, 1 Mar 2026 09:00:00 +0000 ",
    }
    assert request_headers(KNOWN) == {}


def test_not_modified_keeps_the_validators_it_does_not_renew() -> None:
    before = replace(KNOWN, etag='"1"', last_modified="yesterday")
    state, event = _settle(_answer(304, b"", last_modified="today"), None, state=before)
    assert (state.etag, state.last_modified, event.outcome, event.http_status) == ('"1"', "today", "not_modified", 304)
    assert not is_failure(event.outcome)


def test_the_same_body_is_known_by_its_hash() -> None:
    first, event = _settle(_answer(), _feed(), 10)
    again, second = _settle(_answer(), _feed(), 0, state=first)
    assert (event.outcome, second.outcome, second.new_entries) == ("ok", "same_body", 0)
    other, third = _settle(_answer(body=b"<rss> </rss>"), _feed(), 0, state=again)
    assert third.outcome == "ok"
    assert other.body_hash != first.body_hash


def test_a_server_that_says_304_for_ever_is_asked_for_everything_now_and_then() -> None:
    quiet = replace(KNOWN, etag='"1"', last_new_entry_at=NOW - timedelta(days=15))
    state, _ = _settle(_answer(304, b""), state=quiet)
    assert request_headers(state) == {}
    fresh = replace(quiet, last_new_entry_at=NOW - timedelta(days=1))
    assert request_headers(_settle(_answer(304, b""), state=fresh)[0]) == {"if-none-match": '"1"'}


def test_a_truncated_body_is_asked_for_again() -> None:
    feed = _feed(warnings=("truncated: the last item is dropped",))
    state, event = _settle(_answer(etag='"1"'), feed, 3)
    assert (state.etag, state.body_hash, event.outcome) == (None, None, "ok")
    assert "truncated" in event.detail


def test_the_first_interval_is_the_feeds_own_gap() -> None:
    unknown = FeedState("f", URL)
    assert _settle(_answer(), _feed(gap_minutes=25), 10, state=unknown)[0].interval_minutes == 25
    assert _settle(_answer(), _feed(gap_minutes=1), 10, state=unknown)[0].interval_minutes == 10
    assert _settle(_answer(), _feed(gap_minutes=99999), 10, state=unknown)[0].interval_minutes == 240
    pinned = Entry(None, "https://news.example/old", "t", "", NOW - timedelta(days=3000))
    feed = replace(_feed(gap_minutes=25), entries=(*_feed(gap_minutes=25).entries, pinned))
    assert _settle(_answer(), feed, 10, state=unknown)[0].interval_minutes == 25
    assert _settle(_answer(), _feed(count=2), 2, state=unknown)[0].interval_minutes == 60


@pytest.mark.parametrize(("new", "minutes"), [(10, 30), (5, 42), (1, 54), (0, 66)])
def test_the_interval_follows_the_share_of_new_entries(new: int, minutes: float) -> None:
    state, _ = _settle(_answer(), _feed(), new)
    assert state.interval_minutes == pytest.approx(minutes)
    assert _wait(state) == pytest.approx(minutes)


def test_a_publisher_may_ask_for_a_longer_wait_but_not_lose_entries_by_it() -> None:
    slow = _feed(gap_minutes=1200)
    assert _wait(_settle(_answer(), replace(slow, ttl_minutes=180), 1)[0]) == 180
    assert _wait(_settle(_answer(), replace(slow, update_minutes=120), 1)[0]) == 120
    assert _wait(_settle(_answer(cache_control="public, max-age=10800", age="3600"), slow, 1)[0]) == 120
    expires = {"date": "Sun, 01 Mar 2026 12:00:00 GMT", "expires": "Sun, 01 Mar 2026 14:00:00 GMT"}
    assert _wait(_settle(_answer(also=expires), slow, 1)[0]) == 120
    assert _wait(_settle(_answer(cache_control="max-age=999999999"), slow, 1)[0]) == 1440
    reaching_back_12_hours = _feed(gap_minutes=72, ttl_minutes=720)
    assert _wait(_settle(_answer(), reaching_back_12_hours, 1)[0]) == 120
    assert _wait(_settle(_answer(304, b"", cache_control="max-age=86400"))[0]) == pytest.approx(264)


@pytest.mark.parametrize(
    ("header", "minutes"),
    [("7200", 120), ("Sun, 01 Mar 2026 15:00:00 GMT", 180), ("9999999", 1440), ("soon", 75), ("-5", 75), ("0", 75)],
)
def test_retry_after_is_kept_and_capped(header: str, minutes: float) -> None:
    state, event = _settle(_answer(429, b"", retry_after=header))
    assert (event.outcome, _wait(state)) == ("rate_limited", minutes)
    assert state.body_hash == KNOWN.body_hash


def test_too_many_requests_with_an_empty_body_is_no_empty_feed() -> None:
    _, event = _settle(_answer(429, b""), None)
    assert (event.outcome, event.http_status) == ("rate_limited", 429)
    assert is_failure(event.outcome)


def test_patience_is_kept_also_with_a_person_waiting() -> None:
    limited, _ = _settle(_answer(503, b"", retry_after="7200"))
    broken, _ = _settle(_answer(500, b""))
    assert (limited.outcome, broken.outcome) == ("unavailable", "server_error")
    assert not may_poll_early(limited, NOW + timedelta(hours=1))
    assert may_poll_early(limited, NOW + timedelta(hours=2))
    assert may_poll_early(broken, NOW)


def test_backoff_is_linear_and_weighted_by_kind() -> None:
    waits = []
    state = KNOWN
    for _ in range(3):
        state, _ = _settle(Rejected("poll", URL, "tls", "expired"), state=state)
        waits.append(_wait(state))
    assert waits == [120, 180, 240]
    assert _wait(_settle(Rejected("poll", URL, "timeout"))[0]) == 90
    assert _wait(_settle(Rejected("poll", URL, "dns"))[0]) == 75
    assert _wait(_settle(_answer(404, b""), state=replace(KNOWN, failures=99.0))[0]) == 1440
    assert _settle(_answer(), _feed(), 1, state=state)[0].failures == 0


def test_not_found_is_never_dropped_and_gone_is_muted() -> None:
    missing = replace(KNOWN, failures=1000.0)
    state, event = _settle(_answer(404, b""), state=missing)
    assert (event.outcome, state.is_muted) == ("not_found", False)
    assert due(state, NOW + timedelta(days=1))
    gone, event = _settle(_answer(410, b""))
    assert (event.outcome, gone.is_muted) == ("gone", True)
    assert not due(gone, NOW + timedelta(days=999))
    assert not may_poll_early(gone, NOW + timedelta(days=999))


def test_a_feed_that_is_not_there_is_looked_for_again() -> None:
    state = KNOWN
    asked = []
    for _ in range(3):
        state, _ = _settle(_answer(404, b""), state=state)
        asked.append(wants_rediscovery(state))
    assert asked == [False, False, True]


def _hops(*hops: tuple[int, str]) -> dict[str, str]:
    return {"x-marsad-hops": json.dumps([list(hop) for hop in hops])}


def test_a_permanent_redirect_is_followed_for_good_when_it_held() -> None:
    target = "https://news.example/feed.xml"
    state, urls = KNOWN, []
    for _ in range(3):
        state, event = _settle(_answer(final_url=target, also=_hops((301, URL))), _feed(), state=state)
        urls.append(state.url)
    assert urls == [URL, URL, target]
    assert target in event.detail


def test_a_temporary_redirect_is_never_followed_for_good() -> None:
    state = KNOWN
    for _ in range(9):
        state, _ = _settle(_answer(final_url="https://x.example/", also=_hops((302, URL))), _feed(), state=state)
    assert (state.url, state.redirect_count) == (URL, 0)
    middle = "https://news.example/new"
    for _ in range(3):
        answer = _answer(final_url="https://cdn.example/1", also=_hops((301, URL), (302, middle)))
        state, _ = _settle(answer, _feed(), state=state)
    assert state.url == middle


def test_a_redirect_that_does_not_lead_to_a_feed_moves_nothing() -> None:
    state = replace(KNOWN, redirect_url="https://news.example/home", redirect_count=2)
    answer = _answer(final_url="https://news.example/home", also=_hops((301, URL)))
    state, event = _settle(answer, Rejected("parse", URL, "html_page", "Home"), state=state)
    assert (state.url, state.redirect_count, event.outcome, event.detail) == (URL, 0, "html_page", "Home")


def test_a_challenge_has_its_own_name() -> None:
    for status in (200, 403, 503):
        _, event = _settle(_answer(status, b"<html>", cf_mitigated="challenge"), Rejected("parse", URL, "html_page"))
        assert event.outcome == "challenge"


def test_a_feed_that_was_not_asked_for_its_hosts_sake_has_not_failed() -> None:
    state, event = _settle(Rejected("poll", URL, "http_429", "not asked again"))
    assert (event.outcome, state.failures, _wait(state)) == ("rate_limited", 0, 60)


def test_failures_keep_what_is_known() -> None:
    before = replace(KNOWN, etag='"1"', body_hash="h", last_modified="x")
    for answer in (_answer(500, b""), _answer(404, b""), Rejected("poll", URL, "dns"), _answer(429, b"")):
        state, _ = _settle(answer, state=before)
        assert (state.etag, state.body_hash, state.last_modified) == ('"1"', "h", "x")
        assert state.last_success_at == KNOWN.last_success_at


@given(
    st.sampled_from([200, 204, 304, 301, 400, 401, 403, 404, 410, 418, 429, 451, 500, 503, 599]),
    st.dictionaries(
        st.sampled_from(["retry-after", "cache-control", "expires", "date", "age", "x-marsad-hops", "etag"]),
        st.text(max_size=30) | st.sampled_from(["max-age=3", "99999999999", "[[301]]", "[[301, 5]]", '"', "0"]),
    ),
    st.integers(0, 10),
    st.floats(0, 1),
    st.booleans(),
)
def test_every_answer_has_a_name_and_a_bounded_wait(
    status: int, headers: dict[str, str], new: int, jitter: float, is_feed: bool
) -> None:
    answer = Response(URL, URL, status, headers, b"x", NOW)
    feed = _feed() if is_feed else Rejected("parse", URL, "empty_body")
    state, event = _settle(answer, feed, new, rhythm=replace(RHYTHM, jitter=0.1), jitter=jitter)
    assert event.outcome == state.outcome != ""
    assert 10 <= _wait(state) <= 1440 * 1.1 + 10

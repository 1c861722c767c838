"""When to ask a feed again, and what the answer of a poll means for it. Time and chance are passed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import pairwise
from statistics import median
from types import MappingProxyType

from tasks.domain.feeds.hints import freshness, permanent_target, retry_after
from warehouse.records import Feed, FeedEvent, FeedState, Rejected, Response, Work

GOOD = frozenset(("ok", "not_modified", "same_body"))
# The server itself named the time of the next request.
PATIENCE = frozenset(("rate_limited", "unavailable"))

# How much one failure counts: a page that is not there tells more than a line that is down. Others count 1.
_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "rate_limited": 0.25,
        "dns": 0.25,
        "unavailable": 0.25,
        "timeout": 0.5,
        "connect": 0.5,
        "server_error": 0.5,
        "empty_body": 0.5,
        "protocol": 0.5,
        "bad_coding": 0.5,
    }
)
_STATUSES = {401: "forbidden", 403: "forbidden", 404: "not_found", 410: "gone", 429: "rate_limited", 451: "forbidden"}
_REASONS = {"http_429": "rate_limited", "http_404": "not_found", "http_410": "gone", "http_403": "forbidden"}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Bounds of the interval between polls. `jitter` is the share of the wait that chance may add, 0 to 1."""

    min_minutes: float = 10.0
    max_minutes: float = 24 * 60.0
    start_minutes: float = 60.0
    jitter: float = 0.1
    max_retry_after_hours: float = 24.0
    backoff_minutes: float = 60.0
    redirect_polls: int = 3
    distrust_days: float = 14.0


@dataclass(frozen=True, slots=True)
class _Outcome:
    name: str
    status: int | None = None
    detail: str = ""
    wait: timedelta = field(default_factory=timedelta)


def due(state: FeedState, now: datetime) -> bool:
    return not state.is_muted and (state.next_poll_at is None or state.next_poll_at <= now)


def may_poll_early(state: FeedState, now: datetime) -> bool:
    """Say whether a person's wish to poll at once can be met: not where the server asked for patience."""
    return due(state, now) or (not state.is_muted and state.outcome not in PATIENCE)


def is_failure(outcome: str) -> bool:
    return outcome not in GOOD and outcome != "never_polled"


def wants_rediscovery(state: FeedState) -> bool:
    """Say whether to look on the site for a new address of the feed: it answered often enough without being one."""
    return state.outcome in ("not_found", "gone", "html_page", "not_a_feed") and (state.is_muted or state.failures >= 3)


def request_headers(known: FeedState | Work) -> dict[str, str]:
    """The validators, byte for byte as they came."""
    headers = {"if-none-match": known.etag, "if-modified-since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def settle(
    state: FeedState,
    answer: Response | Rejected,
    feed: Feed | Rejected | None,
    new_entries: int,
    now: datetime,
    rhythm: Rhythm,
    *,
    jitter: float = 0.5,
) -> tuple[FeedState, FeedEvent]:
    """Decide from one answer the state of the feed until its next poll; `jitter` is a number from 0 to 1.

    `feed` is what the body parsed to, None where there was none to parse.
    """
    outcome = _outcome(state, answer, feed, now)
    if outcome.name in GOOD and isinstance(answer, Response):
        after = _succeeded(state, answer, feed if isinstance(feed, Feed) else None, new_entries, now, rhythm)
        moved = f"moved for good to {after.url}" if after.url != state.url else ""
        wait = _wanted_wait(after, answer, feed if isinstance(feed, Feed) else None, now)
    else:
        after, moved = _failed(state, outcome), ""
        wait = _backoff(after, outcome, rhythm)
    after = replace(
        after, outcome=outcome.name, last_polled_at=now, next_poll_at=now + _spread(wait, outcome, rhythm, jitter)
    )
    entries = len(feed.entries) if isinstance(feed, Feed) else 0
    detail = "; ".join(part for part in (outcome.detail, moved) if part)
    return after, FeedEvent(state.feed_id, now, outcome.name, outcome.status, entries, new_entries, detail)


def _outcome(state: FeedState, answer: Response | Rejected, feed: Feed | Rejected | None, now: datetime) -> _Outcome:
    if isinstance(answer, Rejected):
        return _Outcome(_REASONS.get(answer.reason, answer.reason), detail=answer.detail)
    if "challenge" in answer.headers.get("cf-mitigated", "").lower():
        return _Outcome("challenge", answer.status, "the site lets only browsers in (Cloudflare challenge)")
    if answer.status == 304:
        return _Outcome("not_modified", 304)
    if answer.status >= 300:
        return _refused(answer, now)
    if isinstance(feed, Rejected):
        return _Outcome(feed.reason, answer.status, feed.detail)
    if state.body_hash == _hash(answer.body):
        return _Outcome("same_body", answer.status)
    return _Outcome("ok", answer.status, "; ".join(feed.warnings) if feed else "")


def _refused(answer: Response, now: datetime) -> _Outcome:
    wait = retry_after(answer, now)
    name = _STATUSES.get(answer.status) or ("server_error" if answer.status >= 500 else f"http_{answer.status}")
    if name == "server_error" and wait is not None:
        name = "unavailable"
    asked = f"asks to wait {int(wait.total_seconds())} s" if wait is not None else ""
    return _Outcome(name, answer.status, asked, wait or timedelta())


def _hash(body: bytes) -> str:
    return blake2b(body, digest_size=16).hexdigest()


def _succeeded(
    state: FeedState, answer: Response, feed: Feed | None, new_entries: int, now: datetime, rhythm: Rhythm
) -> FeedState:
    interval = _interval(state, feed, new_entries, rhythm)
    state = replace(
        _validated(_redirected(state, answer, rhythm), answer, feed, now, rhythm),
        interval_minutes=interval,
        failures=0.0,
        is_muted=False,
        last_success_at=now,
    )
    return replace(state, last_new_entry_at=now) if new_entries else state


def _validated(state: FeedState, answer: Response, feed: Feed | None, now: datetime, rhythm: Rhythm) -> FeedState:
    etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
    if answer.status == 304:
        news = state.last_new_entry_at
        if news and now - news > timedelta(days=rhythm.distrust_days):
            # Some servers answer 304 for ever: now and then such a feed is asked for its whole body.
            return replace(state, etag=None, last_modified=None)
        return replace(state, etag=etag or state.etag, last_modified=modified or state.last_modified)
    if feed and any(warning.startswith("truncated") for warning in feed.warnings):
        # The rest is still owed: the next request must not be answered with 304.
        return replace(state, etag=None, last_modified=None, body_hash=None)
    return replace(state, etag=etag, last_modified=modified, body_hash=_hash(answer.body))


def _redirected(state: FeedState, answer: Response, rhythm: Rhythm) -> FeedState:
    """Follow a permanent redirect for good once it held for several polls in a row; a temporary one never."""
    target = permanent_target(answer)
    if target is None:
        return replace(state, redirect_url=None, redirect_count=0)
    count = state.redirect_count + 1 if target == state.redirect_url else 1
    if count < rhythm.redirect_polls:
        return replace(state, redirect_url=target, redirect_count=count)
    return replace(state, url=target, redirect_url=None, redirect_count=0)


def _interval(state: FeedState, feed: Feed | None, new_entries: int, rhythm: Rhythm) -> float:
    """Half as long where most entries were new and some may have been missed, a tenth longer where none was."""
    if state.last_success_at is None:
        gap = _usual_gap(feed)
        # How often a rare feed may be left alone is learned by asking, not from its first page.
        return _bounded(rhythm.start_minutes if gap is None else min(gap, 4 * rhythm.start_minutes), rhythm)
    share = new_entries / max(1, len(feed.entries) if feed else 1)
    factor = 0.5 if share >= 2 / 3 else 0.7 if share >= 1 / 3 else 0.9 if new_entries else 1.1
    return _bounded(state.interval_minutes * factor, rhythm)


def _usual_gap(feed: Feed | None) -> float | None:
    """Median minutes between entries, which a pinned old one does not stretch; None where too few have dates."""
    times = sorted(entry.published for entry in (feed.entries if feed else ()) if entry.published)
    gaps = [(after - before).total_seconds() / 60 for before, after in pairwise(times)]
    return median(gaps) if len(gaps) > 2 else None


def _bounded(minutes: float, rhythm: Rhythm) -> float:
    return min(max(minutes, rhythm.min_minutes), rhythm.max_minutes)


def _wanted_wait(state: FeedState, answer: Response, feed: Feed | None, now: datetime) -> timedelta:
    """The interval, or longer if the publisher asks for it, but never so long that entries would be lost."""
    interval = timedelta(minutes=state.interval_minutes)
    asked = timedelta(minutes=max(feed.ttl_minutes or 0, feed.update_minutes or 0)) if feed else timedelta()
    return max(interval, min(max(asked, freshness(answer, now)), _affordable(feed, interval)))


def _affordable(feed: Feed | None, interval: timedelta) -> timedelta:
    """A sixth of the time the entries reach back, for mornings are busier than nights; without dates, a few waits."""
    gap = _usual_gap(feed)
    return timedelta(minutes=gap * len(feed.entries) / 6) if feed and gap is not None else 4 * interval


def _failed(state: FeedState, outcome: _Outcome) -> FeedState:
    """A feed is never dropped for 404, for feeds come back; 410 is the publisher's word that this one will not."""
    if outcome.name == "rate_limited" and outcome.status is None:
        return state  # it was another feed of the host that was answered so; this one was not asked
    failures = state.failures + _WEIGHTS.get(outcome.name, 1.0)
    return replace(state, failures=failures, is_muted=outcome.name == "gone", redirect_url=None, redirect_count=0)


def _backoff(state: FeedState, outcome: _Outcome, rhythm: Rhythm) -> timedelta:
    minutes = max(state.interval_minutes, rhythm.min_minutes) + rhythm.backoff_minutes * state.failures
    return max(timedelta(minutes=min(minutes, rhythm.max_minutes)), outcome.wait)


def _spread(wait: timedelta, outcome: _Outcome, rhythm: Rhythm, jitter: float) -> timedelta:
    """Later by chance, never earlier: what failed together must not come back together."""
    limit = timedelta(hours=rhythm.max_retry_after_hours) if outcome.wait else timedelta(minutes=rhythm.max_minutes)
    wait = min(wait, max(limit, timedelta(minutes=rhythm.min_minutes)))
    return wait * (1 + rhythm.jitter * jitter) + (timedelta(minutes=10 * jitter) if outcome.wait else timedelta())

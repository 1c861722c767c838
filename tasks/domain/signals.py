"""What is worth telling people at once: feeds that begin to fail, claims that come in a rush, claims that change.

A spike is a day on which a pair and a kind are claimed together at least five times, and more than three standard
deviations above the pair's mean of the 28 days before, days without claims counted as zero. Counts of rare things
scatter as a Poisson variable does, so the deviation is the root of the mean (plus one, lest a first mention be
infinitely surprising). A warehouse that does not reach back two weeks knows no rhythm, and finds no spike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import sqrt

from warehouse.records import DailyClaims, FeedState, Said, Signal, Statement

# One bad answer is weather; so many (a line that is down counts less than a page that is gone) are not.
FAILING_FROM = 3.0

HISTORY_DAYS = 28
_KNOWN_DAYS = 14
_FEWEST = 5
_DEVIATIONS = 3.0

_Key = tuple[str, str, str]
_Subject = tuple[str, tuple[str | None, ...]]


def turned_failing(before: FeedState, after: FeedState) -> bool:
    """Whether this poll is the one that made a feed a failing one, so that it is said once."""
    return _fails(after) and not _fails(before)


def _fails(state: FeedState) -> bool:
    return state.is_muted or state.failures >= FAILING_FROM


def spikes(counts: Sequence[DailyClaims], today: date) -> list[Signal]:
    """The pairs and kinds that today are claimed far above their usual rhythm, the largest first."""
    first = min((count.reported_on for count in counts), default=today)
    days = min((today - first).days, HISTORY_DAYS)
    if days < _KNOWN_DAYS:
        return []
    now, usual = _by_pair(counts, today, days)
    found = [_spike(key, claims, usual[key], today) for key, claims in now.items() if _is_spike(claims, usual[key])]
    return sorted(found, key=lambda signal: (-signal.details["claims"], signal.subject))


def _by_pair(counts: Iterable[DailyClaims], today: date, days: int) -> tuple[dict[_Key, int], dict[_Key, float]]:
    """Today's claims, and the mean of the days before, of each pair and kind."""
    now: dict[_Key, int] = {}
    usual: dict[_Key, float] = defaultdict(float)
    for count in counts:
        key = (count.actor_a, count.actor_b, count.kind)
        if count.reported_on == today:
            now[key] = count.claims
        elif today - timedelta(days=days) <= count.reported_on < today:
            usual[key] += count.claims / days
    return now, usual


def _is_spike(claims: int, usual: float) -> bool:
    return claims >= _FEWEST and claims > usual + _DEVIATIONS * sqrt(usual + 1)


def _spike(key: _Key, claims: int, usual: float, today: date) -> Signal:
    pair, kind = list(key[:2]), key[2]
    details = {"day": today.isoformat(), "actors": pair, "kind": kind, "claims": claims, "usual": round(usual, 2)}
    return Signal("spike.detected", f"{pair[0]}-{pair[1]} {kind}", datetime.combine(today, time(), UTC), details)


def changes(said: Iterable[Said]) -> list[Signal]:
    """The articles whose later text gives a claim another status or other figures, or no longer makes it."""
    return [signal for one in said if (signal := _change(one))]


def _change(said: Said) -> Signal | None:
    before, after = _by_subject(said.before), _by_subject(said.after)
    changed = [
        {
            "kind": kind,
            "actors": list(actors),
            "before": _told(before[kind, actors]),
            "after": _told(after.get((kind, actors), set())),
        }
        for kind, actors in before
        if before[kind, actors] != after.get((kind, actors))
    ]
    if not changed:
        return None
    details = {"article_id": said.article_id, "url": said.url, "outlet": said.outlet, "claims": changed}
    return Signal("event.changed", said.article_id, said.fetched_at, details)


def _by_subject(statements: Iterable[Statement]) -> dict[_Subject, set[tuple[str, str]]]:
    found: dict[_Subject, set[tuple[str, str]]] = defaultdict(set)
    for one in statements:
        found[one.kind, one.actors].add((one.status, one.items))
    return dict(found)


def _told(statements: set[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"status": status, "items": items} for status, items in sorted(statements)]

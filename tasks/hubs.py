"""Hubs that deliver feeds (WebSub): what polls tell of them, and how rarely the feeds they deliver are polled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tasks.domain.feeds.websub import hub_and_topic, offered, polled, with_daily_poll
from tasks.poll import Polled
from tasks.settings import Settings
from warehouse.records import Feed, HubSubscription, Poll, Response
from warehouse.store import Store


def with_hubs(
    store: Store,
    answers: Sequence[Polled],
    polls: Sequence[Poll],
    known: frozenset[str],
    settings: Settings,
    now: datetime,
) -> list[Poll]:
    """Note the hubs that polled feeds name and what those failed to deliver; feeds they do deliver are polled daily.

    `known` are the articles that were seen before these polls.
    """
    if not settings.websub.callback:
        return list(polls)
    before = {one.feed_id: one for one in store.subscriptions()}
    after = {
        poll.state.feed_id: _after_poll(before.get(poll.state.feed_id), answer, poll, known, now)
        for answer, poll in zip(answers, polls, strict=True)
    }
    changed = [one for feed_id, one in after.items() if one and one != before.get(feed_id)]
    if changed:
        store.save_subscriptions(changed, now)
    return [_kept(poll, after[poll.state.feed_id], now) for poll in polls]


def _after_poll(
    known: HubSubscription | None, answer: Polled, poll: Poll, seen_before: frozenset[str], now: datetime
) -> HubSubscription | None:
    if not isinstance(answer.feed, Feed) or not isinstance(answer.response, Response):
        return known
    one = offered(known, poll.state.feed_id, hub_and_topic(answer.response, answer.feed))
    return polled(one, [seen for seen in poll.sightings if seen.article_id not in seen_before], now) if one else None


def _kept(poll: Poll, one: HubSubscription | None, now: datetime) -> Poll:
    return replace(poll, state=with_daily_poll(poll.state, one, now)) if one else poll

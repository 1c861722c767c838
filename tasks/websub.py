"""Hubs that deliver feeds (WebSub): asking them, answering them, and landing what they send."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2

from tasks.domain.feeds.entries import sightings
from tasks.domain.feeds.parse import parse_answer
from tasks.domain.feeds.websub import (
    asking,
    delivered,
    is_asking_due,
    is_genuine,
    is_signed,
    pinged,
    refused,
    request_form,
    secrets_of,
    verify,
)
from tasks.limits import fetch_limits
from tasks.load import store_of
from tasks.net.client import Client, RequestFailed
from tasks.runs import utc_now
from tasks.settings import Settings
from warehouse.records import FeedEvent, FeedState, HubSubscription, Poll, Rejected, Response, Source
from warehouse.store import Store

KEY_FILE = "websub.key"
_END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)
_KEEPS_METHOD = frozenset((307, 308))


@dataclass(frozen=True, slots=True)
class Delivery:
    """One push as it came; header names are lower case, `body` is as sent and as its signature covers it."""

    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """The HTTP status to answer; `has_work` says that pages or a poll now wait."""

    status: int
    has_work: bool = False


def key_of(settings: Settings) -> bytes:
    """The installation's own key, made at the first need, readable by its owner only."""
    path = settings.paths.warehouse.parent / KEY_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _create(path, secrets.token_bytes(32))
    return path.read_bytes()


def _create(path: Path, key: bytes) -> None:
    """Written aside and then linked, so that two processes agree on one key and none reads half of it."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(key)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


async def ask_hubs(settings: Settings) -> tuple[str, ...]:
    """Ask every hub whose turn it is; what went wrong is kept with the subscription and given back, a line a feed."""
    key = key_of(settings)
    due = await asyncio.to_thread(_begin_asking, settings)
    async with Client(fetch_limits(settings)) as client:
        told = await asyncio.gather(*(_ask(client, one, key, settings) for one in due))
    failed = [refused(one, detail) for one, detail in zip(due, told, strict=True) if detail]
    if failed:
        await asyncio.to_thread(_note_failed, failed, settings)
    return tuple(f"{one.topic}: {one.hub}: {one.detail}" for one in failed)


def _begin_asking(settings: Settings) -> list[HubSubscription]:
    """Written down before the hub is asked, for its answer may arrive before its acknowledgement."""
    now, callback = utc_now(), settings.websub.callback
    with store_of(settings) as store:
        due = [asking(one, callback, now) for one in store.subscriptions() if is_asking_due(one, callback, now)]
        if due:
            store.save_subscriptions(due, now)
    return due


async def _ask(client: Client, one: HubSubscription, key: bytes, settings: Settings) -> str:
    """Returns what went wrong, "" if nothing did."""
    own = secrets_of(key, one.feed_id, one.hub)
    lease = timedelta(days=settings.websub.lease_days)
    form = request_form(one, f"{settings.websub.callback.rstrip('/')}/{own.token}", own.secret, lease)
    try:
        url = httpx2.URL(one.hub)
        for _ in range(settings.fetch.max_redirects + 1):
            async with asyncio.timeout(settings.fetch.total_seconds):
                answer = await client.post_form(url, form)
            if answer.status not in _KEEPS_METHOD or not answer.location:
                said = " ".join(answer.body[:200].decode("utf-8", "replace").split())
                return "" if 200 <= answer.status < 300 else f"http_{answer.status} {said}".strip()
            url = url.join(answer.location)
        return "redirects"
    except RequestFailed as error:
        return f"{error.reason}: {error.detail}"
    except TimeoutError:
        return f"timeout: no answer within {settings.fetch.total_seconds:g} s"
    except (httpx2.InvalidURL, ValueError) as error:
        return f"bad_url: {error}"


def _note_failed(failed: Sequence[HubSubscription], settings: Settings) -> None:
    """A hub that meanwhile verified, whatever it answered, is not said to have failed."""
    now = utc_now()
    with store_of(settings) as store:
        asked = {one.feed_id for one in store.subscriptions() if one.state == "asked"}
        store.save_subscriptions([one for one in failed if one.feed_id in asked], now)


def confirm(token: str, query: Mapping[str, str], settings: Settings) -> str | None:
    """Answer a hub that asks whether a subscription was meant: the text to echo, None where it was not."""
    now = utc_now()
    with store_of(settings) as store:
        one = _subscription(store, token, settings)
        verified = verify(one, query, now) if one else None
        if verified:
            store.save_subscriptions([verified[1]], now)
    return verified[0] if verified else None


def land_delivery(token: str, delivery: Delivery, settings: Settings) -> Receipt:
    """Store what a hub sends as a poll would have; 410, which ends the subscription, where nothing was asked for.

    A delivery with a wrong signature changes nothing but is noted; one of a hub that could not be given a secret, or
    that cannot be read, makes the feed itself due. Raises WarehouseBusy.
    """
    now = utc_now()
    with store_of(settings) as store:
        one = _subscription(store, token, settings)
        feed = _feed(store, one) if one else None
        if one is None or feed is None:
            return Receipt(410)
        secret = secrets_of(key_of(settings), one.feed_id, one.hub).secret
        if not is_signed(one):
            poll, new = _ping(feed, "a delivery that nobody signed", settings, now), 0
        elif is_genuine(delivery.body, delivery.headers.get("x-hub-signature"), secret):
            poll, new = _read(store, *feed, one, delivery, settings, now)
        else:
            forged = Rejected("poll", one.topic, "forged_delivery", "its signature is not that of the hub")
            poll, new = Poll(feed[1], FeedEvent(one.feed_id, now, "forged"), (), (forged,)), 0
        _save(store, poll, new, now)
    return Receipt(202, has_work=bool(new) or poll.state.next_poll_at != feed[1].next_poll_at)


def _read(
    store: Store,
    source: Source,
    state: FeedState,
    one: HubSubscription,
    delivery: Delivery,
    settings: Settings,
    now: datetime,
) -> tuple[Poll, int]:
    answer = Response(one.topic, one.topic, 200, dict(delivery.headers), delivery.body, now)
    parsed = parse_answer(answer, max_entries=settings.ingest.max_entries, country=source.country)
    if isinstance(parsed, Rejected):
        return _ping((source, state), f"a delivery that is {parsed.reason}", settings, now, (parsed,)), 0
    seen, rejected = sightings(source, parsed, one.topic, now)
    known = store.known_articles([sighting.article_id for sighting in seen])
    new = len({sighting.article_id for sighting in seen} - known)
    return delivered(state, parsed, seen, rejected, new, now), new


def _ping(
    feed: tuple[Source, FeedState], detail: str, settings: Settings, now: datetime, rejected: tuple[Rejected, ...] = ()
) -> Poll:
    return pinged(feed[1], detail, now, settings.schedule.min_interval_minutes, rejected)


def _save(store: Store, poll: Poll, new: int, now: datetime) -> None:
    run_id = store.start_run("websub", now)
    store.save_polls([poll], run_id, now)
    store.finish_run(run_id, "done", {"deliveries": 1, "new entries": new}, now)


def _subscription(store: Store, token: str, settings: Settings) -> HubSubscription | None:
    key = key_of(settings)
    tokens = ((one, secrets_of(key, one.feed_id, one.hub).token) for one in store.subscriptions())
    return next((one for one, own in tokens if secrets.compare_digest(own, token)), None)


def _feed(store: Store, one: HubSubscription) -> tuple[Source, FeedState] | None:
    return next((due for due in store.due_feeds(_END_OF_TIME) if due[0].feed_id == one.feed_id), None)

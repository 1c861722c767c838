"""WebSub (W3C recommendation of 2018): what to ask a hub, what to answer it, and when not to trust it any more.

Hubs forget to deliver and do not say so. So a feed with a subscription is still polled once a day, and a poll that
finds what no delivery brought sends the feed back to normal polling until the hub is asked anew.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urljoin, urlsplit

from warehouse.records import Feed, FeedEvent, FeedState, HubSubscription, Poll, Rejected, Response, Sighting

Mode = Literal["subscribe", "unsubscribe"]

DAILY_MINUTES = 24 * 60.0
LEASE = timedelta(days=10)

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
# A delivery may be under way while a poll already sees what it brings.
_GRACE = timedelta(minutes=10)
_LINK = re.compile(r"<([^<>]{1,2000})>((?:\s*;\s*[\w-]{1,40}\s*=\s*(?:\"[^\"]{0,500}\"|[^\s\",;]{1,500}))*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]+))", re.I)
# SHA-1 is what most hubs still send; it is safe in an HMAC.
_DIGESTS = frozenset(("sha1", "sha256", "sha384", "sha512"))


@dataclass(frozen=True, slots=True)
class Secrets:
    """What only the hub may know of a subscription: the last part of its callback and the key of its signatures."""

    token: str
    secret: str


def secrets_of(key: bytes, feed_id: str, hub: str) -> Secrets:
    """Derived from the installation's own `key`, so that neither is ever stored: 32 and 64 hexadecimal digits."""
    token, secret = (
        hmac.new(key, f"{purpose}\n{feed_id}\n{hub}".encode(), "sha256").hexdigest() for purpose in ("token", "secret")
    )
    return Secrets(token[:32], secret)


def hub_and_topic(answer: Response, feed: Feed) -> tuple[str, str] | None:
    """The hub a feed names and the address it is to be asked for: the Link header goes before the feed's own links."""
    named = link_relations(answer.headers.get("link", ""), answer.final_url)
    hub = named.get("hub") or feed.hub
    if not hub or urlsplit(hub).scheme not in ("http", "https"):
        return None
    return hub, named.get("self") or answer.final_url


def link_relations(header: str, base: str) -> dict[str, str]:
    """The first target of each relation in a Link header (RFC 8288)."""
    found: dict[str, str] = {}
    for target, parameters in _LINK.findall(header):
        rel = _REL.search(parameters)
        for name in (rel[1] or rel[2] or "").lower().split() if rel else ():
            try:
                found.setdefault(name, urljoin(base, target))
            except ValueError:
                continue
    return found


def offered(known: HubSubscription | None, feed_id: str, named: tuple[str, str] | None) -> HubSubscription | None:
    """What is to be known of the feed's hub after a whole answer, which named another one than before or none."""
    if named is None or (known and (known.hub, known.topic) == named):
        return known
    return HubSubscription(feed_id, *named)


def asking(one: HubSubscription, callback: str, now: datetime) -> HubSubscription:
    """What is known once the hub is being asked."""
    return replace(one, callback=callback, asked_at=now, detail="", state="asked")


def refused(one: HubSubscription, detail: str) -> HubSubscription:
    """What is known once the hub turned the request away, or could not be reached; a lease it gave still runs."""
    return replace(one, state="failed", detail=detail[:300])


def request_form(
    one: HubSubscription, callback: str, secret: str, lease: timedelta = LEASE, mode: Mode = "subscribe"
) -> dict[str, str]:
    """The form to send to the hub; the secret travels only to hubs reached over TLS, as the standard demands."""
    form = {"hub.mode": mode, "hub.topic": one.topic, "hub.callback": callback}
    if mode == "subscribe":
        form["hub.lease_seconds"] = str(int(lease.total_seconds()))
        if is_signed(one):
            form["hub.secret"] = secret
    return form


def is_signed(one: HubSubscription) -> bool:
    """Say whether deliveries must be signed: the hub was given a secret."""
    return urlsplit(one.hub).scheme == "https"


def verify(one: HubSubscription, query: Mapping[str, str], now: datetime) -> tuple[str, HubSubscription] | None:
    """The text to echo to a hub that asks whether the subscription was meant; None (answer 404) if it was not."""
    if query.get("hub.topic") != one.topic:
        return None
    if query.get("hub.mode") == "denied":
        return "", replace(one, state="denied", expires_at=None, detail=query.get("hub.reason", "")[:300])
    challenge = query.get("hub.challenge", "")
    if query.get("hub.mode") != "subscribe" or not challenge or one.asked_at is None:
        return None
    seconds = query.get("hub.lease_seconds", "")
    lease = timedelta(seconds=int(seconds)) if re.fullmatch(r"[0-9]{1,8}", seconds) else LEASE
    return challenge, replace(one, state="active", expires_at=now + lease, missed=0, detail="")


def is_genuine(body: bytes, signature: str | None, secret: str) -> bool:
    """Check a delivery's X-Hub-Signature, in constant time."""
    method, _, digest = (signature or "").strip().partition("=")
    if not secret or method.lower() not in _DIGESTS:
        return False
    expected = hmac.new(secret.encode(), body, method.lower()).hexdigest()
    return hmac.compare_digest(expected.encode(), digest.strip().lower().encode("utf-8", "replace"))


def polled(one: HubSubscription, unseen: Iterable[Sighting], now: datetime) -> HubSubscription:
    """What a poll tells of the hub: an entry new to it should have been delivered, if of the time since."""
    if one.asked_at is None or one.expires_at is None:
        return one
    since, until = one.asked_at, now - _GRACE
    dates = [seen.entry.published for seen in unseen]
    return replace(one, missed=one.missed + sum(date is None or since < date < until for date in dates))


def is_trusted(one: HubSubscription, now: datetime) -> bool:
    return one.expires_at is not None and one.expires_at > now and one.missed == 0


def with_daily_poll(state: FeedState, one: HubSubscription, now: datetime) -> FeedState:
    """While the hub is trusted the feed is polled once a day; a wait for another reason may be longer."""
    if not is_trusted(one, now) or state.next_poll_at is None or state.failures:
        return state
    return replace(state, next_poll_at=max(state.next_poll_at, now + timedelta(minutes=DAILY_MINUTES)))


def delivered(
    state: FeedState, feed: Feed, seen: tuple[Sighting, ...], rejected: tuple[Rejected, ...], new: int, now: datetime
) -> Poll:
    """A delivery, stored as a poll: validators, body hash and the feed's own rhythm stay those of its last poll."""
    after = replace(state, last_new_entry_at=now if new else state.last_new_entry_at)
    return Poll(after, FeedEvent(state.feed_id, now, "pushed", None, len(feed.entries), new), seen, rejected)


def pinged(
    state: FeedState, detail: str, now: datetime, min_minutes: float, rejected: tuple[Rejected, ...] = ()
) -> Poll:
    """A delivery that cannot be believed: the feed itself is asked, as soon as its last poll allows."""
    soonest = max(now, state.last_polled_at + timedelta(minutes=min_minutes)) if state.last_polled_at else now
    due = min(state.next_poll_at, soonest) if state.next_poll_at and not state.failures else state.next_poll_at
    after = replace(state, next_poll_at=due)
    return Poll(after, FeedEvent(state.feed_id, now, "pinged", detail=detail), (), rejected)


def is_asking_due(one: HubSubscription, callback: str, now: datetime) -> bool:
    """Ask at first, in the last fifth of a lease, an hour after a hub failed, a day after it refused or missed."""
    if one.asked_at is None or one.callback != callback:
        return True
    waited = now - one.asked_at
    if one.state == "failed":
        return waited >= _HOUR
    if one.expires_at is None or one.missed:
        return waited >= _DAY
    return now >= one.expires_at - min((one.expires_at - one.asked_at) / 5, _DAY)

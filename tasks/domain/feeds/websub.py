"""WebSub (W3C recommendation of 2018): what to ask a hub, what to answer it, and when not to trust it any more.

Hubs forget to deliver and do not say so. So a feed with a subscription is still polled once a day, and a poll that
finds what no delivery brought sends the feed back to normal polling until the hub is asked anew.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urljoin, urlsplit

from warehouse.records import Feed, Response

Mode = Literal["subscribe", "unsubscribe"]

DAILY_MINUTES = 24 * 60.0
LEASE = timedelta(days=10)

_LINK = re.compile(r"<([^<>]{1,2000})>((?:\s*;\s*[\w-]{1,40}\s*=\s*(?:\"[^\"]{0,500}\"|[^\s\",;]{1,500}))*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]+))", re.I)
# SHA-1 is what most hubs still send; it is safe in an HMAC.
_DIGESTS = frozenset(("sha1", "sha256", "sha384", "sha512"))


@dataclass(frozen=True, slots=True)
class Push:
    """A subscription of one feed. `expires_at` is None until the hub has verified it; `missed` counts its omissions."""

    feed_id: str
    hub: str
    topic: str
    callback: str
    secret: str
    asked_at: datetime
    expires_at: datetime | None = None
    missed: int = 0


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


def request_form(push: Push, mode: Mode = "subscribe") -> dict[str, str]:
    """The form to send to the hub; the secret travels only to hubs reached over TLS, as the standard demands."""
    form = {"hub.mode": mode, "hub.topic": push.topic, "hub.callback": push.callback}
    if mode == "subscribe":
        form["hub.lease_seconds"] = str(int(LEASE.total_seconds()))
        if push.secret and urlsplit(push.hub).scheme == "https":
            form["hub.secret"] = push.secret
    return form


def verify(push: Push, query: Mapping[str, str], now: datetime) -> tuple[str, Push] | None:
    """The text to echo to a hub that asks whether the subscription was meant; None (answer 404) if it was not."""
    challenge = query.get("hub.challenge", "")
    if query.get("hub.mode") != "subscribe" or query.get("hub.topic") != push.topic or not challenge:
        return None
    seconds = query.get("hub.lease_seconds", "")
    lease = timedelta(seconds=int(seconds)) if re.fullmatch(r"[0-9]{1,8}", seconds) else LEASE
    return challenge, replace(push, expires_at=now + lease, missed=0)


def is_genuine(body: bytes, signature: str | None, push: Push) -> bool:
    """Check a delivery's X-Hub-Signature. A delivery that is not genuine is at most a reason to poll."""
    sent = urlsplit(push.hub).scheme == "https" and bool(push.secret)
    method, _, digest = (signature or "").strip().partition("=")
    if not sent or method.lower() not in _DIGESTS:
        return False
    expected = hmac.new(push.secret.encode(), body, method.lower()).hexdigest()
    return hmac.compare_digest(expected.encode(), digest.strip().lower().encode("utf-8", "replace"))


def polled(push: Push, new_entries: int) -> Push:
    """What a poll tells of the hub: every entry new to the poll is one that should have been delivered."""
    return replace(push, missed=push.missed + new_entries)


def poll_minutes(push: Push | None, interval_minutes: float, now: datetime) -> float:
    """Once a day while the hub is trusted, else the feed's own interval."""
    is_trusted = push is not None and push.expires_at is not None and push.expires_at > now and push.missed == 0
    return max(interval_minutes, DAILY_MINUTES) if is_trusted else interval_minutes


def is_renewal_due(push: Push, now: datetime) -> bool:
    """Ask again in the last fifth of the lease, or a day after a hub missed something or did not answer."""
    if push.expires_at is None or push.missed:
        return now - push.asked_at >= timedelta(days=1)
    return now >= push.expires_at - (push.expires_at - push.asked_at) / 5

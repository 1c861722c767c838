"""A WebSub hub (W3C recommendation of 2018): subscribers are asked whether they meant it, then sent what is new."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock, Thread
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from examples.newsroom.replies import Reply

PATH = "/-/hub"
_DAY = 86_400
_PATIENCE = 5


@dataclass(frozen=True, slots=True)
class Subscription:
    topic: str
    callback: str
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """`outcome` is the callback's HTTP status, or what went wrong on the way."""

    topic: str
    callback: str
    outcome: str


class Hub:
    """Keeps the subscriptions; `is_silent` makes it a hub that forgets to deliver, as big ones have done.

    `is_away` makes it answer every request with 503; `max_lease` is the longest lease it grants, in seconds.
    """

    def __init__(self) -> None:
        self.is_silent = False
        self.is_away = False
        self.max_lease = 30 * _DAY
        self._lock = Lock()
        self._subscriptions: dict[tuple[str, str], Subscription] = {}
        self._deliveries: list[Delivery] = []

    @property
    def subscriptions(self) -> tuple[Subscription, ...]:
        with self._lock:
            return tuple(self._subscriptions.values())

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        with self._lock:
            return tuple(self._deliveries)

    def request(self, form: Mapping[str, str]) -> Reply:
        """Accept a subscription (or its end) for verification, or say what is wrong with it."""
        if self.is_away:
            return Reply(503, b"closed for repairs\n", {"Content-Type": "text/plain; charset=utf-8"})
        mode, topic, callback = (form.get(f"hub.{name}", "") for name in ("mode", "topic", "callback"))
        if mode not in ("subscribe", "unsubscribe"):
            return _refusal("hub.mode must be subscribe or unsubscribe")
        if urlsplit(callback).scheme not in ("http", "https") or not topic:
            return _refusal("hub.topic and an http hub.callback are required")
        wanted = Subscription(topic, callback, form.get("hub.secret", ""))
        lease = min(int(form.get("hub.lease_seconds", _DAY)), self.max_lease)
        Thread(target=self._verify, args=(mode, wanted, str(lease)), daemon=True).start()
        return Reply(202)

    def _verify(self, mode: str, wanted: Subscription, lease: str) -> None:
        challenge = secrets.token_hex(16)
        asked = {"hub.mode": mode, "hub.topic": wanted.topic, "hub.challenge": challenge, "hub.lease_seconds": lease}
        joint = "&" if urlsplit(wanted.callback).query else "?"
        outcome, answer = _send(Request(f"{wanted.callback}{joint}{urlencode(asked)}"))
        is_meant = outcome.startswith("2") and answer.decode(errors="replace").strip() == challenge
        with self._lock:
            if is_meant and mode == "subscribe":
                self._subscriptions[wanted.topic, wanted.callback] = wanted
            elif is_meant:
                self._subscriptions.pop((wanted.topic, wanted.callback), None)

    def deliver(self, subscription: Subscription, base: str, reply: Reply) -> None:
        """Send a topic's content to one subscriber, signed where a secret was given."""
        headers = {
            "Content-Type": reply.headers["Content-Type"],
            "Link": f'<{base}{PATH}>; rel="hub", <{subscription.topic}>; rel="self"',
        }
        if subscription.secret:
            digest = hmac.new(subscription.secret.encode(), reply.body, hashlib.sha256).hexdigest()
            headers["X-Hub-Signature"] = f"sha256={digest}"
        outcome, _ = _send(Request(subscription.callback, data=reply.body, headers=headers, method="POST"))
        with self._lock:
            self._deliveries.append(Delivery(subscription.topic, subscription.callback, outcome))


def _refusal(reason: str) -> Reply:
    return Reply(400, f"{reason}\n".encode(), {"Content-Type": "text/plain; charset=utf-8"})


def _send(request: Request) -> tuple[str, bytes]:
    try:
        with urlopen(request, timeout=_PATIENCE) as response:
            return str(response.status), response.read()
    except HTTPError as error:
        with error:
            return str(error.code), b""
    except (URLError, OSError) as error:
        return f"{type(error).__name__}: {error}", b""

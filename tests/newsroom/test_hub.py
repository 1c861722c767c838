"""The WebSub hub against a real subscriber."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from examples.newsroom import Newsroom


class Subscriber(ThreadingHTTPServer):
    """Says yes to what it is asked unless told not to; puts what it hears into `heard`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Callback)
        self.agrees = True
        self.heard: Queue[tuple[str, dict[str, str], bytes]] = Queue()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/callback?feed=1"


class _Callback(BaseHTTPRequestHandler):
    server: Subscriber

    def do_GET(self) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        body = query["hub.challenge"].encode() if self.server.agrees else b"what?"
        self._answer(body, "verify", query)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.put(("deliver", {name.lower(): value for name, value in self.headers.items()}, body))
        self._answer(b"", "", {})

    def _answer(self, body: bytes, kind: str, query: dict[str, str]) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        if kind:
            self.server.heard.put((kind, query, b""))

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def subscriber() -> Iterator[Subscriber]:
    with Subscriber() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


def _ask(room: Newsroom, client: httpx.Client, subscriber: Subscriber, mode: str = "subscribe") -> dict[str, str]:
    topic = room.url("/bosfor/ar/atom")
    form = {"hub.mode": mode, "hub.topic": topic, "hub.callback": subscriber.url, "hub.secret": "s"}
    assert client.post(room.url("/-/hub"), data=form).status_code == 202
    kind, query, _ = subscriber.heard.get(timeout=10)
    assert (kind, query["hub.topic"], query["feed"]) == ("verify", topic, "1")
    return query


def _wait_for(room: Newsroom, count: int) -> None:
    for _ in range(1000):
        if len(room.hub.subscriptions) == count:
            return
        room.stopping.wait(0.01)
    pytest.fail(f"{len(room.hub.subscriptions)} subscriptions, not {count}")


def test_what_is_new_is_sent_and_signed(room: Newsroom, client: httpx.Client, subscriber: Subscriber) -> None:
    assert f'<link rel="hub" href="{room.url("/-/hub")}"/>' in client.get(room.url("/bosfor/ar/atom")).text
    query = _ask(room, client, subscriber)
    assert query["hub.lease_seconds"] == "86400"
    _wait_for(room, 1)
    article = room.publish("bosfor", "خبر عاجل من أنقرة", ["وقعت تركيا اتفاقا."])
    _, headers, body = subscriber.heard.get(timeout=10)
    assert article.title in body.decode()
    assert headers["x-hub-signature"] == "sha256=" + hmac.new(b"s", body, hashlib.sha256).hexdigest()
    assert room.url("/-/hub") in headers["link"]


def test_only_those_who_meant_it_are_subscribed(room: Newsroom, client: httpx.Client, subscriber: Subscriber) -> None:
    subscriber.agrees = False
    _ask(room, client, subscriber)
    subscriber.agrees = True
    _ask(room, client, subscriber)
    _wait_for(room, 1)
    _ask(room, client, subscriber, "unsubscribe")
    _wait_for(room, 0)


def test_a_silent_hub_and_other_outlets_deliver_nothing(
    room: Newsroom, client: httpx.Client, subscriber: Subscriber
) -> None:
    _ask(room, client, subscriber)
    _wait_for(room, 1)
    room.publish("diffa", "خبر لا يخص المشترك", ["نص."])
    room.hub.is_silent = True
    room.publish("bosfor", "خبر ضائع", ["نص."])
    room.hub.is_silent = False
    room.publish("bosfor", "خبر واصل", ["نص."])
    _, _, body = subscriber.heard.get(timeout=10)
    assert "خبر واصل" in body.decode()
    assert subscriber.heard.empty()


@pytest.mark.parametrize(
    "form", [{"hub.mode": "dance"}, {"hub.mode": "subscribe", "hub.topic": "t", "hub.callback": "file:///etc"}]
)
def test_senseless_requests_are_refused(open_room: Newsroom, client: httpx.Client, form: dict[str, str]) -> None:
    answer = client.post(open_room.url("/-/hub"), data=form)
    assert answer.status_code == 400
    assert "hub." in answer.text

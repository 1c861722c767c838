"""What goes over the wire: validators, 304, gzip, and the ways in which a server fails."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from examples.newsroom.content import FOLDER, FeedSpec, Route

_KEPT_BY_304 = frozenset(("ETag", "Last-Modified", "Cache-Control"))


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `delay` and `drip` are seconds; `cut` is the share of the body sent before the line goes dead."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    drip: float = 0
    cut: float = 1.0


def content(body: bytes, content_type: str, changed: datetime | None = None, validators: str = "strong") -> Reply:
    """A 200 with validators of the given manner: see `FeedSpec`."""
    return Reply(200, body, {"Content-Type": content_type} | _validators(body, changed, validators))


def feed_content(body: bytes, feed: FeedSpec, changed: datetime | None) -> Reply:
    charset = f"; charset={feed.charset}" if feed.charset else ""
    reply = content(body, feed.content_type + charset, changed, feed.validators)
    return replace(reply, headers=reply.headers | feed.headers)


def _validators(body: bytes, changed: datetime | None, manner: str) -> dict[str, str]:
    if manner == "none":
        return {}
    tag = "frozen" if manner == "frozen" else hashlib.sha256(body).hexdigest()[:20]
    headers = {"ETag": f'W/"{tag}"' if manner == "weak" else f'"{tag}"'}
    if changed is not None and manner != "frozen":
        # Some servers write a form that no parser gives back byte for byte; only the very same bytes get a 304.
        form = http_date(changed)
        headers["Last-Modified"] = form.replace("GMT", "+0000 (UTC)") if manner == "odd" else form
    return headers


def http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def from_route(route: Route, now: datetime) -> Reply:
    """The answer of a route that has a status of its own."""
    body = gzip.compress(b" " * route.inflate, mtime=0) if route.inflate else _file(route)
    headers = {"Content-Type": route.content_type} | route.headers
    if route.inflate:
        headers["Content-Encoding"] = "gzip"
    if route.location:
        headers["Location"] = route.location
    if route.retry_after is not None:
        later = http_date(now + timedelta(seconds=route.retry_after))
        headers["Retry-After"] = later if route.retry_date else str(route.retry_after)
    return Reply(route.status, body, headers, route.delay, route.drip, route.cut)


def _file(route: Route) -> bytes:
    if route.links:
        rows = (f'<li><a href="/{i}/">خبر {i}</a> <span>تفاصيل</span></li>' for i in range(route.links))
        return f'<html lang="ar"><body><ul>{"".join(rows)}</ul></body></html>'.encode()
    return (FOLDER / "site" / route.file).read_bytes() if route.file else b""


def negotiate(reply: Reply, headers: Mapping[str, str]) -> Reply:
    """304 where the request's validators match byte for byte, gzip where the client takes it."""
    if reply.status == 200 and _is_unchanged(reply.headers, headers):
        kept = {name: value for name, value in reply.headers.items() if name in _KEPT_BY_304}
        return replace(reply, status=304, body=b"", headers=kept)
    takes_gzip = "gzip" in headers.get("accept-encoding", "")
    if takes_gzip and len(reply.body) > 500 and "Content-Encoding" not in reply.headers:
        packed = gzip.compress(reply.body, 6, mtime=0)
        return replace(
            reply, body=packed, headers=reply.headers | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        )
    return reply


def _is_unchanged(ours: Mapping[str, str], asked: Mapping[str, str]) -> bool:
    tags = [tag.strip() for tag in asked.get("if-none-match", "").split(",") if tag.strip()]
    if tags:
        return ours.get("ETag") in tags
    return "if-modified-since" in asked and asked["if-modified-since"] == ours.get("Last-Modified")

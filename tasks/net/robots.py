"""What the robots.txt of a site allows, asked once a day (RFC 9309)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from protego import Protego

from tasks.net.limits import ROBOTS_TOKEN
from warehouse.records import Rejected, Response

_KEEP_SECONDS = 24 * 3600.0
# A site that could not say is asked again sooner than one that did.
_RETRY_SECONDS = 600.0
_MAX_BYTES = 500 * 1024
_MAX_DELAY = 30.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` and `detail` say why a page may not be fetched; `delay_seconds` is what the site asks for."""

    reason: str | None = None
    detail: str = ""
    delay_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Rules:
    parsed: Protego | None
    refusal: Verdict | None
    until: float


class RobotsCache:
    """Rules by origin; `fetch` gets one robots.txt, redirects followed. Concurrent askers share one request."""

    def __init__(self, fetch: Callable[[str], Awaitable[Response | Rejected]]) -> None:
        self._fetch = fetch
        self._rules: dict[str, _Rules] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def verdict(self, origin: str, url: str) -> Verdict:
        """Judge one address; `origin` is its scheme, host and port."""
        async with self._locks.setdefault(origin, asyncio.Lock()):
            rules = self._rules.get(origin)
            if rules is None or rules.until <= time.monotonic():
                rules = self._rules[origin] = _read(await self._fetch(f"{origin}/robots.txt"))
        if rules.refusal:
            return rules.refusal
        return _judge(rules.parsed, url) if rules.parsed else Verdict()


def _judge(parsed: Protego, url: str) -> Verdict:
    delay = min(float(parsed.crawl_delay(ROBOTS_TOKEN) or 0.0), _MAX_DELAY)
    if parsed.can_fetch(url, ROBOTS_TOKEN):
        return Verdict(delay_seconds=delay)
    return Verdict("robots", "disallowed by robots.txt", delay)


def _read(answer: Response | Rejected) -> _Rules:
    """Read the rules: a missing file allows everything, a failing server nothing for the time being."""
    now = time.monotonic()
    if isinstance(answer, Rejected):
        if answer.reason in ("redirects", "too_large", "challenge"):
            return _Rules(None, None, now + _KEEP_SECONDS)
        return _Rules(None, Verdict(answer.reason, f"robots.txt: {answer.detail}"), now + _RETRY_SECONDS)
    if answer.status >= 500 or answer.status == 429:
        return _Rules(
            None, Verdict(f"http_{answer.status}", f"robots.txt answered {answer.status}"), now + _RETRY_SECONDS
        )
    if answer.status >= 400:
        return _Rules(None, None, now + _KEEP_SECONDS)
    text = answer.body[:_MAX_BYTES].decode("utf-8-sig", errors="replace")
    return _Rules(Protego.parse(text), None, now + _KEEP_SECONDS)

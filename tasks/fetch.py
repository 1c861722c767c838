"""Fetching feeds and pages: politely by host, by the site's rules, through checked addresses, and never endlessly."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from http.cookies import CookieError, SimpleCookie
from types import TracebackType
from typing import Literal, Self

import httpx2

from tasks.net.client import Answer, Client, RequestFailed
from tasks.net.hosts import HostDown, HostQueue, StayAway
from tasks.net.limits import FetchLimits
from tasks.net.robots import RobotsCache, Verdict
from warehouse.records import Rejected, Response, Stage

Purpose = Literal["feed", "page"]

HOPS_HEADER = "x-marsad-hops"
_STAGES: dict[Purpose, Stage] = {"feed": "poll", "page": "fetch"}
_ACCEPT: dict[Purpose, str] = {
    "feed": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8",
    "page": "text/html, application/xhtml+xml, */*;q=0.5",
}
_PAGES = frozenset(("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", "text"))
_CHALLENGES = (b"/cdn-cgi/challenge-platform/", b"cf-browser-verification", b"_Incapsula_Resource", b"ddos-guard")
_BUSY = frozenset((429, 503))


class Fetcher:
    """Fetches for one run; connections, robots rules and each host's wishes are remembered until it is closed."""

    def __init__(self, limits: FetchLimits) -> None:
        self._limits = limits
        self._client = Client(limits)
        self._hosts = HostQueue(limits)
        self._robots = RobotsCache(self._get_robots)

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None, purpose: Purpose) -> Response | Rejected:
        """Fetch one address, redirects followed.

        For a feed every status is a Response, for its caller reads meaning from each; for a page all but 2xx are
        Rejected as `http_404` and so on; `http_429` also stands for a host that asked to be left alone for longer than
        one waits. Other reasons: bad_url, dns, connect, timeout, tls, protocol, bad_coding, too_large, not_html,
        forbidden_address, redirects, robots, challenge. Where there were redirects, the header `x-marsad-hops` holds
        them in order, as JSON: `[[301, "http://..."], ...]`.
        """
        chain = _Chain(self, url, dict(headers or {}), purpose)
        try:
            return await chain.follow()
        except RequestFailed as error:
            return Rejected(_STAGES[purpose], url, error.reason, error.detail[:300])

    async def _get_robots(self, url: str) -> Response | Rejected:
        return await self.get(url, purpose="feed")

    async def hop(self, url: httpx2.URL, headers: Mapping[str, str], purpose: Purpose) -> Answer:
        """Make one request when the host's turn has come; raises RequestFailed."""
        verdict = await self._judge(url, purpose)
        if verdict.reason:
            raise RequestFailed(verdict.reason, verdict.detail)
        try:
            async with self._hosts.turn(url.host, verdict.delay_seconds):
                return await self._request(url, headers, purpose)
        except StayAway as error:
            raise RequestFailed("http_429", f"not asked again: {error}") from error
        except HostDown as error:
            raise RequestFailed(error.reason, str(error)) from error

    async def _judge(self, url: httpx2.URL, purpose: Purpose) -> Verdict:
        if purpose == "feed" or not self._limits.obey_robots:
            return Verdict()
        return await self._robots.verdict(f"{url.scheme}://{url.netloc.decode('ascii')}", str(url))

    async def _request(self, url: httpx2.URL, headers: Mapping[str, str], purpose: Purpose) -> Answer:
        try:
            async with asyncio.timeout(self._limits.total_seconds):
                answer = await self._client.get(url, headers, accepts=_PAGES if purpose == "page" else None)
        except TimeoutError as error:
            raise RequestFailed("timeout", f"no whole answer within {self._limits.total_seconds:g} s") from error
        except RequestFailed as error:
            if error.is_unreachable:
                self._hosts.note_down(url.host, error.reason)
            raise
        self._hosts.note_up(url.host)
        if answer.status in _BUSY:
            self._hosts.note_retry_after(url.host, answer.headers.get("retry-after"))
        return answer

    @property
    def limits(self) -> FetchLimits:
        """Give the limits this fetcher was made with."""
        return self._limits


class _Chain:
    """One address and the redirects behind it, with the cookies set on the way and nothing kept after."""

    def __init__(self, fetcher: Fetcher, url: str, headers: dict[str, str], purpose: Purpose) -> None:
        self._fetcher = fetcher
        self._url = url
        self._headers = {"accept": _ACCEPT[purpose], **{name.lower(): value for name, value in headers.items()}}
        self._purpose = purpose
        self._hops: list[tuple[int, str]] = []
        self._cookies: dict[str, dict[str, str]] = {}

    async def follow(self) -> Response:
        url = _web_address(self._url)
        while True:
            answer = await self._fetcher.hop(url, self._headers_for(url), self._purpose)
            target = answer.location
            if target is None:
                return self._finish(answer)
            self._hops.append((answer.status, str(url)))
            if len(self._hops) > self._fetcher.limits.max_redirects:
                raise RequestFailed(
                    "redirects", f"more than {self._fetcher.limits.max_redirects}, the last to {target[:200]}"
                )
            self._keep_cookies(url, answer)
            url = _web_address(target, base=url)

    def _headers_for(self, url: httpx2.URL) -> dict[str, str]:
        cookies = self._cookies.get(url.host)
        if not cookies:
            return self._headers
        return {**self._headers, "cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}

    def _keep_cookies(self, url: httpx2.URL, answer: Answer) -> None:
        """Send back what a site sets before it redirects to itself: without it some redirect for ever."""
        for line in answer.cookies:
            try:
                parsed = SimpleCookie(line)
            except CookieError:
                continue
            kept = self._cookies.setdefault(url.host, {})
            kept.update({name: morsel.coded_value for name, morsel in parsed.items()})

    def _finish(self, answer: Answer) -> Response:
        if _is_challenge(answer):
            raise RequestFailed("challenge", f"status {answer.status}: the site asks for a browser")
        if self._purpose == "page" and not 200 <= answer.status < 300:
            raise RequestFailed(f"http_{answer.status}", answer.url)
        headers = dict(answer.headers)
        if self._hops:
            headers[HOPS_HEADER] = json.dumps(self._hops)
        return Response(self._url, answer.url, answer.status, headers, answer.body, datetime.now(UTC))


def _web_address(text: str, base: httpx2.URL | None = None) -> httpx2.URL:
    try:
        url = base.join(text.strip()) if base else httpx2.URL(text.strip())
    except (httpx2.InvalidURL, ValueError, TypeError) as error:
        raise RequestFailed("bad_url", f"{text[:200]}: {error}") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise RequestFailed("bad_url", f"{str(url)[:200]}: only http and https addresses with a host are fetched")
    return url.copy_with(fragment=None, username="", password="") if url.userinfo or url.fragment else url


def _is_challenge(answer: Answer) -> bool:
    if "challenge" in answer.headers.get("cf-mitigated", ""):
        return True
    return answer.status in (403, 429, 503) and any(mark in answer.body for mark in _CHALLENGES)

"""One HTTP request over the guarded connections, HTTP/1.1 or HTTP/2, with every failure under a name of its own.

httpx2 continues httpx, which has had no release since 2024; its core takes a network backend, which is what lets the
address be checked at the moment of connecting.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import httpcore2
import httpx2

from tasks.net.addresses import ForbiddenAddress, GuardedBackend, NameNotFound
from tasks.net.decoding import ACCEPT_ENCODING, BadCoding, BodyReader, TooLarge
from tasks.net.limits import FetchLimits

_SMALL = 1 << 16
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True)
class Answer:
    """One response of one hop; `headers` are lower case, those that repeat joined by commas."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()

    @property
    def location(self) -> str | None:
        """Give where the answer sends one on to, if it does."""
        return self.headers.get("location") if self.status in _REDIRECTS else None


class RequestFailed(Exception):
    """A request without an answer; `reason` is one of the names that rejections carry.

    `is_unreachable` says that no connection came about, so that the host's other addresses will fare no better.
    """

    def __init__(self, reason: str, detail: str, *, is_unreachable: bool = False) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.is_unreachable = is_unreachable


class Client:
    """A pool of connections kept alive between requests."""

    def __init__(self, limits: FetchLimits) -> None:
        self._limits = limits
        context = httpx2.create_ssl_context(verify=limits.verify_tls)
        if limits.ca_file:
            context.load_verify_locations(cafile=limits.ca_file)
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=context,
            max_connections=2 * limits.concurrency,
            max_keepalive_connections=limits.concurrency,
            keepalive_expiry=30.0,
            http1=True,
            http2=True,
            network_backend=GuardedBackend(allow_private=limits.allow_private_addresses, connect_to=limits.connect_to),
        )

    async def __aenter__(self) -> Self:
        await self._pool.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._pool.__aexit__(kind, error, trace)

    async def get(
        self, url: httpx2.URL, headers: Mapping[str, str], *, accepts: frozenset[str] | None = None
    ) -> Answer:
        """Request one address, following nothing; raises RequestFailed.

        `accepts` names the media types whose bodies are worth reading, None for all.
        """
        return await self._exchange("GET", url, headers, b"", accepts)

    async def post_form(self, url: httpx2.URL, form: Mapping[str, str]) -> Answer:
        """Send a form, following nothing; raises RequestFailed."""
        headers = {"content-type": "application/x-www-form-urlencoded"}
        return await self._exchange("POST", url, headers, urlencode(form).encode(), None)

    async def _exchange(
        self, method: str, url: httpx2.URL, headers: Mapping[str, str], body: bytes, accepts: frozenset[str] | None
    ) -> Answer:
        timeout = {
            "connect": self._limits.connect_seconds,
            "read": self._limits.read_seconds,
            "write": self._limits.read_seconds,
            "pool": self._limits.total_seconds,
        }
        sent = httpx2.Headers({"accept-encoding": ACCEPT_ENCODING, "user-agent": self._limits.user_agent, **headers})
        request = httpx2.Request(method, url, headers=sent, content=body or None, extensions={"timeout": timeout})
        with _named_failures():
            async with self._stream(request) as response:
                return await self._read(url, response, accepts)

    @asynccontextmanager
    async def _stream(self, request: httpx2.Request) -> AsyncIterator[httpcore2.Response]:
        target = httpcore2.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        async with self._pool.stream(
            request.method, target, headers=request.headers.raw, content=request.content, extensions=request.extensions
        ) as response:
            yield response

    async def _read(self, url: httpx2.URL, response: httpcore2.Response, accepts: frozenset[str] | None) -> Answer:
        headers = httpx2.Headers(response.headers)
        named = {name.lower(): value for name, value in headers.items()}
        cookies = tuple(headers.get_list("set-cookie"))
        if response.status in _REDIRECTS:
            await _drain(response)
            return Answer(str(url), response.status, named, b"", cookies)
        media = named.get("content-type", "").split(";")[0].strip().lower()
        if accepts is not None and response.status < 400 and media and media not in accepts:
            raise RequestFailed("not_html", media)
        return Answer(str(url), response.status, named, await self._body(response, named), cookies)

    async def _body(self, response: httpcore2.Response, headers: Mapping[str, str]) -> bytes:
        limit = self._limits.max_bytes if response.status < 400 else min(_SMALL * 4, self._limits.max_bytes)
        declared = headers.get("content-length", "")
        if response.status < 400 and declared.isdigit() and int(declared) > limit:
            raise TooLarge(f"{declared} bytes announced, over the limit of {limit}")
        reader = BodyReader(headers.get("content-encoding", ""), limit)
        try:
            async for data in response.aiter_stream():
                reader.feed(data)
        except TooLarge:
            if response.status < 400:
                raise
        return reader.body()


async def _drain(response: httpcore2.Response) -> None:
    """Read what nobody needs, if it is little: a connection left in the middle of a body cannot be used again."""
    size = 0
    with suppress(httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError):
        async for data in response.aiter_stream():
            size += len(data)
            if size > _SMALL:
                return


class _named_failures:
    """Turns the library's exceptions into RequestFailed."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        reason = _reason(error) if isinstance(error, Exception) else None
        if error is not None and reason:
            unreachable = isinstance(error, NameNotFound | httpcore2.ConnectError | httpcore2.ConnectTimeout)
            raise RequestFailed(reason, f"{error}" or type(error).__name__, is_unreachable=unreachable) from error


_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (ForbiddenAddress, "forbidden_address"),
    (NameNotFound, "dns"),
    (TooLarge, "too_large"),
    (BadCoding, "bad_coding"),
    (httpcore2.ConnectTimeout, "connect"),
    (httpcore2.TimeoutException, "timeout"),
    (httpcore2.ConnectError, "connect"),
    (httpcore2.NetworkError, "connect"),
    (httpcore2.RemoteProtocolError, "connect"),
    (httpcore2.ProtocolError, "protocol"),
    (httpcore2.UnsupportedProtocol, "bad_url"),
)


def _reason(error: Exception) -> str | None:
    if isinstance(error, httpcore2.ConnectError) and _is_tls(error):
        return "tls"
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), None)


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError | ssl.CertificateError):
            return True
        error = error.__cause__ or error.__context__
    return False

"""HTTP/2 over TLS with a real server: negotiated, capped, checked at redirects, one connection for many requests."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import trustme
from hypercorn.asyncio import serve
from hypercorn.config import Config, Sockets

from tasks.fetch import Fetcher
from tasks.net.limits import FetchLimits
from warehouse.records import Rejected, Response

PAGE = "<html><title>خبر</title><p>نص</p></html>".encode()
BOMB = gzip.compress(bytes(30_000_000), 9)
ENDLESS = [bytes(1 << 16)] * 200
SITE = "https://news.h2.test"


@dataclass
class Site:
    """`seen` is `(protocol, path, client's port)` by order of arrival; a user agent of each request is in `agents`."""

    limits: FetchLimits
    seen: list[tuple[str, str, int]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        # hypercorn loses its head over an answer that comes before it has seen the request's end.
        await receive()
        path = scope["path"]
        self.seen.append((scope["http_version"], path, scope["client"][1]))
        self.agents.add(dict(scope["headers"])[b"user-agent"].decode())
        status, headers, pieces = _reply(path)
        head = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": head})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _reply(path: str) -> tuple[int, dict[str, str], Sequence[bytes]]:
    html = {"content-type": "text/html"}
    if path == "/robots.txt":
        return 404, {}, ()
    if path == "/endless":
        return 200, html, ENDLESS
    if path == "/announced":
        return 200, {**html, "content-length": str(sum(map(len, ENDLESS)))}, ENDLESS
    if path == "/bomb":
        return 200, {**html, "content-encoding": "gzip"}, [BOMB]
    if path.startswith("/to/"):
        return 302, {"location": {"inside": "http://10.0.0.1/", "mapped": "http://[::ffff:127.0.0.1]/"}[path[4:]]}, ()
    return 200, {**html, "etag": '"1"'}, [PAGE]


@asynccontextmanager
async def serving(folder: Path, *protocols: str) -> AsyncIterator[Site]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    leaf = authority.issue_cert("*.h2.test")
    leaf.private_key_pem.write_to_path(str(folder / "key.pem"))
    leaf.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
    config = Config()
    config.certfile, config.keyfile = str(folder / "cert.pem"), str(folder / "key.pem")
    config.alpn_protocols = list(protocols)
    config.errorlog = None
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    config.create_sockets = lambda: Sockets([listener], [], [])  # type: ignore[method-assign]
    address = f"127.0.0.1:{listener.getsockname()[1]}"
    limits = FetchLimits(
        connect_to={"*.h2.test": address}, ca_file=str(folder / "ca.pem"), host_delay_seconds=0, max_bytes=1 << 20
    )
    site, stop = Site(limits), asyncio.Event()
    server = asyncio.create_task(serve(site, config, shutdown_trigger=stop.wait))  # type: ignore[arg-type]
    try:
        yield site
    finally:
        stop.set()
        await server


def test_many_requests_share_one_connection(tmp_path: Path) -> None:
    async def go() -> Site:
        async with serving(tmp_path, "h2", "http/1.1") as site, Fetcher(replace(site.limits, per_host=8)) as fetcher:
            first = await fetcher.get(f"{SITE}/1", purpose="page")
            rest = await asyncio.gather(*(fetcher.get(f"{SITE}/{n}", purpose="page") for n in range(2, 9)))
            for answer in (first, *rest):
                assert isinstance(answer, Response)
                assert (answer.status, answer.body, answer.headers["etag"]) == (200, PAGE, '"1"')
        return site

    site = asyncio.run(go())
    assert [path for _, path, _ in site.seen].count("/robots.txt") == 1
    assert {protocol for protocol, _, _ in site.seen} == {"2"}
    assert len({port for _, _, port in site.seen}) == 1
    assert all(agent.startswith("marsad/") for agent in site.agents)


@pytest.mark.parametrize("path", ["/endless", "/announced", "/bomb"])
def test_the_cap_ends_one_stream_and_not_the_connection(tmp_path: Path, path: str) -> None:
    async def go() -> tuple[Response | Rejected, Response | Rejected, Site]:
        async with serving(tmp_path, "h2") as site, Fetcher(site.limits) as fetcher:
            over = await fetcher.get(SITE + path, purpose="page")
            return over, await fetcher.get(f"{SITE}/after", purpose="page"), site

    over, after, site = asyncio.run(go())
    assert isinstance(over, Rejected) and over.reason == "too_large"
    assert isinstance(after, Response) and after.body == PAGE
    assert len({port for _, _, port in site.seen}) == 1


@pytest.mark.parametrize("target", ["inside", "mapped"])
def test_a_redirect_does_not_lead_inside(tmp_path: Path, target: str) -> None:
    async def go() -> Response | Rejected:
        async with serving(tmp_path, "h2") as site, Fetcher(site.limits) as fetcher:
            return await fetcher.get(f"{SITE}/to/{target}", purpose="feed")

    answer = asyncio.run(go())
    assert isinstance(answer, Rejected) and answer.reason == "forbidden_address"


def test_a_server_without_http2_is_spoken_to_in_http1(tmp_path: Path) -> None:
    async def go() -> Site:
        async with serving(tmp_path, "http/1.1") as site, Fetcher(site.limits) as fetcher:
            assert isinstance(await fetcher.get(f"{SITE}/1", purpose="page"), Response)
        return site

    assert {protocol for protocol, _, _ in asyncio.run(go()).seen} == {"1.1"}


def test_an_authority_nobody_named_is_not_trusted(tmp_path: Path) -> None:
    async def go() -> Response | Rejected:
        async with serving(tmp_path, "h2") as site, Fetcher(replace(site.limits, ca_file="")) as fetcher:
            return await fetcher.get(f"{SITE}/1", purpose="feed")

    answer = asyncio.run(go())
    assert isinstance(answer, Rejected) and answer.reason == "tls"

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest

from tasks.fetch import HOPS_HEADER, Fetcher, Purpose
from tasks.net.addresses import ForbiddenAddress, GuardedBackend, is_public
from tasks.net.hosts import retry_after_seconds
from tasks.net.limits import FetchLimits, user_agent
from tests.tasks.fetch_server import BOMB, BROTLI_BOMB, HTML, PAGE, Drip, Reply, Site, serving
from warehouse.records import Rejected, Response


def limits(site: Site, **changes: Any) -> FetchLimits:
    values: dict[str, Any] = {
        "host_delay_seconds": 0.0,
        "total_seconds": 10.0,
        "read_seconds": 5.0,
        "max_bytes": 1_000_000,
        "connect_to": site.hosts(),
    }
    return FetchLimits(**{**values, **changes})


def fetch(
    pages: Mapping[str, Reply | Drip], *urls: str, purpose: Purpose = "page", **changes: Any
) -> tuple[list[Response | Rejected], Site]:
    """Fetch the addresses one after the other with one fetcher."""

    async def run() -> tuple[list[Response | Rejected], Site]:
        async with serving(dict(pages)) as site, Fetcher(limits(site, **changes)) as fetcher:
            return [await fetcher.get(url, purpose=purpose) for url in urls], site

    return asyncio.run(run())


def one(pages: Mapping[str, Reply | Drip], url: str, **changes: Any) -> Response | Rejected:
    return fetch(pages, url, **changes)[0][0]


def reason(answer: Response | Rejected) -> str:
    assert isinstance(answer, Rejected), answer
    return answer.reason


def body(answer: Response | Rejected) -> bytes:
    assert isinstance(answer, Response), answer
    return answer.body


def test_a_page_comes_with_its_headers_and_says_who_asked() -> None:
    (answer,), site = fetch(
        {"/a": (200, {**HTML, "ETag": '"x"'}, PAGE)}, "http://news.test/a", user_agent=user_agent("desk@example.org")
    )
    assert isinstance(answer, Response)
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, PAGE, '"x"')
    assert site.seen[-1][2]["user-agent"].startswith("marsad/") and "desk@example.org" in site.seen[-1][2]["user-agent"]


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("gzip", gzip.compress(PAGE[:9], mtime=0) + gzip.compress(PAGE[9:], mtime=0)),
        ("gzip", PAGE),  # named but not applied
        ("br", brotli.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("gzip, br", brotli.compress(gzip.compress(PAGE, mtime=0))),
    ],
)
def test_content_codings(coding: str, packed: bytes) -> None:
    assert body(one({"/a": (200, {**HTML, "Content-Encoding": coding}, packed)}, "http://news.test/a")) == PAGE


@pytest.mark.parametrize(("coding", "bomb"), [("gzip", BOMB), ("br", BROTLI_BOMB)])
def test_a_bomb_stops_at_the_cap(coding: str, bomb: bytes) -> None:
    assert len(bomb) < 1_000_000
    answer = one({"/a": (200, {**HTML, "Content-Encoding": coding}, bomb)}, "http://news.test/a")
    assert reason(answer) == "too_large"


def test_a_body_over_the_cap_is_not_even_read() -> None:
    async def announces(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999999999\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(30)

    assert reason(one({"/a": announces}, "http://news.test/a")) == "too_large"


def test_a_slow_drip_ends_with_the_total_time() -> None:
    async def drips(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    assert reason(one({"/a": drips}, "http://news.test/a", total_seconds=0.5)) == "timeout"


def test_silence_ends_with_the_read_time() -> None:
    async def waits(_writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    assert reason(one({"/a": waits}, "http://news.test/a", read_seconds=0.3)) == "timeout"


def test_a_broken_answer_is_no_exception() -> None:
    async def babbles(writer: asyncio.StreamWriter) -> None:
        writer.write(b"\x00\x01 not http at all\r\n\r\n")
        await writer.drain()

    assert reason(one({"/a": babbles}, "http://news.test/a")) == "connect"
    assert (
        reason(one({"/a": (200, {**HTML, "Content-Encoding": "br"}, b"\xff" * 40)}, "http://news.test/a"))
        == "bad_coding"
    )


def test_redirects_are_followed_and_told() -> None:
    pages = {
        "/old": (301, {"Location": "http://www.test/new"}, b""),
        "/new": (302, {"Location": "/now?a=1#part"}, b""),
        "/now?a=1": (200, HTML, PAGE),
    }
    answer = one(pages, "http://news.test/old")
    assert isinstance(answer, Response)
    assert (answer.url, answer.final_url) == ("http://news.test/old", "http://www.test/now?a=1")
    assert json.loads(answer.headers[HOPS_HEADER]) == [[301, "http://news.test/old"], [302, "http://www.test/new"]]


def test_a_redirect_loop_ends() -> None:
    assert reason(one({"/a": (302, {"Location": "/a"}, b"")}, "http://news.test/a", max_redirects=3)) == "redirects"


def test_a_cookie_set_on_the_way_is_sent_back_and_then_forgotten() -> None:
    pages = {"/a": (302, {"Location": "/b", "Set-Cookie": "seen=1; Path=/"}, b""), "/b": (200, HTML, PAGE)}
    _, site = fetch(pages, "http://news.test/a", "http://news.test/b")
    assert [headers.get("cookie") for _, path, headers in site.seen if path == "/b"] == ["seen=1", None]


def test_credentials_in_an_address_are_not_sent() -> None:
    _, site = fetch({"/a": (200, HTML, PAGE)}, "http://me:secret@news.test/a")
    assert "authorization" not in site.seen[-1][2]


@pytest.mark.parametrize(
    "url", ["ftp://news.test/a", "file:///etc/passwd", "javascript:alert(1)", "http://", "", "news", "http://[::1"]
)
def test_only_web_addresses(url: str) -> None:
    assert reason(one({}, url)) == "bad_url"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://news.test/", "http://[::1"])
def test_a_redirect_to_no_web_address(target: str) -> None:
    assert reason(one({"/a": (302, {"Location": target}, b"")}, "http://news.test/a")) == "bad_url"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0",
        "0x7f000001",
        "2130706433",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
        "10.0.0.1",
        "[fe80::1]",
    ],
)
def test_private_addresses_are_refused_also_behind_a_redirect(host: str) -> None:
    pages = {"/a": (302, {"Location": f"http://{host}/latest/meta-data"}, b"")}
    answers, _ = fetch(pages, f"http://{host}:9/", "http://news.test/a", obey_robots=False)
    assert list(map(reason, answers)) == ["forbidden_address"] * 2


def test_private_addresses_are_allowed_where_configured() -> None:
    async def run() -> Response | Rejected:
        allowing = FetchLimits(allow_private_addresses=True, host_delay_seconds=0)
        async with serving({"/a": (200, HTML, PAGE)}) as site, Fetcher(allowing) as fetcher:
            return await fetcher.get(f"http://{site.address}/a", purpose="page")

    assert body(asyncio.run(run())) == PAGE


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True), ("192.168.1.1", False),
        ("100.100.100.200", False), ("168.63.129.16", False), ("224.0.0.1", False), ("255.255.255.255", False),
        ("::ffff:10.0.0.1", False), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("fd00:ec2::254", False),
        ("fe80::1%eth0", False), ("nonsense", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, expected: bool) -> None:
    assert is_public(address) is expected


def test_a_name_that_changes_its_address_is_looked_up_once_and_checked_then() -> None:
    """Rebinding needs a second look-up between check and connection: there is none."""
    asked: list[str] = []

    async def rebinds(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) > 1 else ["10.0.0.1", "::1"]

    async def run() -> None:
        backend = GuardedBackend(resolve=rebinds)
        for _ in range(2):
            with pytest.raises(ForbiddenAddress):
                await backend.connect_tcp("rebind.test", 80, timeout=1)

    asyncio.run(run())
    assert asked == ["rebind.test"] * 2


def test_of_mixed_addresses_only_the_public_ones_are_connected_to() -> None:
    async def mixes(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1", "240.0.0.1"]

    async def run() -> Site:
        async with serving({}) as site:
            port = int(site.address.rpartition(":")[2])
            with pytest.raises(ForbiddenAddress):
                await GuardedBackend(resolve=mixes).connect_tcp("mixed.test", port, timeout=1)
            return site

    assert asyncio.run(run()).connections == 0


def test_names_without_an_address_and_ports_without_a_server() -> None:
    async def run() -> list[Response | Rejected]:
        async with Fetcher(FetchLimits(connect_to={"down.test": "127.0.0.1:1"}, host_delay_seconds=0)) as fetcher:
            return [await fetcher.get(f"http://{host}/", purpose="feed") for host in ("nowhere.invalid", "down.test")]

    answers = asyncio.run(run())
    assert [(answer.stage, answer.reason) for answer in answers if isinstance(answer, Rejected)] == [
        ("poll", "dns"),
        ("poll", "connect"),
    ]


def test_plain_http_on_a_tls_port() -> None:
    async def greets(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 no tls\r\n\r\n")
        await writer.drain()

    async def run() -> Response | Rejected:
        async def answers(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await greets(writer)
            writer.close()

        server = await asyncio.start_server(answers, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        async with server, Fetcher(FetchLimits(connect_to={"news.test": f"{host}:{port}"})) as fetcher:
            return await fetcher.get("https://news.test/", purpose="feed")

    assert reason(asyncio.run(run())) == "tls"


ROBOTS = b"User-agent: marsad\nDisallow: /private\nCrawl-delay: 0\n\nUser-agent: *\nDisallow: /\n"


def test_robots_rule_pages_and_are_asked_once() -> None:
    pages = {"/robots.txt": (200, {}, ROBOTS), "/a": (200, HTML, PAGE), "/private/b": (200, HTML, PAGE)}
    answers, site = fetch(pages, "http://news.test/a", "http://news.test/private/b", "http://news.test/a")
    assert body(answers[0]) == body(answers[2]) == PAGE and reason(answers[1]) == "robots"
    assert site.paths() == ["/robots.txt", "/a", "/a"]


def test_robots_rule_the_target_of_a_redirect() -> None:
    pages = {"/robots.txt": (200, {}, ROBOTS), "/a": (302, {"Location": "/private/b"}, b"")}
    assert reason(one(pages, "http://news.test/a")) == "robots"


def test_feeds_are_fetched_as_published() -> None:
    pages: dict[str, Reply | Drip] = {"/robots.txt": (200, {}, ROBOTS), "/private/feed": (200, {}, b"<rss/>")}
    answers, site = fetch(pages, "http://news.test/private/feed", purpose="feed")
    assert body(answers[0]) == b"<rss/>" and site.paths() == ["/private/feed"]


@pytest.mark.parametrize(("status", "expected"), [(404, None), (403, None), (500, "http_500"), (503, "http_503")])
def test_robots_that_cannot_be_had(status: int, expected: str | None) -> None:
    answer = one({"/robots.txt": (status, {}, b""), "/a": (200, HTML, PAGE)}, "http://news.test/a")
    assert (answer.reason if isinstance(answer, Rejected) else None) == expected


@pytest.mark.parametrize("status", [304, 404, 410, 429, 500])
def test_a_feed_is_told_every_status_and_a_page_none_but_success(status: int) -> None:
    pages: dict[str, Reply | Drip] = {"/a": (status, {"ETag": "x"}, b"")}
    answer = one(pages, "http://news.test/a", purpose="feed")
    assert isinstance(answer, Response) and (answer.status, answer.headers["etag"]) == (status, "x")
    assert reason(one(pages, "http://news.test/a")) == f"http_{status}"


def test_validators_go_out_byte_for_byte() -> None:
    async def run() -> Site:
        async with serving({"/feed": (304, {}, b"")}) as site, Fetcher(limits(site)) as fetcher:
            headers = {"If-None-Match": 'W/"a,b"', "If-Modified-Since": "Thu, 1 Jan 2026 00:00:00 +0000"}
            await fetcher.get("http://news.test/feed", headers=headers, purpose="feed")
            return site

    sent = asyncio.run(run()).seen[-1][2]
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('W/"a,b"', "Thu, 1 Jan 2026 00:00:00 +0000")


def test_media_that_are_no_page_are_not_read() -> None:
    pages = {"/a": (200, {"Content-Type": "application/pdf"}, b"%PDF"), "/b": (200, {}, PAGE)}
    answers, _ = fetch(pages, "http://news.test/a", "http://news.test/b")
    assert reason(answers[0]) == "not_html" and body(answers[1]) == PAGE


@pytest.mark.parametrize(
    ("headers", "text"), [({"cf-mitigated": "challenge"}, b""), ({}, b'<script src="/cdn-cgi/challenge-platform/x">')]
)
@pytest.mark.parametrize("purpose", ["feed", "page"])
def test_a_challenge_has_its_own_name(headers: dict[str, str], text: bytes, purpose: Purpose) -> None:
    assert reason(one({"/a": (403, headers, text)}, "http://news.test/a", purpose=purpose)) == "challenge"


def test_a_host_that_asks_for_rest_is_left_alone_and_others_are_not() -> None:
    pages: dict[str, Reply | Drip] = {"/a": (429, {"Retry-After": "120"}, b""), "/b": (200, HTML, PAGE)}
    answers, site = fetch(pages, "http://news.test/a", "http://news.test/b", "http://www.test/b", obey_robots=False)
    assert [reason(answer) for answer in answers[:2]] == ["http_429"] * 2 and body(answers[2]) == PAGE
    assert site.paths() == ["/a", "/b"]


def test_a_short_rest_is_waited_for() -> None:
    pages = {"/a": (503, {"Retry-After": "1"}, b""), "/b": (200, HTML, PAGE)}
    answers, _ = fetch(pages, "http://news.test/a", "http://news.test/b", obey_robots=False)
    assert reason(answers[0]) == "http_503" and body(answers[1]) == PAGE


def test_retry_after_in_both_forms() -> None:
    now = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
    assert retry_after_seconds(" 90 ", now) == 90
    assert retry_after_seconds("Thu, 01 Jan 2026 12:01:00 GMT", now) == 60
    assert retry_after_seconds("Thu, 01 Jan 2026 11:00:00 GMT", now) == 0
    assert retry_after_seconds("soon", now) is None and retry_after_seconds("٩", now) is None


def test_requests_to_one_host_keep_their_number_and_distance() -> None:
    busy = peak = 0

    async def serves(writer: asyncio.StreamWriter) -> None:
        nonlocal busy, peak
        busy += 1
        peak = max(peak, busy)
        await asyncio.sleep(0.05)
        busy -= 1
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()

    async def run() -> float:
        async with (
            serving({f"/{n}": serves for n in range(6)}) as site,
            Fetcher(limits(site, per_host=2, host_delay_seconds=0.02)) as fetcher,
        ):
            begun = asyncio.get_running_loop().time()
            await asyncio.gather(*(fetcher.get(f"http://news.test/{n}", purpose="feed") for n in range(6)))
            return asyncio.get_running_loop().time() - begun

    assert asyncio.run(run()) >= 5 * 0.02
    assert peak == 2


def test_connections_are_used_again() -> None:
    _, site = fetch({"/a": (200, HTML, PAGE)}, *["http://news.test/a"] * 4)
    assert len(site.seen) == 5 and site.connections == 1


def test_a_host_that_cannot_be_reached_is_not_tried_for_each_of_its_pages() -> None:
    async def run() -> list[str]:
        async with Fetcher(FetchLimits(connect_to={"down.test": "127.0.0.1:1"}, host_delay_seconds=0)) as fetcher:
            answers = [await fetcher.get(f"http://down.test/{n}", purpose="feed") for n in range(4)]
            return [answer.detail for answer in answers if isinstance(answer, Rejected) and answer.reason == "connect"]

    details = asyncio.run(run())
    assert ["not tried again" in detail for detail in details] == [False, False, True, True]

"""Thousands of ways to break a feed, made from a seed: each is read or refused by name, and never raises."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tasks.domain.feeds.parse import parse_feed
from warehouse.records import Feed, Rejected

ITEM = (
    "<item><title>عنوان {n} & أكثر</title><link>https://n.example/{n}</link><guid>g{n}</guid>"
    "<description><![CDATA[<p>نص الخبر {n}</p>]]></description><pubDate>Thu, 18 Jan 2024 10:0{n}:00 GMT</pubDate>"
    "<author>a@n.example (سامي)</author><category>سياسة</category></item>"
)
ENTRY = (
    '<entry><title type="html">عنوان {n}</title><link href="https://n.example/{n}"/><id>g{n}</id>'
    '<updated>2024-01-18T10:0{n}:00Z</updated><content type="html">&lt;p&gt;نص&lt;/p&gt;</content></entry>'
)
RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
    "<title>قناة</title><link>https://n.example/</link>{items}</channel></rss>"
)
ATOM = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>قناة</title>{items}</feed>'
WHOLE = tuple(
    shell.format(items="".join(item.format(n=n) for n in range(9))).replace(" & ", " &amp; ")
    for shell, item in ((RSS, ITEM), (ATOM, ENTRY))
)
PIECES = (
    "<![CDATA[",
    "]]>",
    "<",
    ">",
    "&",
    "&#x110000;",
    "&#0;",
    "&nbsp;",
    "&unknown;",
    "\x00",
    "\ufffe",
    "<!--",
    "-->",
    "<?xml",
    "?>",
    "<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY b '&a;&a;&a;'>]>",
    "</item>",
    "<item>",
    "</channel>",
    "<channel>",
    "</rss>",
    "<rss>",
    "<html><body>",
    "<base href='http://[::1'/>",
    "<link href='http://[' rel='hub'/>",
    "<content mode='base64' type='x'>!</content>",
    "<a:b c:d='e'>",
    "<x y=z>",
    "<x 'y'>",
    "<source>",
    "<media:content url='http://['/>",
    "<itunes:owner>",
    "<pubDate>99</pubDate>",
    "<georss:point>1</georss:point>",
    "<cloud/>",
    "<x " + " ".join(f"a{n}='1'" for n in range(60)) + ">",
    "<x y='" + "z" * 5000 + "'>",
    "<b>" * 200,
    "xml:base='http://['",
)


def _cut(source: random.Random, body: bytes) -> bytes:
    return body[: source.randrange(len(body) + 1)]


def _flip(source: random.Random, body: bytes) -> bytes:
    damaged = bytearray(body)
    for _ in range(source.randrange(1, 30)):
        damaged[source.randrange(len(damaged))] = source.randrange(256)
    return bytes(damaged)


def _insert(source: random.Random, body: bytes) -> bytes:
    for _ in range(source.randrange(1, 6)):
        at = source.randrange(len(body) + 1)
        body = (
            body[:at] + source.choice(PIECES).encode("utf-8", "surrogatepass") + body[at + source.choice((0, 0, 3)) :]
        )
    return body


def _shuffle(source: random.Random, body: bytes) -> bytes:
    tags = body.split(b"<")
    source.shuffle(tags)
    return b"<".join(tags)


def _mix(source: random.Random, body: bytes) -> bytes:
    at = source.randrange(len(body))
    text = body[at:].decode("utf-8", "ignore")
    return body[:at] + text.encode(source.choice(("utf-16", "cp1256", "iso8859-6", "cp1252")), "replace")


DAMAGES: tuple[Callable[[random.Random, bytes], bytes], ...] = (_cut, _flip, _insert, _shuffle, _mix)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__.strip("_"))
def test_damaged_feeds_are_read_or_refused(damage: Callable[[random.Random, bytes], bytes]) -> None:
    source = random.Random(20261125)
    for number in range(60):
        body = damage(source, WHOLE[number % 2].encode())
        found = parse_feed(body, url="https://n.example/feed")
        assert isinstance(found, Feed | Rejected)
        if isinstance(found, Rejected):
            assert found.reason in ("empty_body", "html_page", "not_a_feed", "too_complex", "unreadable"), found


@pytest.mark.parametrize("whole", WHOLE, ids=["rss", "atom"])
def test_a_cut_feed_gives_its_whole_items_and_no_half_one(whole: str) -> None:
    body, closing = whole.encode(), b"</item>" if "<item>" in whole else b"</entry>"
    for at in range(body.index(closing) + 10, len(body), 211):
        found = parse_feed(body[:at], url="https://n.example/feed")
        assert isinstance(found, Feed)
        assert [entry.guid for entry in found.entries] == [f"g{n}" for n in range(body[:at].count(closing))]


@pytest.mark.parametrize(
    "bomb",
    [
        "<!DOCTYPE r [<!ENTITY a '" + "x" * 100 + "'>"
        + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>",
        "<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE r SYSTEM 'http://10.0.0.1/x.dtd'>",
    ],
    ids=["laughs", "file", "remote"],
)  # fmt: skip
def test_entities_do_not_explode_and_do_not_read_files(bomb: str) -> None:
    name = "i" if "ENTITY i" in bomb else "a"
    body = RSS.format(items=f"<item><title>1 &{name}; 2</title><link>https://n.example/1</link></item>")
    found = parse_feed(body.replace("?><rss", f"?>{bomb}<rss").encode(), url="https://n.example/feed")
    titles = [entry.title for entry in found.entries] if isinstance(found, Feed) else []
    assert all(len(title) < 200_000 and "root:" not in title for title in titles)

"""Every feed beside its expectation on disk, and no bytes at all that make the parser raise."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.feeds.parse import MAX_BYTES, parse_feed
from tasks.domain.feeds.repair import MAX_LOOSE_TAGS, MAX_TAGS
from warehouse.records import Feed, Rejected

FIXTURES = Path(__file__).parents[2] / "fixtures" / "feeds"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in FIXTURES.glob("*.expected.json"))


def _body(name: str) -> bytes:
    xml = FIXTURES / f"{name}.xml"
    return (xml if xml.exists() else FIXTURES / f"{name}.json").read_bytes()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("name", NAMES)
def test_the_feed_is_what_its_expectation_says(name: str) -> None:
    expected = json.loads((FIXTURES / f"{name}.expected.json").read_text("utf-8"))
    found = parse_feed(_body(name), content_type=expected["content_type"], url=expected["url"])
    if "rejected" in expected:
        assert isinstance(found, Rejected)
        assert (found.stage, found.subject, found.reason) == ("parse", expected["url"], expected["rejected"])
        return
    assert isinstance(found, Feed), found
    assert {key: _plain(getattr(found, key)) for key in expected["feed"]} == expected["feed"]
    entries = [
        {key: _plain(getattr(one, key)) for key in want}
        for one, want in zip(found.entries, expected["entries"], strict=True)
    ]
    assert entries == expected["entries"]


def test_every_fixture_is_a_pair() -> None:
    assert len(NAMES) > 30
    assert {path.stem for path in FIXTURES.glob("*") if not path.name.endswith(".expected.json")} == set(NAMES)


def test_entries_over_the_cap_are_dropped_with_a_warning() -> None:
    for name in ("rss20", "json11", "news_sitemap", "atom10", "bare_ampersands"):
        found = parse_feed(_body(name), max_entries=2)
        assert isinstance(found, Feed)
        assert len(found.entries) == 2
        assert found.warnings == ("only the first 2 entries are read",), name


def test_what_would_take_minutes_is_refused_or_cut() -> None:
    head = b"<rss version='2.0'><channel>"
    many = parse_feed(head + b"<a>" * (MAX_TAGS + 1))
    assert isinstance(many, Rejected) and many.reason == "too_complex"
    loose = parse_feed(head + b"<a>" * (MAX_LOOSE_TAGS + 1) + b"</channel></rss>")
    assert isinstance(loose, Rejected) and loose.reason == "too_complex"
    item = b"<item><title>t" + b"</b>" * (MAX_LOOSE_TAGS // 10) + b"</title></item>"
    wide = parse_feed(head + item * 20 + b"</channel></rss>")
    assert isinstance(wide, Feed) and len(wide.entries) == 9
    assert wide.warnings == ("only the first 9 entries are read",)
    attributes = parse_feed(head + b"<item " + b"a='1' " * 201 + b"/></channel></rss>")
    assert isinstance(attributes, Rejected) and attributes.reason == "too_complex"
    big = parse_feed(b"<rss>" + b" " * MAX_BYTES)
    assert isinstance(big, Rejected) and big.reason == "too_large"


PIECES = """
<rss> <channel> <item> </item> </channel> </rss> <feed> <entry> </entry> </feed> <rdf:RDF> <urlset> <url> <loc> </url>
<title> </title> <link> <link href='http://[::1' <guid> </guid> <pubDate> </pubDate> 99999999999 <html> <author> a@b
<!DOCTYPE <!ENTITY [ ]> <![CDATA[ ]]> <!-- --> & &# &#x110000; &#0; &a; < > ' " <?xml encoding= ?> xmlns= xmlns:a='u'
a:b <a:item> xml:base='http://[' <media:content <content type='xhtml'> mode='base64'> <div> <svg> <source url='x'>
<itunes:x> {"items":[ {"version": } ] https://jsonfeed.org/version/1 أخبار \x00 \ud800
"""
HOSTILE = st.lists(st.sampled_from(PIECES.split()), max_size=40).map(
    lambda pieces: " ".join(pieces).encode("utf-8", "surrogatepass")
)


@given(HOSTILE | st.binary(max_size=300), st.sampled_from([None, "text/xml", "application/json; charset=utf-16"]))
def test_nothing_makes_it_raise(body: bytes, content_type: str | None) -> None:
    found = parse_feed(body, content_type=content_type, url="https://akhbar.example/rss")
    assert isinstance(found, Feed | Rejected)


@given(st.sampled_from(NAMES), st.integers(0, 2000), st.binary(max_size=3))
def test_no_damage_makes_it_raise(name: str, at: int, damage: bytes) -> None:
    body = _body(name)
    at = at % max(1, len(body))
    found = parse_feed(body[:at] + damage + body[at + len(damage) :])
    assert isinstance(found, Feed | Rejected)

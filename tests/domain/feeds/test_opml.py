"""Lists of feeds of every reader come in, and what goes out comes back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.articles.urls import feed_id
from tasks.domain.feeds.opml import Subscription, parse_opml, serialise_opml

LIST = """<?xml version="1.0" encoding="{encoding}"?>
<opml version="1.0"><head><title>قائمة</title></head><body>
  <outline text="صحف"><outline text="مصر">
    <outline TEXT="الميناء" XMLURL="https://a.example/rss" type="RSS" htmlUrl="https://a.example/"/>
  </outline></outline>
  <outline title="وكالة" xmlUrl=" https://b.example/?feed=rss2 "/>
  <outline text="مكرر" type="rss" xmlUrl="http://A.example/rss"/>
  <outline text="بلا رابط" type="rss"/>
  <outline text="بريد" xmlUrl="mailto:a@b.example"/>
  <outline text="فارغ"></outline>
</body></opml>"""


@pytest.mark.parametrize(
    ("written", "said"), [("utf-8", "utf-8"), ("utf-8-sig", "utf8x"), ("cp1256", "utf-8"), ("utf-16", "utf-8")]
)
def test_lists_of_other_readers(written: str, said: str) -> None:
    found, rejected = parse_opml(LIST.format(encoding=said).encode(written))
    assert found == (
        Subscription("https://a.example/rss", "الميناء", ("صحف", "مصر")),
        Subscription("https://b.example/?feed=rss2", "وكالة"),
    )
    assert [(one.subject, one.reason) for one in rejected] == [
        ("http://A.example/rss", "duplicate"),
        ("بلا رابط", "no_feed_address"),
        ("mailto:a@b.example", "no_feed_address"),
        ("فارغ", "no_feed_address"),
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml><body/></opml>", "doctype"),
        (b"<opml><body>", "not_xml"),
        (b"", "not_xml"),
        (b"<html><body/></html>", "not_opml"),
        (b"<opml/>", "not_opml"),
        (b"<opml><body>" + b"<outline text='a'>" * 11 + b"</outline>" * 11 + b"</body></opml>", "too_deep"),
        (b" " * (4 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_what_is_refused_is_named(body: bytes, reason: str) -> None:
    found, rejected = parse_opml(body)
    assert found == ()
    assert [one.reason for one in rejected] == [reason]


NAMES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
SUBSCRIPTIONS = st.lists(
    st.builds(
        Subscription,
        url=NAMES.map(lambda name: f"https://example.org/?x={name}"),
        title=NAMES,
        group=st.lists(NAMES, max_size=3).map(tuple),
        outlet=NAMES | st.just(""),
        country=st.sampled_from(["EGY", "IRQ", ""]),
        owner=NAMES | st.just(""),
        language=st.sampled_from(["ar", "fa", ""]),
    ),
    max_size=6,
    unique_by=lambda subscription: feed_id(subscription.url),
)


@given(SUBSCRIPTIONS)
def test_what_goes_out_comes_back(subscriptions: list[Subscription]) -> None:
    found, rejected = parse_opml(serialise_opml(subscriptions, "قائمة & أخرى"))
    assert found == tuple(subscriptions)
    assert rejected == ()


@given(st.binary(max_size=200))
def test_nothing_makes_it_raise(body: bytes) -> None:
    found, rejected = parse_opml(body)
    assert found or rejected

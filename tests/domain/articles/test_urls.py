"""One article has one address and one id, and two articles never share one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.articles.urls import article_id, canonical_url, feed_id

CANONICAL = [
    ("HTTP://News.Example.ORG:80/a/../b?utm_source=x&id=7&fbclid=1#top", "http://news.example.org/b?id=7"),
    ("https://example.org:443", "https://example.org/"),
    ("https://example.org:8443/a", "https://example.org:8443/a"),
    (" https://example.org/a\n/b ", "https://example.org/a/b"),
    ("https://example.org/a/b/..", "https://example.org/a/"),
    ("https://example.org/../..", "https://example.org/"),
    ("https://example.org//a//b", "https://example.org//a//b"),
    ("https://example.org/amp/amp/a/amp.html/amp/", "https://example.org/a"),
    ("https://example.org/amp", "https://example.org/amp"),
    ("https:/example.org/a", "https://example.org/a"),
    ("https://example.org/a?x=1&amp;y=2", "https://example.org/a?x=1&y=2"),
    ("https://example.org/a?x=1?utm_medium=rss", "https://example.org/a?x=1"),
    ("https://example.org/a?", "https://example.org/a"),
    ("https://example.org/news.aspx?cid=3&eid=9&gallery=4", "https://example.org/news.aspx?cid=3&eid=9&gallery=4"),
    ("https://example.org/a?ref=rss", "https://example.org/a"),
    ("https://example.org/a?ref=1204", "https://example.org/a?ref=1204"),
    ("https://example.org/%7euser/%d8%a3", "https://example.org/~user/%D8%A3"),
    (
        "https://example.org/أخبار/سلاح جديد",
        "https://example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D8%B3%D9%84%D8%A7%D8%AD%20%D8%AC%D8%AF%D9%8A%D8%AF",
    ),
    ("https://example.org/100%", "https://example.org/100%25"),
    ("https://example.org/%C7%E1", "https://example.org/%C7%E1"),
    ("https://example.org/a;jsessionid=1F3", "https://example.org/a"),
    ("https://موقع.example/أ", "https://xn--4gbrim.example/%D8%A3"),
    ("https://xn--4gbrim.example/a", "https://xn--4gbrim.example/a"),
    ("https://example.org/#!news/12", "https://example.org/#!news/12"),
    ("https://example.org/app#/news/12", "https://example.org/app#/news/12"),
    ("https://example.org/a#:~:text=x", "https://example.org/a"),
    ("https://m.example.org/a", "https://example.org/a"),
    ("https://www.m.example.org/a", "https://www.example.org/a"),
    ("https://m.com.sa/a", "https://m.com.sa/a"),
    ("https://m.amp.example.org/a", "https://example.org/a"),
    ("https://amp.example.com.sa/a/amp/", "https://example.com.sa/a"),
    ("https://example.org/amp/news/5", "https://example.org/news/5"),
    ("https://example.org/a/amp.html?amp=1", "https://example.org/a"),
    ("https://example-org.cdn.ampproject.org/c/s/example.org/news/5/amp", "https://example.org/news/5"),
    ("https://www.google.com/amp/s/example.org/news/5", "https://example.org/news/5"),
    ("https://www.google.com/url?rct=j&url=https%3A%2F%2Fexample.org%2Fa%3Fid%3D3&ct=ga", "https://example.org/a?id=3"),
    ("//example.org/a", "https://example.org/a"),
    ("../b?c=1", "https://base.example/x/b?c=1"),
    ("http://user:secret@example.org/a", "http://example.org/a"),
    ("https://[2001:DB8::1]:443/a", "https://[2001:db8::1]/a"),
    ("https:\\\\example.org\\a", "https://example.org/a"),
]

NO_ARTICLE = [
    "mailto:a@example.org",
    "javascript:alert(1)",
    "ftp://example.org/a",
    "data:text/html,x",
    "tag:example.org,2024:1",
    "urn:uuid:1",
    "http://",
    "http://[::1",
    "http://exa mple.org/",
    "http://example.org:port/",
    "http://..example.org/",
]


@pytest.mark.parametrize(("link", "expected"), CANONICAL)
def test_canonical(link: str, expected: str) -> None:
    found = canonical_url(link, "https://base.example/x/y/z")
    assert found == expected
    assert canonical_url(expected) == expected


@pytest.mark.parametrize("link", NO_ARTICLE)
def test_what_is_no_web_address_is_none(link: str) -> None:
    assert canonical_url(link, "https://base.example/") is None


def test_without_a_base_a_relative_link_is_none() -> None:
    assert canonical_url("/a/b") is None


def test_twins_are_one_article() -> None:
    twins = (
        "https://www.example.org/a/5",
        "http://example.org/a/5/",
        "https://m.example.org/a/5?utm_source=rss",
        "https://example.org/a/5/amp",
        "HTTPS://EXAMPLE.org:443/a/./5#comments",
    )
    assert len({article_id(url) for url in twins}) == 1
    assert article_id("https://example.org/a?x=1&y=2") == article_id("https://example.org/a?y=2&x=1")
    assert len(article_id(twins[0])) == 32


def test_neighbours_are_two_articles() -> None:
    for first, second in (
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/A", "https://example.org/a"),
        ("https://example.org/a", "https://ar.example.org/a"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/#!1", "https://example.org/#!2"),
    ):
        assert article_id(first) != article_id(second)


def test_feeds_differ_by_their_query() -> None:
    assert feed_id("https://example.org/?feed=rss2") != feed_id("https://example.org/?feed=atom")
    assert feed_id("http://Example.org/rss") == feed_id("https://example.org/rss#x")


LINKS = st.builds(
    lambda scheme, host, rest: f"{scheme}://{host}/{rest}",
    st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(["example.org", "m.example.org", "www.google.com", "موقع.example", "amp.example.com.eg", "[::1]"]),
    st.text(st.sampled_from("abA/.%?&=#!;:é أ\u200f\t+~'\"<>[]{}|\\^`@ampurl0123456789"), max_size=40),
)


@given(LINKS | st.text(max_size=60))
def test_canonical_is_idempotent_and_never_raises(link: str) -> None:
    once = canonical_url(link)
    if once is not None:
        assert canonical_url(once) == once
        assert once.isascii()
        assert article_id(link) == article_id(once)

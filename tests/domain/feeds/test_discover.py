"""The feeds a site names, in the order in which to try them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.feeds.discover import best, feed_links, sitemap_links, usual_addresses

PAGE = """<html><head><base href="/ar/"><title>x</title>
<link rel="alternate" type="application/json+oembed" href="/oembed?x=1">
<link rel='alternate' type='application/rss+xml' title='تعليقات الموقع' href='/comments/feed/'>
<LINK HREF=rss.xml TYPE="application/rss+xml; charset=utf-8" REL="Alternate" TITLE="كل الأخبار">
<link rel="alternate" hreflang="en" href="/en/">
<link rel="feed" href="https://feeds.example/all">
<!-- <link rel="alternate" type="application/rss+xml" href="/old.xml"> -->
<link rel="alternate" type="application/atom+xml" href="javascript:void(0)">
<link rel="alternate" type="application/atom+xml" href="http://[::1">
</head><body><a href="/politics/rss?a=1&amp;b=2">x</a><a href="/world/feed/">y</a><a href="rss.xml">z</a>
<a href="/profeeds">no</a><a href="/?feed=rss2&amp;cat=3">w</a></body></html>"""


def test_declared_feeds_come_first_and_comments_last() -> None:
    found = feed_links(PAGE, "https://news.example/page")
    assert [(link.url, link.kind, link.is_declared) for link in found] == [
        ("https://news.example/ar/rss.xml", "rss", True),
        ("https://feeds.example/all", "unknown", True),
        ("https://news.example/world/feed/", "unknown", False),
        ("https://news.example/?feed=rss2&cat=3", "unknown", False),
        ("https://news.example/comments/feed/", "rss", True),
    ]
    assert found[0].title == "كل الأخبار"
    assert best(found) == found[0]
    assert best(found[2:]) is None


def test_sitemaps_of_news_come_first() -> None:
    robots = "User-agent: *\nDisallow: /x\nSitemap: /sitemap.xml\n sitemap:https://news.example/news-sitemap.xml\n"
    robots += "Sitemap: ftp://news.example/x.xml\n"
    assert [link.url for link in sitemap_links(robots, "https://news.example/robots.txt")] == [
        "https://news.example/news-sitemap.xml",
        "https://news.example/sitemap.xml",
    ]


def test_usual_addresses_are_under_the_folder_and_the_root() -> None:
    tried = usual_addresses("https://news.example/ar/home.html")
    assert tried[0] == "https://news.example/ar/feed/"
    assert "https://news.example/rss.xml" in tried
    assert len(tried) == len(set(tried))


@given(st.text(max_size=300) | st.text("<>linka href='\"=/rel alternate", max_size=200))
def test_nothing_makes_it_raise(html: str) -> None:
    assert all(link.url.startswith("http") for link in feed_links(html, "https://news.example/"))

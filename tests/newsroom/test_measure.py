"""The pipeline's own readers on the newsroom's feeds: right titles, right moments, never a wrong day."""

from __future__ import annotations

import httpx
import pytest

from examples.newsroom import Newsroom
from examples.newsroom.content import Article, FeedSpec, Outlet, read_articles, read_outlets
from examples.newsroom.feeds import feed_articles
from tasks.domain.feeds.parse import parse_feed
from warehouse.records import Entry, Feed, Rejected

# Dates that name no time zone can be right to the day only.
_ZONELESS = {"egyptian", "moroccan", "algerian", "slashes", "aspnet", "hijri"}
FEEDS = [
    pytest.param(outlet, feed, id=feed.path)
    for outlet in read_outlets().values()
    for feed in outlet.feeds
    if feed.template != "sitemapindex.xml"
]


def _parse(room: Newsroom, client: httpx.Client, path: str) -> Feed | Rejected:
    response = client.get(room.url(path))
    return parse_feed(response.content, content_type=response.headers.get("content-type"), url=str(response.url))


@pytest.mark.parametrize(("outlet", "feed"), FEEDS)
def test_entries_are_read_as_the_manifest_has_them(
    open_room: Newsroom, client: httpx.Client, outlet: Outlet, feed: FeedSpec
) -> None:
    found = _parse(open_room, client, feed.path)
    assert isinstance(found, Feed)
    articles = feed_articles(feed, [one for one in read_articles() if one.outlet == outlet.slug])
    if feed.cut == 1:
        assert len(found.entries) == len(articles) * (2 if feed.template == "cdata.xml" else 1)
    else:
        assert 3 <= len(found.entries) < len(articles)
    for entry in found.entries:
        _compare(entry, feed, {one.title: one for one in articles})


def _compare(entry: Entry, feed: FeedSpec, by_title: dict[str, Article]) -> None:
    if feed.template != "sitemap.xml":
        article = by_title[entry.title]
        assert entry.link
        if feed.dates == "unreadable" or feed.template == "rss091.xml":
            assert entry.published is None
            assert entry.date_reason
        elif feed.dates in _ZONELESS:
            assert entry.published is not None
            assert entry.published.date() == article.published.date()
        else:
            assert entry.published == article.published


@pytest.mark.parametrize("path", ["/nakhil/rss.xml", "/nakhil/empty.xml", "/bosfor/sitemap_index.xml"])
def test_what_is_no_feed_is_rejected_with_a_reason(open_room: Newsroom, client: httpx.Client, path: str) -> None:
    found = _parse(open_room, client, path)
    assert isinstance(found, Rejected)
    assert found.reason

"""Feeds and sitemaps as bytes, with whatever is wrong with them by their outlet's declaration."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape as escape_html
from urllib.parse import unquote

from examples.newsroom.content import Article, FeedSpec, Outlet
from examples.newsroom.dates import format_moment
from examples.newsroom.pages import article_values, url_of
from examples.newsroom.rendering import escape, render, template


def feed_articles(feed: FeedSpec, articles: Sequence[Article]) -> list[Article]:
    """What stands in the feed, newest first."""
    chosen = [article for article in articles if _is_in(feed, article)]
    return sorted(chosen, key=lambda article: (article.published, article.key), reverse=True)[: feed.limit]


def _is_in(feed: FeedSpec, article: Article) -> bool:
    is_named = not feed.only or article.key in feed.only
    return is_named and article.key not in feed.skip and (not feed.sections or article.section in feed.sections)


def feed_body(base: str, outlet: Outlet, feed: FeedSpec, articles: Sequence[Article], visit: int) -> bytes:
    """The feed as sent; `visit` counts its requests, for feeds that differ each time."""
    chosen = feed_articles(feed, articles)
    items = [_item(base, outlet, feed, article, visit) for article in chosen]
    text = _json(base, outlet, feed, items) if feed.template == "json" else _xml(base, outlet, feed, items)
    return _spoil(text.encode(feed.encoding, "xmlcharrefreplace"), feed)


def _xml(base: str, outlet: Outlet, feed: FeedSpec, items: list[dict[str, str]]) -> str:
    values = escape(_channel(base, outlet, feed, items))
    rows = [escape(item) for item in items]
    for row in rows:
        row["extra"] = render(feed.item, row, {})
        row["guid_tag"] = f'<guid isPermaLink="false">{row["guid"]}</guid>' if row["guid"] else ""
    return render(
        template(feed.template),
        values | {"channel": render(feed.channel, values, {}), "prolog": _prolog(feed)},
        {"items": rows},
    )


def _prolog(feed: FeedSpec) -> str:
    return f'<?xml version="1.0" encoding="{feed.declared}"?>' if feed.declared else '<?xml version="1.0"?>'


def _json(base: str, outlet: Outlet, feed: FeedSpec, items: list[dict[str, str]]) -> str:
    channel = _channel(base, outlet, feed, items)
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": channel["feed_title"],
            "home_page_url": channel["home"],
            "feed_url": channel["feed_url"],
            "language": outlet.language,
            "items": [_json_item(item) for item in items],
        },
        ensure_ascii=False,
        indent=1,
    )


def _json_item(item: dict[str, str]) -> dict[str, object]:
    return {
        "id": item["guid"],
        "url": item["link"],
        "title": item["title"],
        "summary": item["summary"],
        "content_html": item["html"],
        "date_published": item["date"],
        "authors": [{"name": item["author"]}],
    }


def _channel(base: str, outlet: Outlet, feed: FeedSpec, items: list[dict[str, str]]) -> dict[str, str]:
    return {
        "feed_title": feed.title,
        "feed_url": url_of(base, feed.path),
        "base": base,
        "home": f"{base}/{outlet.slug}/",
        "outlet": outlet.name,
        "description": outlet.description,
        "language": outlet.language,
        "updated": items[0]["date"] if items else "",
    }


def _item(base: str, outlet: Outlet, feed: FeedSpec, article: Article, visit: int) -> dict[str, str]:
    values = article_values(base, outlet, article)
    link = _link(values["url"], base, outlet, feed, article)
    changed = article.modified or article.published
    return values | {
        "link": link,
        "guid": _guid(feed, article, values["url"], visit),
        "date": format_moment(article.published, feed.dates, outlet.offset),
        "changed": format_moment(changed, feed.dates, outlet.offset),
        "html": "".join(f"<p>{escape_html(text, quote=False)}</p>" for text in article.paragraphs),
        "visit": str(visit),
    }


def _link(url: str, base: str, outlet: Outlet, feed: FeedSpec, article: Article) -> str:
    if article.link:
        url = url_of(base, article.link)
    elif feed.link_twin:
        url = url_of(base, outlet.address(article, feed.link_twin))
    if feed.link_host and not base[-1].isdecimal():
        url = url.replace("://", f"://{feed.link_host}", 1)
    suffix = feed.link_suffix
    if feed.link_form == "iri":
        url = unquote(url)
    elif feed.link_form == "lower":
        url = re.sub("%[0-9A-F]{2}", lambda escape: escape[0].lower(), url)
    return url + (suffix.replace("?", "&", 1) if "?" in url else suffix)


def _guid(feed: FeedSpec, article: Article, url: str, visit: int) -> str:
    if feed.guid == "number":
        return f"{article.number} at {article.outlet}"
    if feed.guid == "churn":
        return f"{article.number}-{visit:06}"
    return "" if feed.guid == "none" else url


def _spoil(body: bytes, feed: FeedSpec) -> bytes:
    # A lone lead byte of two-byte UTF-8, as left behind by a summary cut at a byte count.
    body = body.replace(b"</description>", b"\xd8</description>", feed.bad_bytes) if feed.bad_bytes else body
    return body[: int(len(body) * feed.cut)]

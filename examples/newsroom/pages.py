"""The HTML of articles, front pages and listings: pure, from the records and the template files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from examples.newsroom.content import Article, Outlet
from examples.newsroom.dates import format_moment
from examples.newsroom.rendering import Values, escape, render, template

_RELATED = 5


def url_of(base: str, path: str) -> str:
    return base + quote(path, safe="/?=&%-._~:")


def article_page(base: str, outlet: Outlet, article: Article, others: Sequence[Article], twin: str = "") -> str:
    """The page of one article, or its `twin` ("amp", "mobile"), among the outlet's other articles."""
    name = f"{twin}.html" if twin else article.page or outlet.template or f"{outlet.slug}.html"
    values = escape(article_values(base, outlet, article))
    rows = {
        "paragraphs": [escape({"paragraph": text}) for text in article.paragraphs],
        "related": [escape(_card(base, outlet, other)) for other in others if other.key != article.key][:_RELATED],
        "latest": [escape(_card(base, outlet, other)) for other in reversed(others)][:_RELATED],
    }
    return render(template(name), values, rows)


def listing_page(base: str, outlet: Outlet, articles: Sequence[Article], title: str) -> str:
    """A front page or a section: the feeds as rel=alternate links, then the articles."""
    home = {"title": title, "outlet": outlet.name, "description": outlet.description, "language": outlet.language}
    rows = {
        "feeds": [escape(_feed_link(base, outlet, i)) for i in range(len(outlet.feeds))],
        "articles": [escape(_card(base, outlet, article)) for article in articles],
    }
    return render(template("home.html"), escape(home | {"home": f"{base}/{outlet.slug}/"}), rows)


def article_values(base: str, outlet: Outlet, article: Article) -> dict[str, str]:
    changed = article.modified or article.published
    return {
        "base": base,
        "home": f"{base}/{outlet.slug}/",
        "url": url_of(base, article.path),
        "place": url_of("", article.path),
        "amp_url": url_of(base, outlet.address(article, "amp")),
        "mobile_url": url_of(base, outlet.address(article, "mobile")),
        "outlet": outlet.name,
        "description": outlet.description,
        "title": article.title,
        "summary": article.summary,
        "section": article.section,
        "author": article.author or outlet.name,
        "credit": article.credit,
        "number": str(article.number),
        "language": article.language,
        "body": "\n".join(article.paragraphs),
        "date_line": format_moment(article.published, outlet.dates, outlet.offset),
        "changed_line": format_moment(changed, outlet.dates, outlet.offset),
        "iso": format_moment(article.published, "iso", outlet.offset),
        "iso_changed": format_moment(changed, "iso", outlet.offset),
        "day": format_moment(article.published, "day", outlet.offset),
        "year": str(article.published.year),
    }


def _card(base: str, outlet: Outlet, article: Article) -> Values:
    return {
        "card_url": url_of(base, article.path),
        "card_title": article.title,
        "card_summary": article.summary,
        "card_date": _day(article.published, outlet),
    }


def _day(moment: datetime, outlet: Outlet) -> str:
    return format_moment(moment, "day", outlet.offset)


def _feed_link(base: str, outlet: Outlet, index: int) -> Values:
    feed = outlet.feeds[index]
    return {"feed_type": feed.content_type, "feed_title": feed.title, "feed_url": url_of(base, feed.path)}

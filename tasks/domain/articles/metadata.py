"""Everything about a page's article but its body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import islice
from urllib.parse import urljoin, urlsplit

from tasks.domain.articles.authors import clean_authors
from tasks.domain.articles.dates import PageDates, page_dates
from tasks.domain.articles.structured import ArticleData, read_structured
from tasks.domain.articles.titles import clean_title, site_in_title, visible_headline
from tasks.domain.articles.tree import Element, Tree, element_text, meta_named, meta_values, one_line
from tasks.domain.articles.urls import canonical_url
from warehouse.records import Entry

_BYLINES = (
    './/*[@itemprop="author"]//*[@itemprop="name"]',
    './/*[@itemprop="author"]',
    './/a[contains(concat(" ", @rel, " "), " author ")]',
    './/*[contains(concat(" ", @class, " "), " byline ") or contains(concat(" ", @class, " "), " author ") or '
    'contains(@class, "author-name") or contains(@class, "author_name") or contains(@class, "post-author")]',
)
_AUTHOR_ITEM = re.compile(r"(?:author|الكاتبة?)\s*[,،:]", re.IGNORECASE)
_MAX_BYLINE = 100
_MAX_HEADINGS = 20


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """`data` is the JSON-LD, `kind` the lower-case OpenGraph type ("article", "website", "video.other", ...)."""

    title: str
    authors: tuple[str, ...]
    dates: PageDates
    canonical_url: str | None
    site_name: str | None
    kind: str
    data: ArticleData
    page_title: str
    linked_headings: int = 0


def read_metadata(
    tree: Tree, *, url: str | None, entry: Entry | None, now: datetime | None, clock: tzinfo | None = None
) -> PageMetadata:
    """Read a page's metadata; in every field JSON-LD is believed before OpenGraph and other meta elements, these
    before the feed entry, and the entry before what the page shows.

    Only the title is taken from the headline shown, where it is one, for outlets state others for search engines.
    Titles lose the outlet's name, bylines their roles; `now` bounds the dates a page may claim; `clock` is that of the
    outlet.
    """
    meta, data = meta_values(tree), read_structured(tree)
    sites = [name.lstrip("@") for name in (*meta_named(meta, "site"), data.publisher) if name]
    document_title = _document_title(tree)
    canonical = _canonical(tree, meta, data, url)
    title = clean_title(_titles(tree, meta, data, entry, sites), sites, url)
    sites += [name for name in (site_in_title(document_title, title),) if name]
    return PageMetadata(
        title=title,
        authors=_authors(tree, meta, data, entry, sites),
        dates=page_dates(tree, meta, data, url or canonical, entry, now, clock),
        canonical_url=canonical,
        site_name=sites[0] if sites else None,
        kind=next(iter(meta.get("og:type", ())), "").lower(),
        data=data,
        page_title=document_title,
        linked_headings=len(tree.xpath("//h2[.//a] | //h3[.//a] | //a[.//h2 or .//h3]")),
    )


def _titles(
    tree: Tree, meta: dict[str, list[str]], data: ArticleData, entry: Entry | None, sites: list[str]
) -> list[str]:
    stated = [data.headline if data.is_article else "", *meta_named(meta, "title"), entry.title if entry else ""]
    stated.append(_document_title(tree))
    headings = [text for text in map(element_text, tree.iter("h1")) if text]
    # Lower headings come last: they only confirm where a stated title ends and the outlet's name begins.
    lower = [element_text(heading) for heading in islice(tree.iter("h2", "h3"), _MAX_HEADINGS)]
    return [visible_headline(headings, stated, sites), *stated, *lower]


def _document_title(tree: Tree) -> str:
    element = tree.find(".//title")
    return element_text(element) if element is not None else ""


def _authors(
    tree: Tree, meta: dict[str, list[str]], data: ArticleData, entry: Entry | None, sites: list[str]
) -> tuple[str, ...]:
    for bylines in (data.authors, tuple(meta_named(meta, "author")), entry.authors if entry else ()):
        authors = clean_authors(bylines, sites)
        if authors:
            return authors
    return clean_authors(_shown_bylines(tree), sites)


def _shown_bylines(tree: Tree) -> list[str]:
    for path in _BYLINES:
        texts = [text for element in tree.xpath(path)[:5] for text in _byline_texts(element)]
        texts = [text for text in texts if 2 < len(text) <= _MAX_BYLINE]
        if texts:
            return texts
    return []


def _byline_texts(element: Element) -> list[str]:
    """Take a byline apart where it is a list of roles and names ("Author, ...", "Role, ...")."""
    if element.get("content"):
        return [one_line(element.get("content"))]
    items = [element_text(item) for item in element.iter("li")]
    named = [text for text in items if _AUTHOR_ITEM.match(text)]
    return named if items else [element_text(element)]


def _canonical(tree: Tree, meta: dict[str, list[str]], data: ArticleData, url: str | None) -> str | None:
    links = (link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    for candidate in (*links, *meta.get("og:url", ()), data.url):
        absolute = _absolute(candidate, url)
        if absolute and not _is_home(absolute, url):
            return canonical_url(absolute)
    return None


def _absolute(candidate: str | None, url: str | None) -> str | None:
    if not candidate or not candidate.strip():
        return None
    try:
        absolute = urljoin(url or "", candidate.strip())
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if parts.scheme in ("http", "https") and parts.hostname else None


def _is_home(absolute: str, url: str | None) -> bool:
    """Tell the home page given as the canonical address of an article, a common template mistake."""
    parts = urlsplit(absolute)
    return not parts.path.strip("/") and not parts.query and bool(url and urlsplit(url).path.strip("/"))

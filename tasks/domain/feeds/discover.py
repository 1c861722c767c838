"""Where a site keeps its feeds: what its pages and its robots.txt say, and the addresses worth a try."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Literal
from urllib.parse import urljoin, urlsplit

from tasks.domain.feeds.markup import plain_text
from tasks.domain.feeds.repair import outside_sections

FeedKind = Literal["rss", "atom", "json", "sitemap", "unknown"]


@dataclass(frozen=True, slots=True)
class FeedLink:
    """An address that claims to be a feed; `is_declared` says that the page's head names it as one."""

    url: str
    title: str
    kind: FeedKind
    is_declared: bool


_LONGEST = 2_000_000
_TAG = re.compile(r"<(link|a|base)\s([^<>]{1,4000})>", re.I)
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_TYPES: dict[str, FeedKind] = {
    "application/rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "application/json": "json",
}
_LIKELY = re.compile(
    r"(?:^|[/._-])(?:rss|feeds?|atom|rdf)(?:\d|2\.0|_?ar|_?arabic)?(?:\.(?:xml|rss|php|aspx?|ashx|json))?/?$|[?&]feed=",
    re.I,
)
_COMMENTS = re.compile(r"comment|تعليق|oembed|wp-json", re.I)
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.I | re.M)
# Where the common publishing systems put theirs, the commonest first.
_USUAL = (
    "feed/",
    "rss.xml",
    "rss",
    "feed.xml",
    "atom.xml",
    "index.xml",
    "feed.json",
    "news-sitemap.xml",
    "sitemap_news.xml",
)


def feed_links(html: str, url: str) -> tuple[FeedLink, ...]:
    """Feeds the page names, declared ones first, feeds of comments last; each address once. `url` is the page's."""
    tags = list(_tags(html[:_LONGEST]))
    base = next((_joined(url, attributes.get("href", "")) for name, attributes in tags if name == "base"), url) or url
    found: dict[str, FeedLink] = {}
    for name, attributes in tags:
        link = _declared(attributes, base) if name == "link" else _anchor(attributes, base) if name == "a" else None
        if link and (link.url not in found or link.is_declared > found[link.url].is_declared):
            found[link.url] = link
    return tuple(sorted(found.values(), key=_rank))


def sitemap_links(robots_txt: str, url: str) -> tuple[FeedLink, ...]:
    """Sitemaps named by robots.txt, those of news first."""
    addresses = dict.fromkeys(filter(None, (_joined(url, found) for found in _SITEMAP.findall(robots_txt))))
    links = (FeedLink(address, "", "sitemap", True) for address in addresses)
    return tuple(sorted(links, key=lambda link: "news" not in urlsplit(link.url).path.lower()))


def usual_addresses(url: str) -> tuple[str, ...]:
    """Addresses to try on a site that names no feed: under the page's folder first, then under the root."""
    folders = dict.fromkeys((url if url.endswith("/") else urljoin(url, "."), urljoin(url, "/")))
    return tuple(dict.fromkeys(urljoin(folder, name) for folder in folders for name in _USUAL))


def _tags(html: str) -> Iterator[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []

    def collect(part: str) -> str:
        found.extend((tag[1].lower(), _attributes(tag[2])) for tag in _TAG.finditer(part))
        return part

    outside_sections(html, collect)
    yield from found


def _attributes(text: str) -> dict[str, str]:
    # The first of two attributes of one name counts, as in browsers.
    pairs = [(name.lower(), unescape(a or b or c).strip()) for name, a, b, c in _ATTRIBUTE.findall(text)]
    return dict(reversed(pairs))


def _joined(base: str, address: str) -> str | None:
    try:
        joined = urljoin(base, address)
        return joined if urlsplit(joined).scheme in ("http", "https") and urlsplit(joined).hostname else None
    except ValueError:
        return None


def _declared(attributes: dict[str, str], base: str) -> FeedLink | None:
    rels = attributes.get("rel", "").lower().split()
    kind = _TYPES.get(attributes.get("type", "").split(";")[0].strip().lower())
    if not ("feed" in rels or ("alternate" in rels and kind)) or not attributes.get("href"):
        return None
    address = _joined(base, attributes["href"])
    return FeedLink(address, plain_text(attributes.get("title", "")), kind or "unknown", True) if address else None


def _anchor(attributes: dict[str, str], base: str) -> FeedLink | None:
    kind = _TYPES.get(attributes.get("type", "").lower())
    address = _joined(base, attributes.get("href", "")) if attributes.get("href") else None
    if not address or not (kind or _LIKELY.search(address.partition("#")[0])):
        return None
    return FeedLink(address.partition("#")[0], plain_text(attributes.get("title", "")), kind or "unknown", False)


def _rank(link: FeedLink) -> tuple[bool, bool, bool]:
    return (bool(_COMMENTS.search(link.url + " " + link.title)), not link.is_declared, link.kind == "json")


def best(links: Iterable[FeedLink]) -> FeedLink | None:
    """The first declared feed that is not one of comments."""
    return next((link for link in links if link.is_declared and not _rank(link)[0]), None)

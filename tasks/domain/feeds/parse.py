"""One feed, of any format and in any state, from bytes to a record or to the reason why not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import tzinfo

from tasks.domain.articles.decode import Decoded, decode
from tasks.domain.feeds.json_feed import parse_json
from tasks.domain.feeds.repair import Prepared, prepare, single_items
from tasks.domain.feeds.sitemap import parse_sitemap, sitemap_locations
from tasks.domain.feeds.xml_feed import parse_xml
from tasks.domain.feeds.zones import zone_of
from warehouse.records import Feed, Rejected, Response

MAX_ENTRIES = 2000
MAX_BYTES = 16 * 1024 * 1024

_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,200})", re.I)


def parse_feed(
    body: bytes,
    *,
    content_type: str | None = None,
    url: str | None = None,
    max_entries: int = MAX_ENTRIES,
    clock: tzinfo | None = None,
) -> Feed | Rejected:
    """Never raises. `url` is the address the body came from in the end; relative links are resolved against it.

    `clock` is the outlet's, for dates that name no zone.
    """
    if not body.strip():
        return _rejected(url, "empty_body")
    if len(body) > MAX_BYTES:
        return _rejected(url, "too_large", f"{len(body)} bytes, at most {MAX_BYTES} are parsed")
    decoded = decode(body, content_type)
    found = _parse(decoded.text, url, max_entries, clock)
    return _with_encoding(found, decoded) if isinstance(found, Feed) else found


def parse_answer(answer: Response, *, max_entries: int = MAX_ENTRIES, country: str | None = None) -> Feed | Rejected:
    """Parse what came back for a request, with its type, its final address and the outlet's country."""
    kind, clock = answer.headers.get("content-type"), zone_of(country)
    return parse_feed(answer.body, content_type=kind, url=answer.final_url, max_entries=max_entries, clock=clock)


def _parse(text: str, url: str | None, max_entries: int, clock: tzinfo | None) -> Feed | Rejected:
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        return parse_json(start, url, max_entries, clock) or _rejected(url, "not_a_feed", _beginning(start))
    prepared = prepare(start, max_entries)
    if prepared.problem:
        title = _TITLE.search(start)
        return _rejected(url, prepared.problem, title[1].strip() if title else "")
    if prepared.root == "sitemapindex":
        return _rejected(url, "sitemap_index", " ".join(sitemap_locations(prepared.text)[:50]))
    if prepared.root == "urlset":
        feed: Feed | Rejected = parse_sitemap(prepared.text, max_entries, clock)
    else:
        feed = _parse_xml(prepared, url, clock)
    if isinstance(feed, Rejected):
        return feed
    return replace(feed, entries=feed.entries[:max_entries], warnings=(*prepared.warnings, *feed.warnings))


def _parse_xml(prepared: Prepared, url: str | None, clock: tzinfo | None) -> Feed | Rejected:
    feed = _tried(prepared.text, url, clock)
    if isinstance(feed, Rejected):
        feed = _item_by_item(prepared, url, clock, feed)
    if isinstance(feed, Rejected) or feed.version:
        return feed
    if not feed.entries and not prepared.root:
        return _rejected(url, "not_a_feed", _beginning(prepared.text))
    return replace(feed, version="cdf" if prepared.root == "channel" else prepared.root or "")


def _tried(text: str, url: str | None, clock: tzinfo | None) -> Feed | Rejected:
    try:
        return parse_xml(text, url, clock)
    except Exception as error:
        # feedparser has no exceptions of its own: what ill-formed input trips over inside it can be anything.
        return _rejected(url, "unreadable", f"{type(error).__name__}: {error}"[:200])


def _item_by_item(prepared: Prepared, url: str | None, clock: tzinfo | None, failed: Rejected) -> Feed | Rejected:
    """Save the items that can be read one at a time from a feed that cannot be read as a whole."""
    singles = [_tried(text, url, clock) for text in single_items(prepared.text)]
    feeds = [single for single in singles if isinstance(single, Feed)]
    if not any(feed.entries for feed in feeds):
        return failed
    lost = len(singles) - len(feeds)
    warning = f"read item by item, {lost} lost: {failed.detail}"
    return replace(feeds[0], entries=tuple(entry for feed in feeds for entry in feed.entries), warnings=(warning,))


def _with_encoding(feed: Feed, decoded: Decoded) -> Feed:
    if decoded.how == "repaired":
        return replace(feed, warnings=(*feed.warnings, f"encoding repaired: {decoded.encoding}"))
    if decoded.replaced:
        return replace(feed, warnings=(*feed.warnings, f"{decoded.replaced} bytes are not {decoded.encoding}"))
    return feed


def _beginning(text: str) -> str:
    return " ".join(text[:200].split())[:80]


def _rejected(url: str | None, reason: str, detail: str = "") -> Rejected:
    return Rejected("parse", url or "", reason, detail)

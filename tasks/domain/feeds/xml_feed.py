"""RSS, RDF, Atom and CDF through feedparser, on repaired text in memory and with our own dates.

feedparser's sanitiser and its resolving of links inside markup are off: they take most of its time, and what is kept
of the markup is never shown as markup. Its dates are not used: it reads 2015/07/22 as the first of the month.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import Any
from urllib.parse import urljoin

import feedparser

from tasks.domain.feeds.dates import ParsedDate, infer_day_first, read_date
from tasks.domain.feeds.markup import plain_text
from warehouse.records import Entry, Feed

Fields = dict[str, Any]

_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_PREFIX = re.compile(
    r"(</?)[\w.-]{1,40}:(?=(?:rss|channel|feed|item|entry|title|link|description|summary|content|guid|id|pubdate"
    r"|published|updated|author|language|ttl)[\s/>])",
    re.I,
)
_DEFAULT_NAMESPACE = re.compile(r"\sxmlns\s*=\s*(?:\"[^\"]{0,300}\"|'[^']{0,300}')")
_HAS_ITEM = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s/>]", re.I)
_WEB = re.compile(r"https?://", re.I)


def parse_xml(text: str, url: str | None, clock: tzinfo | None = None) -> Feed:
    """`text` has no XML declaration; `url` resolves relative links. A version of "" means: this is no feed."""
    parsed = _feedparser(text)
    if not parsed["entries"] and _HAS_ITEM.search(text):
        # An unknown namespace hides the items from feedparser: let the names speak without it.
        bare = _feedparser(_DEFAULT_NAMESPACE.sub("", _PREFIX.sub(r"\1", text)))
        parsed = bare if bare["entries"] else parsed
    return _feed(parsed, url, clock)


def _feedparser(text: str) -> Fields:
    # Without a content-location: feedparser would make an address of every guid that is only a number.
    parsed: Fields = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    return parsed


def _feed(parsed: Fields, url: str | None, clock: tzinfo | None) -> Feed:
    head, found = parsed["feed"], parsed["entries"]
    day_first = infer_day_first(date for entry in found for date in _dates(entry).values())
    entries = tuple(_entry(entry, url, day_first, clock) for entry in found)
    return Feed(
        version=parsed.get("version") or "",
        title=plain_text(_text(head, "title")),
        link=_resolved(_text(head, "link"), url),
        language=_text(head, "language") or None,
        entries=entries,
        ttl_minutes=_whole(_text(head, "ttl")),
        update_minutes=_update_minutes(head),
        hub=next((link["href"] for link in _links(head) if link.get("rel") == "hub" and link.get("href")), None),
    )


def _text(fields: Fields, key: str) -> str:
    # Not fields.get(): feedparser's dictionaries answer for absent keys with other ones, and warn of it.
    value = dict.get(fields, key)
    return value.strip() if isinstance(value, str) else ""


def _links(fields: Fields) -> Iterator[Fields]:
    yield from (link for link in dict.get(fields, "links") or () if isinstance(link, dict))


def _dates(entry: Fields) -> dict[str, str]:
    return {key: text for key in ("published", "created", "updated") if (text := _text(entry, key))}


def _entry(entry: Fields, url: str | None, day_first: bool | None, clock: tzinfo | None) -> Entry:
    read = {key: read_date(text, day_first=day_first, clock=clock) for key, text in _dates(entry).items()}
    published = _first_read(read.get(key) for key in ("published", "created", "updated"))
    updated = read.get("updated")
    return Entry(
        guid=_text(entry, "id") or None,
        link=_link(entry, url),
        title=plain_text(_text(entry, "title")),
        summary=plain_text(_text(entry, "summary")),
        published=published.when,
        updated=updated.when if updated else None,
        date_reason=published.reason if published.when is None else None,
        content=_content(entry),
        authors=tuple(_authors(entry)),
    )


def _first_read(dates: Iterable[ParsedDate | None]) -> ParsedDate:
    """The first that was read; else the first, which says why it was not."""
    given = [date for date in dates if date]
    return next((date for date in given if date.when), given[0] if given else ParsedDate(None, "no date given"))


def _link(entry: Fields, url: str | None) -> str | None:
    original = _text(entry, "feedburner_origlink")
    if original:
        return _resolved(original, url)
    link, guid = _text(entry, "link"), _text(entry, "id")
    if link == guid and not _WEB.match(guid) and "/" not in guid:
        link = ""  # feedparser takes any guid for a link, also a bare number
    if not _WEB.match(link):
        alternates = [_text(item, "href") for item in _links(entry) if item.get("rel") == "alternate"]
        link = next((other for other in alternates if _WEB.match(other)), link or next(filter(None, alternates), ""))
    return _resolved(link, url)


def _resolved(link: str, url: str | None) -> str | None:
    try:
        return urljoin(url or "", "".join(link.split("\n"))) if link else None
    except ValueError:
        return link or None


def _content(entry: Fields) -> str:
    values = [_text(body, "value") for body in dict.get(entry, "content") or () if isinstance(body, dict)]
    return max(values, key=len, default="")


def _authors(entry: Fields) -> Iterator[str]:
    named = [_text(author, "name") for author in dict.get(entry, "authors") or () if isinstance(author, dict)]
    names = [plain_text(name) for name in named if name] or [plain_text(_text(entry, "author"))]
    yield from dict.fromkeys(name for name in names if name)


def _whole(text: str) -> int | None:
    found = re.match(r"\s*(\d{1,6})", text)
    return int(found[1]) if found and int(found[1]) > 0 else None


def _update_minutes(head: Fields) -> int | None:
    period = _PERIODS.get(_text(head, "sy_updateperiod").lower())
    return max(1, period // (_whole(_text(head, "sy_updatefrequency")) or 1)) if period else None

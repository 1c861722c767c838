"""News sitemaps (sitemaps.org with Google's news extension) read as feeds: sites without RSS often have one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from itertools import chain, islice
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from tasks.domain.feeds.dates import read_date
from tasks.domain.feeds.markup import plain_text
from warehouse.records import Entry, Feed

_CHUNK = 64 * 1024


def parse_sitemap(text: str, max_entries: int, clock: tzinfo | None = None) -> Feed:
    """Entries before the first ill-formed place are kept; the language is the first one named."""
    warnings: list[str] = []
    found = list(islice(_elements(text, "url", warnings), max_entries))
    languages = (_text(element, "language") for element in found)
    return Feed(
        version="sitemap",
        title=next((_text(element, "name") for element in found if _text(element, "name")), ""),
        link=None,
        language=next((language for language in languages if language), None),
        entries=tuple(_entry(element, clock) for element in found),
        warnings=tuple(warnings),
    )


def sitemap_locations(text: str) -> tuple[str, ...]:
    """The sitemaps an index names."""
    return tuple(location for element in _elements(text, "sitemap", []) if (location := _text(element, "loc")))


def _elements(text: str, name: str, warnings: list[str]) -> Iterator[Element]:
    parser: XMLPullParser[Element] = XMLPullParser(("end",))
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK])
            yield from _ended(parser, name)
    except ParseError as error:
        warnings.append(f"truncated: {error}")


def _ended(parser: XMLPullParser[Element], name: str) -> Iterator[Element]:
    """The elements that ended; a ParseError that stopped the parser comes last."""
    for event in parser.read_events():
        element: object = event[-1]
        if isinstance(element, Element) and _local(element) == name:
            yield element


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _text(element: Element, name: str) -> str:
    for child in chain(element, *element):
        if _local(child) == name:
            return " ".join((child.text or "").split())
    return next((_text(child, name) for child in element if _local(child) == "news" and name != "news"), "")


def _entry(element: Element, clock: tzinfo | None) -> Entry:
    published = read_date(_text(element, "publication_date"), clock=clock)
    updated = read_date(_text(element, "lastmod"), clock=clock)
    when = published.when or updated.when
    return Entry(
        guid=None,
        link=_text(element, "loc") or None,
        title=plain_text(_text(element, "title")),
        summary="",
        published=when,
        updated=updated.when,
        date_reason=None if when else ("no date given" if published.reason == "empty" else published.reason),
    )

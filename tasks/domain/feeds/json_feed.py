"""JSON Feed 1.0 and 1.1 (jsonfeed.org), also where the end of it is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from typing import Any
from urllib.parse import urljoin

from tasks.domain.feeds.dates import read_date
from tasks.domain.feeds.markup import plain_text
from warehouse.records import Entry, Feed

_VERSION = re.compile(r"jsonfeed\.org/version/(\d)(?:\.(\d))?")
_ITEMS = re.compile(r'"items"\s*:\s*\[')


def parse_json(text: str, url: str | None, max_entries: int, clock: tzinfo | None = None) -> Feed | None:
    """None if the text is no JSON Feed; complete items before a broken end are kept, with a warning."""
    warnings: tuple[str, ...] = ()
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document, warnings = _salvaged(text), ("truncated: what follows the last whole item is dropped",)
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return None
    items = document["items"]
    if len(items) > max_entries:
        warnings = (*warnings, f"only the first {max_entries} entries are read")
    return Feed(
        version=_version(_text(document, "version")),
        title=plain_text(_text(document, "title")),
        link=_text(document, "home_page_url") or None,
        language=_text(document, "language") or None,
        entries=tuple(_entry(item, url, clock) for item in items[:max_entries] if isinstance(item, dict)),
        hub=next(_hubs(document), None),
        warnings=warnings,
    )


def _salvaged(text: str) -> dict[str, Any] | None:
    found = _ITEMS.search(text)
    if not found or not _VERSION.search(text):
        return None
    head: dict[str, Any] = {}
    for key in ("version", "title", "home_page_url", "language"):
        value = re.search(rf'"{key}"\s*:\s*("(?:[^"\\]|\\.){{0,2000}}")', text[: found.start()])
        if value:
            head[key] = json.loads(value[1], strict=False)
    return {**head, "items": list(_whole_items(text, found.end()))}


def _whole_items(text: str, at: int) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)
    while (start := text.find("{", at)) >= 0:
        try:
            item, at = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            return
        yield item


def _version(text: str) -> str:
    found = _VERSION.search(text)
    return f"json{found[1]}{(found[2] or '').strip('0')}" if found else "json"


def _text(fields: Mapping[str, Any], key: str) -> str:
    value = fields.get(key)
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and key == "id" else ""


def _hubs(document: Mapping[str, Any]) -> Iterator[str]:
    hubs = document.get("hubs")
    yield from (_text(hub, "url") for hub in (hubs if isinstance(hubs, list) else ()) if isinstance(hub, dict))


def _entry(item: Mapping[str, Any], url: str | None, clock: tzinfo | None) -> Entry:
    published = read_date(_text(item, "date_published"), clock=clock)
    updated = read_date(_text(item, "date_modified"), clock=clock)
    when = published.when or updated.when
    html, text = _text(item, "content_html"), _text(item, "content_text")
    return Entry(
        guid=_text(item, "id") or None,
        link=_resolved(_text(item, "url") or _text(item, "external_url"), url),
        title=plain_text(_text(item, "title")),
        summary=plain_text(_text(item, "summary") or html) or " ".join(text.split()),
        published=when,
        updated=updated.when,
        date_reason=None if when else ("no date given" if published.reason == "empty" else published.reason),
        content=html or text,
        authors=tuple(dict.fromkeys(_authors(item))),
    )


def _resolved(link: str, url: str | None) -> str | None:
    try:
        return urljoin(url or "", link) if link else None
    except ValueError:
        return link


def _authors(item: Mapping[str, Any]) -> Iterator[str]:
    listed = item.get("authors")
    people: Iterable[Any] = listed if isinstance(listed, list) else (item.get("author"),)
    yield from (name for person in people if isinstance(person, dict) and (name := plain_text(_text(person, "name"))))

"""`marsad feed`: parse feed files and print what is in them."""

from __future__ import annotations

from typing import Any

from flows.commands.on_files import (
    ContentTypeOption,
    FilesArgument,
    ManifestOption,
    Rows,
    UrlOption,
    Work,
    iso,
    print_each,
    rejection,
)
from flows.console import DEFAULT_CONFIG, ConfigOption, settings_or_defaults
from warehouse.records import Entry, Feed, Rejected


def feed(
    files: FilesArgument = None,
    url: UrlOption = None,
    content_type: ContentTypeOption = None,
    manifest: ManifestOption = None,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Parse feed files (RSS, RDF, Atom, JSON Feed) and print one JSON line a file."""
    from tasks.domain.feeds.parse import parse_feed

    settings = settings_or_defaults(config)

    def rows(work: Work) -> Rows:
        for document, body in work:
            parsed = parse_feed(
                body, content_type=document.content_type, url=document.url, max_entries=settings.ingest.max_entries
            )
            yield {"file": document.file, **_row(parsed)}

    print_each(rows, files, manifest, url, content_type)


def _row(parsed: Feed | Rejected) -> dict[str, Any]:
    if isinstance(parsed, Rejected):
        return {"version": "", "entries": [], **rejection(parsed)}
    entries = [_entry(entry) for entry in parsed.entries]
    return {"version": parsed.version, "title": parsed.title, "entries": entries, "warnings": list(parsed.warnings)}


def _entry(entry: Entry) -> dict[str, Any]:
    row = {"id": entry.guid, "link": entry.link, "title": entry.title, "published": iso(entry.published)}
    if entry.date_reason:
        row["date_reason"] = entry.date_reason
    return {**row, "summary": entry.summary}

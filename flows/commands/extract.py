"""`marsad extract`: take the article out of HTML files."""

from __future__ import annotations

from dataclasses import replace
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
from tasks.batches import batched
from warehouse.records import Page, Rejected

_BATCH = 64


def extract(
    files: FilesArgument = None,
    url: UrlOption = None,
    content_type: ContentTypeOption = None,
    manifest: ManifestOption = None,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Extract the article from HTML files and print one JSON line a file: its text, or why it was rejected."""
    from tasks.extract import ExtractJob, ExtractPool
    from tasks.limits import extract_limits

    limits = replace(extract_limits(settings_or_defaults(config)), languages=None)

    def rows(work: Work) -> Rows:
        with ExtractPool(limits) as pool:
            for batch in batched(work, _BATCH):
                jobs = [ExtractJob(document.url or "", body, document.content_type) for document, body in batch]
                for (document, _), page in zip(batch, pool.extract_many(jobs), strict=True):
                    yield {"file": document.file, **_row(page)}

    print_each(rows, files, manifest, url, content_type)


def _row(page: Page | Rejected) -> dict[str, Any]:
    if isinstance(page, Rejected):
        return rejection(page)
    return {
        "title": page.title,
        "text": page.text,
        "published": iso(page.published),
        "language": page.language,
        "authors": list(page.authors),
    }

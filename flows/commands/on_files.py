"""What `marsad feed` and `marsad extract` share: many files in, one JSON line each out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Annotated, Any

import typer

from flows.console import Exit, err, fail, print_json_line
from tasks.files import BadLine, Document, documents, read_bytes
from warehouse.records import Rejected

FilesArgument = Annotated[list[str] | None, typer.Argument(help="Files to read; - is standard input.")]
UrlOption = Annotated[str | None, typer.Option(help="The address the file came from.")]
ContentTypeOption = Annotated[str | None, typer.Option(help="The Content-Type header it came with.")]
ManifestOption = Annotated[
    str | None, typer.Option(help='JSON Lines of {"file", "url", "content_type"} instead of file names.')
]

Work = Iterator[tuple[Document, bytes]]
Rows = Iterator[dict[str, Any]]


def print_each(
    rows: Callable[[Work], Rows],
    files: list[str] | None,
    manifest: str | None,
    url: str | None,
    content_type: str | None,
) -> None:
    """Print one JSON line for each document, in any order; one that cannot be read is named, and the exit code is 3."""
    if not files and manifest is None:
        fail("name a file, or - for standard input, or --manifest ROWS.jsonl", Exit.USAGE)
    unreadable: list[str] = []
    for row in rows(_readable(_named(files or [], manifest, url, content_type), unreadable)):
        print_json_line(row)
    if unreadable:
        raise typer.Exit(Exit.PARTLY)


def rejection(rejected: Rejected) -> dict[str, Any]:
    """How a rejected document is printed."""
    return {"rejected": rejected.reason, "detail": rejected.detail}


def iso(when: datetime | None) -> str | None:
    """A time as it is printed."""
    return when.isoformat() if when else None


def _named(
    files: list[str], manifest: str | None, url: str | None, content_type: str | None
) -> Iterator[Document | BadLine]:
    try:
        yield from documents(files, manifest, url, content_type)
    except OSError as error:
        fail(f"{manifest}: {error.strerror}")


def _readable(work: Iterator[Document | BadLine], unreadable: list[str]) -> Work:
    for document in work:
        if isinstance(document, BadLine):
            problem = f"{document.place}: {document.reason}"
        else:
            try:
                body = read_bytes(document.file)
            except OSError as error:
                problem = f"{document.file}: {error.strerror}"
            else:
                yield document, body
                continue
        err.print(problem, markup=False, soft_wrap=True)
        unreadable.append(problem)

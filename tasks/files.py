"""Rows and documents read from files or standard input, for the commands that work on files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STDIN = "-"


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no usable row: `place` is `file:line`."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """One file to work on, with what its server said of it."""

    file: str
    url: str | None = None
    content_type: str | None = None


def read_bytes(file: str) -> bytes:
    """The bytes of `file`, `-` being standard input. Raises OSError."""
    return sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()


def json_lines(file: str, required: Sequence[str]) -> Iterator[dict[str, Any] | BadLine]:
    """The rows of a JSON Lines file, one at a time; a line that is no object with `required` comes as BadLine.

    Raises OSError where the file cannot be opened.
    """
    with nullcontext(sys.stdin.buffer) if file == STDIN else Path(file).open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield _row(line, f"{file}:{number}", required)


def _row(line: bytes, place: str, required: Sequence[str]) -> dict[str, Any] | BadLine:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except ValueError as error:
        return BadLine(place, f"not JSON: {error}")
    if not isinstance(row, dict):
        return BadLine(place, "not a JSON object")
    if missing := [key for key in required if not isinstance(row.get(key), str)]:
        return BadLine(place, f"needs text under {', '.join(missing)}")
    return row


def documents(
    files: Sequence[str], manifest: str | None, url: str | None, content_type: str | None
) -> Iterator[Document | BadLine]:
    """The documents named on the command line, or in a manifest of `{"file", "url", "content_type"}` rows.

    Relative names in a manifest are relative to the manifest. Raises OSError where it cannot be opened.
    """
    for file in files:
        yield Document(file, url, content_type)
    if manifest is None:
        return
    base = Path() if manifest == STDIN else Path(manifest).parent
    for row in json_lines(manifest, ["file"]):
        if isinstance(row, BadLine):
            yield row
        else:
            yield Document(str(base / row["file"]), row.get("url") or url, row.get("content_type") or content_type)

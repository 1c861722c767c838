"""Where a key stands in a TOML file, so that a bad value can be reported with its line.

`tomllib` keeps no positions. This walks the lines of a file that `tomllib` has already accepted, so it may trust the
syntax and needs only to follow table headers, keys, and values that go on over several lines.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence

KeyPath = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*(\]\]?)\s*(?:#.*)?$")
_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_ASSIGN = re.compile(rf"^\s*({_KEY}(?:\s*\.\s*{_KEY})*)\s*=(.*)$")


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line (from 1) of every table and top-level key in `text`, by path: `("feeds", 3, "url")`."""
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, line in _statements(text):
        if header := _HEADER.match(line):
            table = _open_table(_split(header[2]), header[1] == "[[", counts)
            lines.setdefault(table, number)
        elif assign := _ASSIGN.match(line):
            path = table + _split(assign[1])
            for depth in range(len(table) + 1, len(path) + 1):
                lines.setdefault(path[:depth], number)
    return lines


def line_of(lines: Mapping[KeyPath, int], path: Sequence[str | int]) -> int:
    """The line of `path`, or of the nearest thing around it that has one; 1 for the file itself."""
    for depth in range(len(path), 0, -1):
        if (line := lines.get(tuple(path[:depth]))) is not None:
            return line
    return 1


def dotted(path: Sequence[str | int]) -> str:
    """`("feeds", 3, "url")` as a person writes it: `feeds[3].url`."""
    written = ""
    for part in path:
        written += f"[{part}]" if isinstance(part, int) else f".{part}" if written else part
    return written


def _split(dotted_key: str) -> KeyPath:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted_key))


def _open_table(names: KeyPath, is_array: bool, counts: dict[KeyPath, int]) -> KeyPath:
    """The full path of a header: a name that is an array of tables stands for its last element."""
    path: KeyPath = ()
    for depth, name in enumerate(names):
        path += (name,)
        if is_array and depth == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path += (counts[path],)
    return path


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Lines that begin a header or an assignment, passing over those that continue a value."""
    pending, start = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if not pending:
            start = number
            if not _ASSIGN.match(line):
                yield number, line
                continue
        pending += line + "\n"
        if _is_whole(pending):
            yield start, pending.split("\n", 1)[0]
            pending = ""


def _is_whole(assignment: str) -> bool:
    try:
        tomllib.loads(assignment)
    except tomllib.TOMLDecodeError:
        return False
    return True

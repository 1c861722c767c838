"""What a person sees: data on standard output, everything else on standard error, and documented exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tasks.configure import ConfigurationError, read_settings
from tasks.settings import Settings

DEFAULT_CONFIG = Path("pipeline.toml")

ConfigOption = Annotated[Path, typer.Option("--config", help="The configuration file.", show_default=True)]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")]


class Exit(IntEnum):
    """Exit codes: users script them."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    PARTLY = 3
    CONFIGURATION = 4
    BUSY = 5


_UNFOLDED = 10_000

err = Console(stderr=True, highlight=False)


def fail(message: str, code: Exit = Exit.FAILED) -> NoReturn:
    """Say what is wrong on standard error and leave with `code`."""
    err.print(message, markup=False, soft_wrap=True)
    raise typer.Exit(code)


@contextmanager
def configuration_checked() -> Iterator[None]:
    """Leave with exit code 4 and every problem where the configuration turns out to be wrong."""
    try:
        yield
    except ConfigurationError as error:
        fail(str(error), Exit.CONFIGURATION)


def settings_from(path: Path) -> Settings:
    """The settings in `path`; leaves with exit code 4 and every problem if they cannot be used."""
    with configuration_checked():
        return read_settings(path)


def settings_or_defaults(path: Path) -> Settings:
    """As `settings_from`, but the default file may be absent: commands on files need no feeds."""
    if path == DEFAULT_CONFIG and not path.exists():
        return Settings()
    return settings_from(path)


def print_json_line(row: Any) -> None:
    """One JSON value on one line of standard output, Arabic left readable."""
    sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table for reading on standard output."""
    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    _out().print(table)


def print_record(title: str, columns: Sequence[str], row: Sequence[Any]) -> None:
    """One row on its side, for reading: a line a column, empty ones left out."""
    pairs = [(column, value) for column, value in zip(columns, row, strict=True) if value not in (None, "", [])]
    print_table(title, ("column", "value"), pairs)


def print_line(text: str = "") -> None:
    """One line of plain text on standard output."""
    _out().print(text, markup=False, highlight=False, soft_wrap=True)


def print_marked(text: str, marks: Iterable[tuple[int, int, str]]) -> None:
    """A text with styled spans `(start, end, style)`: coloured on a terminal, plain in a file or pipe."""
    marked = Text(text)
    for start, end, style in marks:
        marked.stylize(style, max(start, 0), max(end, 0))
    _out().print(marked, soft_wrap=True)


def _out() -> Console:
    # Made anew each time, so that it writes to whatever standard output is now. In a file or pipe nothing is folded.
    return Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else _UNFOLDED)

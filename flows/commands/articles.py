"""What `marsad analyze` and `marsad explain` share: articles read from JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer

from flows.console import err, fail
from tasks.files import BadLine, json_lines

ARTICLES_HELP = 'rows of {"id", "published", "title", "text"}; - is standard input'
ArticlesArgument = Annotated[
    str, typer.Argument(metavar="IN.jsonl", help=f"{ARTICLES_HELP[0].upper()}{ARTICLES_HELP[1:]}.")
]


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article to work on, as a user gives it."""

    id: str
    title: str
    text: str
    published: date | None


def read_articles(file: str, bad: list[str]) -> Iterator[ArticleRow]:
    """The usable articles of a file; every other row is named on standard error and added to `bad`."""
    try:
        for row in json_lines(file, ["id", "text"]):
            article = f"{row.place}: {row.reason}" if isinstance(row, BadLine) else _article(file, row)
            if isinstance(article, ArticleRow):
                yield article
            else:
                err.print(article, markup=False, soft_wrap=True)
                bad.append(article)
    except BrokenPipeError:
        raise
    except OSError as error:
        fail(f"{file}: {error.strerror}")


def _article(file: str, row: dict[str, Any]) -> ArticleRow | str:
    """The article, or what is wrong with it."""
    value = row.get("published")
    try:
        published = date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return f"{file}: article {row['id']}: published: not an ISO date: {value!r}"
    return ArticleRow(row["id"], row.get("title") or "", row["text"], published)

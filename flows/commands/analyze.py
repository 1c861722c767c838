"""`marsad analyze`: claims and entities of articles given as JSON Lines."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer

from flows.console import (
    DEFAULT_CONFIG,
    ConfigOption,
    Exit,
    configuration_checked,
    err,
    fail,
    print_json_line,
    settings_or_defaults,
)
from tasks.files import BadLine, json_lines
from warehouse.records import Analysis, Claim, Mention

ArticlesArgument = Annotated[
    str, typer.Argument(metavar="IN.jsonl", help='Rows of {"id", "published", "title", "text"}; - is standard input.')
]


def analyze(articles: ArticlesArgument, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Find claims and entities in articles: one JSON line an article on standard output."""
    from tasks.engine import engine_of

    settings = settings_or_defaults(config)
    with configuration_checked():
        engine = engine_of(settings)
    bad = 0
    try:
        for row in json_lines(articles, ["id", "text"]):
            published = None if isinstance(row, BadLine) else _published(row)
            if isinstance(row, BadLine):
                problem = f"{row.place}: {row.reason}"
            elif isinstance(published, str):
                problem = f"{articles}: article {row['id']}: published: {published}"
            else:
                found = engine.analyse(row["id"], row.get("title") or "", row["text"], published)
                print_json_line(_row(found))
                continue
            err.print(problem, markup=False, soft_wrap=True)
            bad += 1
    except BrokenPipeError:
        raise
    except OSError as error:
        fail(f"{articles}: {error.strerror}")
    if bad:
        raise typer.Exit(Exit.PARTLY)


def _published(row: dict[str, Any]) -> date | str | None:
    """The row's date, None where it has none, or what is wrong with it."""
    value = row.get("published")
    if not value:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return f"not an ISO date: {value!r}"


def _row(analysis: Analysis) -> dict[str, Any]:
    return {
        "id": analysis.article_id,
        "claims": [_claim(claim) for claim in analysis.claims],
        "entities": [_entity(mention) for mention in analysis.mentions],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return asdict(claim)


def _entity(mention: Mention) -> dict[str, Any]:
    return asdict(mention)

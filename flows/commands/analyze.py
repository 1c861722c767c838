"""`marsad analyze`: claims and entities of articles given as JSON Lines."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import typer

from flows.commands.articles import ArticlesArgument, read_articles
from flows.console import (
    DEFAULT_CONFIG,
    ConfigOption,
    Exit,
    configuration_checked,
    print_json_line,
    settings_or_defaults,
)
from warehouse.records import Analysis


def analyze(articles: ArticlesArgument, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Find claims and entities in articles: one JSON line an article on standard output."""
    from tasks.engine import engine_of

    settings = settings_or_defaults(config)
    with configuration_checked():
        engine = engine_of(settings)
    bad: list[str] = []
    for row in read_articles(articles, bad):
        print_json_line(_row(engine.analyse(row.id, row.title, row.text, row.published)))
    if bad:
        raise typer.Exit(Exit.PARTLY)


def _row(analysis: Analysis) -> dict[str, Any]:
    return {
        "id": analysis.article_id,
        "claims": [asdict(claim) for claim in analysis.claims],
        "entities": [asdict(mention) for mention in analysis.mentions],
    }

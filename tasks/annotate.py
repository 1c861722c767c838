"""Articles to entities and claims: one task run for a batch."""

from __future__ import annotations

from collections.abc import Sequence

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.domain.analysis import Engine
from tasks.engine import engine_of
from tasks.settings import Settings
from warehouse.records import Analysis, Article


@task(name="analyse articles", cache_policy=NO_CACHE)
def analyse_articles(articles: Sequence[Article], settings: Settings) -> list[Analysis]:
    """Find entities and claims in a batch of articles."""
    engine = engine_of(settings)
    found = [_analyse(engine, article) for article in articles]
    claims = sum(len(analysis.claims) for analysis in found)
    get_run_logger().info("%d articles analysed, %d claims", len(found), claims)
    return found


def _analyse(engine: Engine, article: Article) -> Analysis:
    published = article.published_at.date() if article.published_at else None
    return engine.analyse(article.article_id, article.title, article.text, published, article.version)

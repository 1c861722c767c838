"""Archived pages read again by the extractor of today; a text that comes out different is a further version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.archive import ArchiveRef, iter_archive
from tasks.domain.articles.landing import make_article
from tasks.domain.articles.urls import article_id
from tasks.extract import ExtractJob, ExtractPool
from tasks.load import store_of
from tasks.revisits import changes
from tasks.runs import Run, utc_now
from tasks.settings import Settings
from warehouse.followup import Followup
from warehouse.origins import Origin
from warehouse.records import Article, Page, Rejected, Response


@dataclass(frozen=True, slots=True)
class Archived:
    """One page of the archive, and the article that it belongs to."""

    ref: ArchiveRef
    response: Response
    origin: Origin


def archived_pages(settings: Settings, since: date | None) -> Iterator[tuple[ArchiveRef, Response]]:
    """The pages of the archive fetched on or after `since` (UTC), oldest file first."""
    for ref, response in iter_archive(settings.paths.archive):
        if since is None or response.fetched_at.date() >= since:
            yield ref, response


@task(name="read archived pages again", cache_policy=NO_CACHE)
def reprocess_pages(
    batch: Sequence[tuple[ArchiveRef, Response]], pool: ExtractPool, settings: Settings, run: Run
) -> None:
    """Extract a batch anew and store what differs, in one transaction; to repeat it changes nothing."""
    pages = _with_origins(batch, settings, run)
    found = pool.extract_many([ExtractJob.of(one.response, one.origin.work) for one in pages], now=utc_now())
    articles = [_article(one, page) for one, page in zip(pages, found, strict=True) if isinstance(page, Page)]
    with store_of(settings) as store:
        known = store.latest_texts([article.article_id for article in articles])
        # Their work in the queue stays: it is about the pages as they are now.
        after = Followup(changes=changes(articles, known), is_queued=False)
        counts = store.save_articles(articles, [], run.run_id, utc_now(), after)
    run.reject(page for page in found if isinstance(page, Rejected))
    run.tally["pages read again"] += len(pages)
    for name, count in (
        ("new articles", counts.new),
        ("new versions", counts.changed),
        ("texts unchanged", counts.unchanged),
    ):
        run.tally[name] += count
    get_run_logger().info("%d pages read again, %d differ", len(pages), counts.new + counts.changed)


def _with_origins(batch: Sequence[tuple[ArchiveRef, Response]], settings: Settings, run: Run) -> list[Archived]:
    """Leave out pages older than the newest text of their article, and those of no article that is known."""
    ids = [article_id(response.url) for _, response in batch]
    with store_of(settings) as store:
        known = store.origins(ids)
    run.tally["pages of no known article"] += sum(one not in known for one in ids)
    pages = [
        Archived(ref, response, known[id_]) for id_, (ref, response) in zip(ids, batch, strict=True) if id_ in known
    ]
    return [one for one in pages if one.origin.fetched_at is None or one.response.fetched_at >= one.origin.fetched_at]


def _article(one: Archived, page: Page) -> Article:
    return make_article(one.origin.work, page, one.response.fetched_at, one.ref.file, one.ref.offset)

"""From queued addresses to articles: fetch the pages, archive them, take the article out of each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.archive import Archive, ArchiveRef
from tasks.domain.articles.landing import other_address, retry_at, sent_to_front
from tasks.domain.feeds.schedule import request_headers
from tasks.extract import ExtractJob, ExtractPool
from tasks.fetch import Fetcher
from tasks.limits import archive_options, fetch_limits
from tasks.runs import utc_now
from tasks.settings import Settings
from warehouse.records import Page, Rejected, Response, Work


@dataclass(frozen=True, slots=True)
class Fetched:
    """One queued page after its request at `at`; `archived` is the place of the answer in the archive."""

    work: Work
    at: datetime
    answer: Response | Rejected
    archived: ArchiveRef | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """One queued page with its article, or why there is none."""

    fetched: Fetched
    page: Page | Rejected


@task(name="fetch pages", cache_policy=NO_CACHE)
def fetch_pages(work: Sequence[Work], settings: Settings) -> list[Fetched]:
    """Request a batch of pages, politely and at once, and archive every answer before anyone reads it."""
    get_run_logger().info("fetching %d pages", len(work))
    answers = asyncio.run(_request_all(work, settings))
    with Archive(archive_options(settings)) as archive:
        return [_archived(item, answer, archive) for item, answer in zip(work, answers, strict=True)]


@task(name="extract articles", cache_policy=NO_CACHE)
def extract_pages(fetched: Sequence[Fetched], pool: ExtractPool, settings: Settings) -> list[Extracted]:
    """Take the article out of each page, in processes that can be killed; feed text stands in for lost pages."""
    get_run_logger().info("extracting %d pages", len(fetched))
    jobs = [ExtractJob.of(answer, item.work) for item in fetched if isinstance(answer := item.answer, Response)]
    pages = iter(pool.extract_many(jobs, now=utc_now()))
    found = [_of_page(item.work, item.answer, pages) for item in fetched]
    return [Extracted(item, _or_feed_text(item, page, settings)) for item, page in zip(fetched, found, strict=True)]


def _of_page(work: Work, answer: Response | Rejected, pages: Iterator[Page | Rejected]) -> Page | Rejected:
    if isinstance(answer, Rejected):
        return answer
    page = next(pages)
    return sent_to_front(work, answer.final_url) or page


async def _request_all(work: Sequence[Work], settings: Settings) -> list[Response | Rejected]:
    async with Fetcher(fetch_limits(settings)) as fetcher:
        return await asyncio.gather(*(_request(fetcher, item) for item in work))


async def _request(fetcher: Fetcher, work: Work) -> Response | Rejected:
    answer = await fetcher.get(work.url, headers=request_headers(work), purpose="page")
    other = other_address(work, answer) if isinstance(answer, Rejected) else None
    return await fetcher.get(other, purpose="page") if other else answer


def _archived(work: Work, answer: Response | Rejected, archive: Archive) -> Fetched:
    if isinstance(answer, Rejected):
        return Fetched(work, utc_now(), answer)
    return Fetched(work, answer.fetched_at, answer, archive.append(answer))


def _or_feed_text(item: Fetched, page: Page | Rejected, settings: Settings) -> Page | Rejected:
    """The page; or, where no other request can bring it, the text that the feed itself carried, if it is enough.

    A page that was had before is not replaced by what the feed once said of it.
    """
    if isinstance(page, Page) or item.work.visit:
        return page
    attempts = item.work.attempts + 1
    if retry_at(page, attempts, item.at, max_attempts=settings.ingest.max_attempts) is not None:
        return page
    from tasks.domain.articles.body import PageRules, page_from_entry
    from tasks.domain.articles.refuse import RefusalLimits

    enough = RefusalLimits(minimum=settings.ingest.feed_text_words)
    rules = PageRules(languages=settings.ingest.languages or None, limits=enough)
    fed = page_from_entry(item.work.entry, rules=rules)
    return fed if isinstance(fed, Page) else page

"""From an extracted page to the article record that is stored, and when a page that failed is tried again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit, urlunsplit

from warehouse.records import Article, Page, Rejected, Work

# What another request may cure. Everything else is a property of the page itself.
_PASSING = frozenset(("dns", "connect", "timeout", "tls", "protocol", "http_408", "http_425", "http_429"))
_FIRST_WAIT = timedelta(minutes=10)


def make_article(
    work: Work, page: Page, fetched_at: datetime, archive_file: str | None = None, archive_offset: int | None = None
) -> Article:
    """The first version of an article; the warehouse counts further versions. The identity is the queued address's."""
    source = work.source
    return Article(
        work.article_id,
        1,
        work.url,
        source.feed_id,
        source.outlet,
        source.country,
        page.title or work.entry.title,
        page.text,
        page.published or work.entry.published,
        fetched_at,
        page.language,
        page.authors,
        text_hash(page.title, page.text),
        page.body_source,
        archive_file,
        archive_offset,
    )


def text_hash(title: str, text: str) -> str:
    """Equal for equal title and body: the mark of a version."""
    return hashlib.blake2b(f"{title}\n{text}".encode(), digest_size=16).hexdigest()


def retry_at(rejected: Rejected, attempts: int, now: datetime, *, max_attempts: int) -> datetime | None:
    """When to try a refused page again: each wait twice the last; None where another request cannot help."""
    is_passing = rejected.reason in _PASSING or rejected.reason.startswith("http_5")
    if not is_passing or attempts >= max_attempts:
        return None
    return now + _FIRST_WAIT * (1 << (attempts - 1))


def next_visit(visit: int, hours: Sequence[float], now: datetime) -> tuple[int, datetime] | None:
    """The number and time of the look after look `visit`, the first being 0; `hours` count from the first."""
    if visit >= len(hours):
        return None
    return visit + 1, now + timedelta(hours=hours[visit] - (hours[visit - 1] if visit else 0.0))


def is_unchanged(rejected: Rejected) -> bool:
    """Say whether the server answered a conditional request that the page is as it was."""
    return rejected.reason == "http_304"


def is_gone(rejected: Rejected) -> bool:
    """Say whether there is no such page any more: by the server's status, or with a status of 200 by the page's own
    words or by being sent to the front page.
    """
    if rejected.stage == "fetch":
        return rejected.reason in ("http_404", "http_410")
    return rejected.reason in ("not_found", "front_page")


def sent_to_front(work: Work, final_url: str) -> Rejected | None:
    """Refuse the front page where it came instead of the page that was asked for."""
    if not _is_front(final_url) or _is_front(work.url):
        return None
    return Rejected("extract", work.url, "front_page", f"led to {final_url}")


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query


def other_address(work: Work, rejected: Rejected) -> str | None:
    """The feed's own link where the canonical address, made by rule from it, is on a host that does not exist."""
    if rejected.reason != "dns" or not work.entry.link:
        return None
    try:
        own = urlsplit(urljoin(work.source.url, work.entry.link.strip()))
        is_elsewhere = own.scheme in ("http", "https") and own.hostname not in (None, urlsplit(work.url).hostname)
    except ValueError:
        return None
    return urlunsplit(own._replace(fragment="")) if is_elsewhere else None

"""Feeds, entries, pages and articles: what comes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Stage = Literal["poll", "parse", "fetch", "extract", "load", "analyse"]
HubState = Literal["offered", "asked", "active", "denied", "failed"]


@dataclass(frozen=True, slots=True)
class Source:
    """One feed as configured: `country` is the outlet's, ISO 3166-1 alpha-3; `language` is ISO 639-1."""

    feed_id: str
    url: str
    outlet: str
    country: str
    owner: str
    language: str = "ar"


@dataclass(frozen=True, slots=True)
class Response:
    """What came back for one request. `body` is after content decoding; header names are lower case."""

    url: str
    final_url: str
    status: int
    headers: dict[str, str]
    body: bytes
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. `published` is None when the feed's date could not be read; then `date_reason` says why."""

    guid: str | None
    link: str | None
    title: str
    summary: str
    published: datetime | None
    updated: datetime | None = None
    date_reason: str | None = None
    content: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A parsed feed. `version` is feedparser's name of the format ("rss20", "atom10", "rss10", "json11")."""

    version: str
    title: str
    link: str | None
    language: str | None
    entries: tuple[Entry, ...]
    ttl_minutes: int | None = None
    update_minutes: int | None = None
    hub: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that was not accepted, why, and what it was: nothing is dropped without one of these."""

    stage: Stage
    subject: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of a feed between polls. Validators are kept byte for byte as the server sent them."""

    feed_id: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    interval_minutes: float = 60.0
    next_poll_at: datetime | None = None
    outcome: str = "never_polled"
    failures: float = 0.0
    last_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    last_new_entry_at: datetime | None = None
    redirect_url: str | None = None
    redirect_count: int = 0
    is_muted: bool = False


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """The outcome of one poll, by name (`ok`, `not_modified`, `same_body`, `gone`, `rate_limited`, ...)."""

    feed_id: str
    polled_at: datetime
    outcome: str
    http_status: int | None = None
    entries: int = 0
    new_entries: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One entry seen in one feed. `article_id` is the hash of `url`, the canonical form of the entry's link."""

    feed_id: str
    article_id: str
    url: str
    entry: Entry
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Poll:
    """Everything one poll of one feed produced: stored in one transaction."""

    state: FeedState
    event: FeedEvent
    sightings: tuple[Sighting, ...] = ()
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True)
class HubSubscription:
    """A feed that names a WebSub hub. `callback` is the configured address that the hub was told, "" before it was.

    `expires_at` is None until the hub has verified it; `missed` counts entries that it did not deliver since then.
    """

    feed_id: str
    hub: str
    topic: str
    callback: str = ""
    state: HubState = "offered"
    asked_at: datetime | None = None
    expires_at: datetime | None = None
    missed: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """One leased row of the queue: the article to fetch, and the sighting that named it; `visit` counts past looks."""

    article_id: str
    url: str
    source: Source
    entry: Entry
    attempts: int = 0
    visit: int = 0
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The article found in one HTML page (or feed text, then `body_source` is "feed")."""

    title: str
    text: str
    published: datetime | None
    language: str | None
    authors: tuple[str, ...]
    canonical_url: str | None = None
    site_name: str | None = None
    modified: datetime | None = None
    date_reason: str | None = None
    body_source: Literal["page", "feed"] = "page"


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one article, ready to be stored. `article_id` is the hash of `url`, the canonical address."""

    article_id: str
    version: int
    url: str
    feed_id: str
    outlet: str
    country: str
    title: str
    text: str
    published_at: datetime | None
    fetched_at: datetime
    language: str | None
    authors: tuple[str, ...]
    text_hash: str
    body_source: Literal["page", "feed"] = "page"
    archive_file: str | None = None
    archive_offset: int | None = None

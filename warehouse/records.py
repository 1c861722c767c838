"""The shared vocabulary: one frozen record for each thing that moves between the rooms.

Standard library only, so that every room can import it. Offsets are character offsets `[start, end)` into the text as
stored. Times are aware UTC datetimes; dates without a time of day are ISO 8601 strings as precise as their source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Kind = Literal[
    "arms_transfer",
    "military_aid",
    "agreement",
    "exercise",
    "deployment",
    "training",
    "technology",
    "intelligence",
    "consultation",
    "cooperation",
]
Status = Literal["occurred", "planned", "sought", "possible", "denied"]
SourceType = Literal[
    "government",
    "military",
    "intelligence",
    "international_org",
    "armed_group",
    "company",
    "media",
    "analyst",
    "imagery",
    "anonymous",
]
Category = Literal[
    "aircraft", "helicopter", "uav", "air_defence", "missile", "ballistic_missile", "rocket_artillery",
    "artillery", "ammunition", "tank", "armoured_vehicle", "small_arms", "ship", "submarine", "satellite",
    "radar_sensor", "engine", "nuclear", "electronic_warfare", "cargo", "personnel", "money", "other",
]  # fmt: skip
Qualifier = Literal["about", "more_than", "less_than", "at_least", "up_to", "range"]
Label = Literal["PERS", "LOC", "ORG", "MISC"]
Stage = Literal["poll", "parse", "fetch", "extract", "load", "analyse"]
HubState = Literal["offered", "asked", "active", "denied", "failed"]

DIRECTED_KINDS: frozenset[Kind] = frozenset(
    ("arms_transfer", "military_aid", "deployment", "training", "technology", "intelligence")
)


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


@dataclass(frozen=True, slots=True)
class Mention:
    """A named entity in an article text. `entity_id` is None until it is linked; `score` is the backend's, 0 to 1."""

    start: int
    end: int
    text: str
    label: Label
    entity_id: str | None = None
    backend: str = "gazetteer"
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Something named: `country` is ISO 3166-1 alpha-3, the state itself or the one it belongs to."""

    entity_id: str
    label: Label
    kind: str
    name_ar: str
    name_en: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so. `country` is ISO 3166-1 alpha-3 or an organisation id (`NATO`), None where it is not known."""

    name: str
    country: str | None
    type: SourceType


@dataclass(frozen=True, slots=True)
class Item:
    """What moves. `low` and `high` bound the quantity (None: unbounded or unknown); `unit` of money is ISO 4217."""

    category: Category
    designation: str | None = None
    calibre_mm: float | None = None
    low: float | None = None
    high: float | None = None
    qualifier: Qualifier | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """The time of the cooperation, not of the statement: ISO dates as precise as `text` allows."""

    start: str | None
    end: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement that actors cooperate militarily, as the annotation guideline defines it.

    Directed kinds fill `supplier` and `recipient`, symmetric ones `participants` (sorted). `evidence` is the span of
    the sentence that says it. `confidence` is the share of such claims found right on the gold, None if unmeasured.
    """

    kind: Kind
    supplier: str | None
    recipient: str | None
    participants: tuple[str, ...] | None
    status: Status
    attribution: Attribution | None
    items: tuple[Item, ...]
    when: When | None
    evidence: tuple[int, int]
    rule_id: str
    confidence: float | None = None
    trigger: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything one engine version found in one article version."""

    article_id: str
    version: int
    engine_version: str
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class DailyClaims:
    """How many claims of one day put a pair and a kind together; of directed kinds `actor_a` gives."""

    actor_a: str
    actor_b: str
    kind: Kind
    reported_on: date
    claims: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What a claim says, without its words: `actors` are supplier and recipient, or the participants."""

    kind: Kind
    actors: tuple[str | None, ...]
    status: Status
    items: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the last two texts of an article say, `before` and `after`; the later one was fetched at `fetched_at`."""

    article_id: str
    url: str
    outlet: str
    fetched_at: datetime
    before: tuple[Statement, ...]
    after: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """Something to tell people once: `details` is what its event carries, ready for JSON."""

    signal: Literal["spike.detected", "event.changed"]
    subject: str
    happened_at: datetime
    details: dict[str, Any]

"""Made-up records for the tests of the warehouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from warehouse.records import (
    Analysis,
    Article,
    Attribution,
    Claim,
    Entity,
    Entry,
    FeedEvent,
    FeedState,
    Item,
    Mention,
    Poll,
    Rejected,
    Sighting,
    Source,
    When,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TEXT = "أعلنت موسكو تسليم 30 دبابة إلى دمشق.\nونفت دمشق ذلك."
NILE = Source("nile", "http://nile.example/rss", "النيل", "EGY", "خاص")
SHAM = Source("sham", "http://sham.example/rss", "الشام", "SYR", "حكومي")


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def url(name: str, source: Source = NILE) -> str:
    return f"http://{source.feed_id}.example/{name}"


def article(name: str, text: str = TEXT, *, source: Source = NILE, hours: float = 0) -> Article:
    address = url(name, source)
    return Article(
        article_id=digest(address),
        version=1,
        url=address,
        feed_id=source.feed_id,
        outlet=source.outlet,
        country=source.country,
        title=f"عنوان {name}",
        text=text,
        published_at=NOW - timedelta(hours=2),
        fetched_at=NOW + timedelta(hours=hours),
        language="ar",
        authors=("كاتب",),
        text_hash=digest(text),
    )


def sighting(name: str, source: Source = NILE, *, title: str = "عنوان", minutes: float = 0) -> Sighting:
    address = url(name, source)
    entry = Entry(f"guid-{name}", address, title, "ملخص", NOW - timedelta(hours=2), content="نص")
    return Sighting(source.feed_id, digest(address), address, entry, NOW + timedelta(minutes=minutes))


def poll(source: Source, *names: str, minutes: float = 0, rejected: tuple[Rejected, ...] = ()) -> Poll:
    time = NOW + timedelta(minutes=minutes)
    state = FeedState(
        source.feed_id, source.url, '"é"', next_poll_at=time + timedelta(hours=1), outcome="ok", last_polled_at=time
    )
    event = FeedEvent(source.feed_id, time, "ok", 200, len(names), len(names))
    return Poll(state, event, tuple(sighting(name, source, minutes=minutes) for name in names), rejected)


def claim(text: str = TEXT) -> Claim:
    return Claim(
        kind="arms_transfer",
        supplier="RUS",
        recipient="SYR",
        participants=None,
        status="occurred",
        attribution=Attribution("موسكو", "RUS", "government"),
        items=(Item("tank", low=30, high=30),),
        when=When("2026-02", "2026-02", "في فبراير"),
        evidence=(0, text.index("\n")),
        rule_id="rule-1",
        confidence=0.5,
        trigger=(12, 17),
    )


def denial(text: str = TEXT) -> Claim:
    span = (text.index("\n") + 1, len(text))
    return replace(claim(), status="denied", attribution=None, items=(), when=None, evidence=span, trigger=None)


def exercise() -> Claim:
    return replace(
        denial(), kind="exercise", status="planned", supplier=None, recipient=None, participants=("EGY", "RUS", "SYR")
    )


def analysis(of: Article, *claims: Claim, engine: str = "1", version: int | None = None) -> Analysis:
    return Analysis(
        of.article_id,
        version or of.version,
        engine,
        mentions=(
            Mention(6, 11, "موسكو", "LOC", "RUS"),
            Mention(31, 35, "دمشق", "LOC", "SYR", "camel", 0.5),
        ),
        entities=(
            Entity("RUS", "LOC", "state", "روسيا", "Russia", "RUS"),
            Entity("SYR", "LOC", "state", "سوريا", "Syria", "SYR"),
        ),
        claims=claims or (claim(), denial()),
    )

"""Every entry becomes a sighting or is rejected by name."""

from __future__ import annotations

from datetime import UTC, datetime

from tasks.domain.feeds.entries import sightings
from warehouse.records import Entry, Feed, Rejected, Sighting, Source

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FEED_URL = "https://news.example/rss"
SOURCE = Source("f", FEED_URL, "صحيفة", "EGY", "خاص")


def _seen(*entries: Entry, link: str | None = None) -> tuple[tuple[Sighting, ...], tuple[Rejected, ...]]:
    return sightings(SOURCE, Feed("rss20", "", link, None, entries), FEED_URL, NOW)


def _entry(link: str | None, guid: str | None = None, title: str = "خبر", published: datetime | None = None) -> Entry:
    return Entry(guid, link, title, "", published, date_reason=None if published else "no date given")


def test_links_become_canonical_and_relative_ones_absolute() -> None:
    seen, rejected = _seen(_entry("/a/1?utm_source=rss#c"), _entry("https://m.news.example/a/2"))
    assert [sighting.url for sighting in seen] == ["https://news.example/a/1", "https://news.example/a/2"]
    assert rejected == ()


def test_a_guid_that_is_an_address_stands_in_for_the_link() -> None:
    seen, _ = _seen(_entry(None, "https://news.example/?p=5"), _entry("https://news.example/", "http://news.example/6"))
    assert [sighting.url for sighting in seen] == ["https://news.example/?p=5", "http://news.example/6"]


def test_entries_without_an_address_are_rejected_by_name() -> None:
    seen, rejected = _seen(
        _entry(None, "5", "بلا رابط"),
        _entry("mailto:a@b.example"),
        _entry("https://www.news.example"),
        _entry("/home/"),
        link="https://news.example/home",
    )
    assert [sighting.url for sighting in seen] == ["https://www.news.example/"]
    assert [one.reason for one in rejected] == ["no_link", "bad_link", "link_is_front_page"]
    assert (rejected[0].subject, rejected[0].detail) == (FEED_URL, "5 | بلا رابط")


def test_a_repeated_entry_is_folded_into_the_first() -> None:
    early, late = datetime(2026, 3, 1, 8, tzinfo=UTC), datetime(2026, 3, 1, 9, tzinfo=UTC)
    seen, rejected = _seen(
        _entry("https://news.example/a", "1", "", published=late),
        _entry("http://www.news.example/a/", "2", "عنوان", published=early),
    )
    assert len(seen) == 1
    assert rejected == ()
    assert (seen[0].entry.guid, seen[0].entry.title, seen[0].entry.published) == ("1", "عنوان", early)


def test_identity_survives_new_guids_and_other_feeds() -> None:
    (first,), _ = _seen(_entry("https://news.example/a", "guid-1"))
    (again,), _ = _seen(_entry("https://news.example/a?utm_medium=feed", "guid-2"))
    other_source = Source("g", "https://other.example/rss", "وكالة", "JOR", "عام")
    (there,), _ = sightings(
        other_source, Feed("atom10", "", None, None, (_entry("https://news.example/a"),)), other_source.url, NOW
    )
    assert first.article_id == again.article_id == there.article_id
    assert {first.feed_id, there.feed_id} == {"f", "g"}

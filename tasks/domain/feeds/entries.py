"""From the entries of a feed to sightings of articles: every entry becomes one or is rejected by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from tasks.domain.articles.urls import article_id, canonical_url
from warehouse.records import Entry, Feed, Rejected, Sighting, Source


def sightings(
    source: Source, feed: Feed, final_url: str, now: datetime
) -> tuple[tuple[Sighting, ...], tuple[Rejected, ...]]:
    """One sighting for each article; an entry that repeats one of the same feed is folded into it.

    `final_url` is where the feed was found in the end. The id of an article comes from its address alone, so it
    survives guids that change with every poll and is the same in every feed.
    """
    home = _home(feed, final_url)
    seen: dict[str, Sighting] = {}
    rejected: list[Rejected] = []
    for entry in feed.entries:
        url = _address(entry, final_url, home)
        if url is None:
            rejected.append(Rejected("parse", source.url, _reason(entry, final_url), _described(entry)))
            continue
        sighting = Sighting(source.feed_id, article_id(url), url, entry, now)
        first = seen.get(sighting.article_id)
        seen[sighting.article_id] = sighting if first is None else _folded(first, entry)
    return tuple(seen.values()), tuple(rejected)


def _address(entry: Entry, base: str, home: str | None) -> str | None:
    """The entry's link, or its guid where that is an address and the link is missing or only the front page."""
    return next((url for url in _addresses(entry, base) if article_id(url) != home), None)


def _addresses(entry: Entry, base: str) -> Iterator[str]:
    for link, beside in ((entry.link, base), (entry.guid, None)):
        url = canonical_url(link, beside) if link else None
        if url:
            yield url


def _home(feed: Feed, final_url: str) -> str | None:
    """Id of the site's front page, which some feeds give for every entry."""
    url = canonical_url(feed.link, final_url) if feed.link else canonical_url("/", final_url)
    return article_id(url) if url else None


def _reason(entry: Entry, base: str) -> str:
    if next(_addresses(entry, base), None):
        return "link_is_front_page"
    return "bad_link" if entry.link else "no_link"


def _described(entry: Entry) -> str:
    return " | ".join(part for part in (entry.link or entry.guid or "", entry.title[:120]) if part)


def _folded(first: Sighting, again: Entry) -> Sighting:
    """Keep the first and take from the second what the first lacks; of two dates of publication the earlier."""
    entry = first.entry
    dates = [date for date in (entry.published, again.published) if date]
    updates = [date for date in (entry.updated, again.updated) if date]
    return replace(
        first,
        entry=replace(
            entry,
            title=entry.title or again.title,
            summary=entry.summary or again.summary,
            content=max(entry.content, again.content, key=len),
            published=min(dates, default=None),
            date_reason=None if dates else entry.date_reason,
            updated=max(updates, default=None),
            authors=entry.authors or again.authors,
        ),
    )

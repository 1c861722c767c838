"""The pipeline's page reader on the newsroom: shares of exact titles, dates and bodies, with floors that only rise."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest

from examples.newsroom import Newsroom
from examples.newsroom.content import Article, read_articles, read_outlets
from tasks.domain.articles.body import extract_page
from tasks.domain.articles.decode import decode
from tasks.domain.articles.urls import canonical_url
from tasks.domain.feeds.parse import parse_feed
from warehouse.records import Entry, Feed, Page, Rejected

_NOW = datetime(2026, 11, 25, tzinfo=UTC)
_FLOORS = {"title": 0.98, "date": 1.0, "language": 1.0, "body": 0.60}
_WORD_F1 = 0.97


@dataclass(frozen=True, slots=True)
class Reading:
    article: Article
    result: Page | Rejected


@pytest.fixture(scope="module")
def sightings(open_room: Newsroom, client: httpx.Client) -> dict[tuple[str, str], list[Entry]]:
    """What the feeds say of each outlet's titles; of mobile twins under a path only their pages tell what they are."""
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for outlet in read_outlets().values():
        for spec in (one for one in outlet.feeds if one.link_twin != "mobile"):
            answer = client.get(open_room.url(spec.path))
            feed = parse_feed(answer.content, content_type=answer.headers.get("content-type"), url=str(answer.url))
            for entry in feed.entries if isinstance(feed, Feed) else ():
                found[outlet.slug, entry.title].append(entry)
    return found


@pytest.fixture(scope="module")
def readings(open_room: Newsroom, client: httpx.Client, sightings: dict[tuple[str, str], list[Entry]]) -> list[Reading]:
    """Every page that is served, read with the first feed entry that names it."""
    made = []
    for article in read_articles():
        answer = client.get(open_room.url(article.link or article.path), follow_redirects=True)
        if answer.status_code == 200:
            text = decode(answer.content, answer.headers.get("content-type")).text
            entry = sightings[article.outlet, article.title][0]
            made.append(Reading(article, extract_page(text, url=str(answer.url), entry=entry, now=_NOW)))
    return made


def test_articles_are_read_as_the_manifest_has_them(readings: list[Reading]) -> None:
    pages = [(one.article, one.result) for one in readings if one.article.expected == "accepted"]
    accepted = [(article, page) for article, page in pages if isinstance(page, Page)]
    assert len(accepted) == len(pages)
    exact: Counter[str] = Counter()
    for article, page in accepted:
        exact["title"] += page.title == article.title
        exact["date"] += page.published == (article.published if article.has_date else None)
        exact["language"] += page.language == article.language
        exact["body"] += page.text.split("\n") == list(article.paragraphs)
    shares = {name: exact[name] / len(pages) for name in _FLOORS}
    assert all(shares[name] >= floor for name, floor in _FLOORS.items()), shares
    f1 = sum(_word_f1(page.text, " ".join(article.paragraphs)) for article, page in accepted) / len(pages)
    assert f1 >= _WORD_F1


def _word_f1(found: str, wanted: str) -> float:
    have, need = Counter(found.split()), Counter(wanted.split())
    return 2 * (have & need).total() / (have.total() + need.total())


def test_no_date_is_on_the_wrong_day(readings: list[Reading]) -> None:
    for one in readings:
        if isinstance(one.result, Page) and one.result.published:
            assert one.result.published.date() == one.article.published.date()


@pytest.mark.parametrize("key", ["marsa-locked", "barzakh-consent", "nakhil-video", "barzakh-soft404"])
def test_pages_that_are_no_articles_are_turned_away(readings: list[Reading], key: str) -> None:
    reading = next(one for one in readings if one.article.key == key)
    assert isinstance(reading.result, Rejected)
    assert reading.result.reason == reading.article.expected


def test_all_links_to_an_article_of_an_outlet_lead_to_one_address(
    sightings: dict[tuple[str, str], list[Entry]],
) -> None:
    several = 0
    for (_, title), entries in sightings.items():
        links = {entry.link for entry in entries if title}
        if not links:
            continue  # plain sitemaps have no titles
        several += len(links) > 1
        assert len({canonical_url(str(link)) for link in links}) == 1, links
    assert several >= 10

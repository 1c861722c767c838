"""What is stored of a page, and when a failed one is tried again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasks.domain.articles.landing import is_gone, make_article, other_address, retry_at, sent_to_front
from warehouse.records import Entry, Page, Rejected, Source, Stage, Work

NOW = datetime(2024, 6, 18, 12, tzinfo=UTC)
ENTRY = Entry("1", "https://a.test/1", "عنوان الخبر", "", datetime(2024, 6, 18, 9, tzinfo=UTC))
WORK = Work("a1", "https://a.test/1", Source("f1", "https://a.test/rss", "صحيفة", "EGY", "خاص"), ENTRY)


def test_the_feed_fills_what_the_page_leaves_out() -> None:
    article = make_article(WORK, Page("", "نص", None, "ar", ()), NOW)
    assert (article.title, article.published_at) == ("عنوان الخبر", ENTRY.published)
    assert (article.outlet, article.country, article.article_id) == ("صحيفة", "EGY", "a1")


def test_the_page_wins_over_the_feed() -> None:
    earlier = datetime(2024, 6, 17, 8, tzinfo=UTC)
    article = make_article(WORK, Page("عنوان الصفحة", "نص", earlier, "ar", ()), NOW)
    assert (article.title, article.published_at) == ("عنوان الصفحة", earlier)


def test_a_changed_body_changes_the_mark() -> None:
    one, two = (make_article(WORK, Page("ع", text, None, "ar", ()), NOW) for text in ("نص", "نص آخر"))
    assert one.text_hash != two.text_hash


@pytest.mark.parametrize("reason", ["timeout", "dns", "http_503", "http_429"])
def test_passing_faults_are_tried_again_after_doubling_waits(reason: str) -> None:
    rejected = Rejected("fetch", WORK.url, reason)
    waits = [retry_at(rejected, attempts, NOW, max_attempts=4) for attempts in (1, 2, 3, 4)]
    assert waits == [NOW + timedelta(minutes=minutes) for minutes in (10, 20, 40)] + [None]


@pytest.mark.parametrize("reason", ["http_404", "http_410", "paywall", "robots", "wrong_language"])
def test_lasting_faults_are_not(reason: str) -> None:
    assert retry_at(Rejected("fetch", WORK.url, reason), 1, NOW, max_attempts=4) is None


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://m.a.test/1#top", "https://m.a.test/1"),
        ("https://a.test/1?utm_source=x", None),
        ("/1", None),
        ("mailto:desk@a.test", None),
        ("http://[::1", None),
        (None, None),
    ],
)
def test_a_host_made_by_rule_that_does_not_exist_gives_way_to_the_link_of_the_feed(
    link: str | None, expected: str | None
) -> None:
    work = replace(WORK, entry=replace(ENTRY, link=link))
    assert other_address(work, Rejected("fetch", WORK.url, "dns")) == expected
    assert other_address(work, Rejected("fetch", WORK.url, "http_404")) is None


@pytest.mark.parametrize(
    ("stage", "reason", "wanted"),
    [
        ("fetch", "http_404", True),
        ("fetch", "http_410", True),
        ("fetch", "http_403", False),
        ("extract", "not_found", True),
        ("extract", "front_page", True),
        ("extract", "error_page", False),
        ("extract", "consent", False),
    ],
)
def test_what_counts_as_gone(stage: Stage, reason: str, wanted: bool) -> None:
    assert is_gone(Rejected(stage, WORK.url, reason)) is wanted


def test_the_front_page_instead_of_an_article_is_refused() -> None:
    refused = sent_to_front(WORK, "https://a.test/")
    assert refused is not None and refused.reason == "front_page"
    assert sent_to_front(WORK, "https://a.test/1?x=1") is None
    assert sent_to_front(WORK, "https://a.test/?p=1") is None
    assert sent_to_front(replace(WORK, url="https://a.test/"), "https://www.a.test") is None

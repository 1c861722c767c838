"""A date without a zone is read by the clock of the outlet's country, as it was on that day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.core import get_global

from tasks.domain.articles.body import extract_page
from tasks.domain.feeds.dates import read_date
from tasks.domain.feeds.parse import parse_answer
from tasks.domain.feeds.zones import _capitals, zone_of
from tests.domain.articles.pages import PARAGRAPHS
from warehouse.records import Feed, Page, Response

NOW = datetime(2026, 3, 1, tzinfo=UTC)
RSS = """<rss version="2.0"><channel><title>t</title>
<item><title>a</title><link>https://n.example/1</link><pubDate>{}</pubDate></item></channel></rss>"""
PAGE = """<html><head><title>وزير الدفاع يزور العاصمة</title><meta property="og:type" content="article">
<meta property="article:published_time" content="{}"></head>
<body><article><h1>وزير الدفاع يزور العاصمة</h1>{}</article></body>"""


def rules(zone: str) -> tuple[timedelta | None, ...]:
    """The clock at some hundred moments of the last decade."""
    start = datetime(2015, 1, 1, tzinfo=UTC)
    return tuple((start + timedelta(days=30 * n)).astimezone(ZoneInfo(zone)).utcoffset() for n in range(130))


@pytest.mark.parametrize(
    ("country", "zone"),
    [("EGY", "Africa/Cairo"), ("SAU", "Asia/Riyadh"), ("RUS", "Europe/Moscow"), ("USA", "America/New_York")],
)
def test_a_country_has_the_clock_of_its_capital(country: str, zone: str) -> None:
    assert zone_of(country) == ZoneInfo(zone)


@pytest.mark.parametrize("country", [None, "", "XXX", "NATO", "EG"])
def test_what_is_no_country_has_no_clock(country: str | None) -> None:
    assert zone_of(country) is None


def test_no_country_with_several_clocks_is_left_to_chance() -> None:
    named = get_global("territory_aliases").items()
    aliases = {codes[0]: alias for alias, codes in named if len(alias) == 3 and alias.isalpha()}
    zones_of = {code: zones for code, zones in get_global("territory_zones").items() if code in aliases}
    several = {code for code, zones in zones_of.items() if len({rules(zone) for zone in zones}) > 1}
    # Antarctica, the scattered islands of the United States and "unknown" have no capital.
    for code in several - {"AQ", "UM", "ZZ"}:
        assert str(zone_of(aliases[code])) == _capitals().get(code)
    assert set(_capitals()) <= several


@pytest.mark.parametrize(
    ("text", "country", "wanted"),
    [
        ("2024-01-18 10:00", "EGY", "2024-01-18T08:00"),
        ("2024-07-18 10:00", "EGY", "2024-07-18T07:00"),  # summer time came back in 2023
        ("2022-07-18 10:00", "EGY", "2022-07-18T08:00"),
        ("الأربعاء، 07 أكتوبر 2020 - 12:09 م", "SAU", "2020-10-07T09:09"),
        ("2024-01-18 01:30", "ARE", "2024-01-17T21:30"),
        ("2024-01-18 10:00", "MAR", "2024-01-18T09:00"),
        ("2024-01-18 10:00 +0300", "EGY", "2024-01-18T07:00"),
        ("Thu, 18 Jan 2024 10:00:00 GMT", "SAU", "2024-01-18T10:00"),
        ("2024-01-18", "SAU", "2024-01-18T00:00"),
        ("2024-01-18 10:00", None, "2024-01-18T10:00"),
    ],
)
def test_what_the_text_says_goes_before_the_outlets_clock(text: str, country: str | None, wanted: str) -> None:
    found = read_date(text, clock=zone_of(country))
    assert found.when == datetime.fromisoformat(wanted).replace(tzinfo=UTC)


def test_the_doubt_is_said() -> None:
    assert read_date("2024-01-18 10:00", clock=zone_of("SAU")).reason == "no zone: read as Asia/Riyadh"
    assert read_date("Thu, 18 Jan 2024 10:00:00 XST", clock=zone_of("SAU")).reason == (
        "unknown zone xst: read as Asia/Riyadh"
    )


@pytest.mark.parametrize("date", ["2024-01-18 10:00:00", "18/01/2024 10:00", "الخميس 18 يناير 2024 10:00 ص"])
def test_feeds_are_read_by_it(date: str) -> None:
    answer = Response("https://n.example/rss", "https://n.example/rss", 200, {}, RSS.format(date).encode(), NOW)
    for country, hour in (("IRQ", 7), ("TUN", 9), (None, 10)):
        feed = parse_answer(answer, country=country)
        assert isinstance(feed, Feed)
        assert feed.entries[0].published == datetime(2024, 1, 18, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "hour"), [("2024-01-18 10:00:00", 7), ("2024-01-18T10:00:00Z", 10), ("2024-01-18", 0)]
)
def test_pages_are_read_by_it(date: str, hour: int) -> None:
    html = PAGE.format(date, "".join(f"<p>{text}</p>" for text in PARAGRAPHS))
    page = extract_page(html, url="https://n.example/1", now=NOW, clock=zone_of("IRQ"))
    assert isinstance(page, Page)
    assert page.published == datetime(2024, 1, 18, hour, tzinfo=UTC)

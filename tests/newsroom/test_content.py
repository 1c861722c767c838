"""The manifest against the gold, the pages and the feeds: what tests measure by must itself be right."""

from __future__ import annotations

import html
import json
import tomllib
from datetime import UTC, datetime
from urllib.parse import urlsplit

import feedparser
import httpx
import pytest

from examples.newsroom import Newsroom
from examples.newsroom.build import GOLD, build
from examples.newsroom.content import FOLDER, Article, FeedSpec, Outlet, article, read_articles, read_outlets
from examples.newsroom.dates import format_moment, hijri, style_names
from examples.newsroom.rendering import escape, render

ARTICLES = read_articles()
OUTLETS = read_outlets()
FEEDS = [(outlet, feed) for outlet in OUTLETS.values() for feed in outlet.feeds]
XML_FEEDS = [
    (outlet, feed)
    for outlet, feed in FEEDS
    if feed.template in ("rss.xml", "atom.xml", "rdf.xml", "rss091.xml", "cdata.xml")
]


def test_the_manifest_is_what_a_fresh_build_makes() -> None:
    assert (FOLDER / "manifest.json").read_text(encoding="utf-8") == build()


def test_bodies_and_dates_are_those_of_the_gold() -> None:
    lines = [line for file in GOLD.glob("dev-*.jsonl") for line in file.read_text(encoding="utf-8").splitlines()]
    gold = {row["id"]: row for row in map(json.loads, lines)}
    taken = [one for one in ARTICLES if one.gold]
    assert len(taken) >= 40
    for one in taken:
        row = gold[one.gold]
        assert "\n".join(one.paragraphs) == row["text"]
        offset = OUTLETS[one.outlet].offset
        assert {format_moment(one.published, "day", hours) for hours in (0, offset)} == {row["published"]}


def test_every_article_has_an_address_of_its_own() -> None:
    assert len({one.path for one in ARTICLES}) == len({one.key for one in ARTICLES}) == len(ARTICLES)
    assert all(one.path.startswith(f"/{one.outlet}/") for one in ARTICLES)


def test_copies_name_an_article_of_another_outlet() -> None:
    by_key = {one.key: one for one in ARTICLES}
    copies = [one for one in ARTICLES if one.copy_of]
    assert len(copies) >= 6
    assert all(by_key[str(one.copy_of)].outlet != one.outlet for one in copies)


def test_the_newsroom_is_as_wide_as_it_says() -> None:
    assert len(OUTLETS) >= 6
    assert {
        "rss.xml",
        "atom.xml",
        "rdf.xml",
        "rss091.xml",
        "cdata.xml",
        "json",
        "news.xml",
        "sitemap.xml",
        "sitemapindex.xml",
    } == {feed.template for _, feed in FEEDS}
    assert {feed.dates for _, feed in FEEDS} >= {"levantine", "moroccan", "algerian", "egyptian", "aspnet", "slashes"}
    reasons = {one.expected for one in ARTICLES}
    assert reasons == {"accepted", "paywall", "consent", "video", "listing", "not_found", "gone"}


@pytest.mark.parametrize("one", ARTICLES, ids=lambda one: one.key)
def test_the_page_holds_the_article(open_room: Newsroom, client: httpx.Client, one: Article) -> None:
    response = client.get(open_room.url(one.link or one.path), follow_redirects=True)
    statuses = {"not_found": (404, 200), "gone": (410,)}.get(one.expected, (200,))
    assert response.status_code in ((403,) if one.body_source == "feed" else statuses)
    if one.expected == "accepted" and one.body_source == "page":
        text = html.unescape(response.content.decode(OUTLETS[one.outlet].encoding))
        assert f">{one.title}</h1>" in text
        assert all(paragraph in text for paragraph in one.paragraphs)


@pytest.mark.parametrize("twin", ["amp", "mobile"])
def test_twins_name_the_page_itself(open_room: Newsroom, client: httpx.Client, twin: str) -> None:
    one, outlet = open_room.site.article("diffa-dev-a-01"), OUTLETS["diffa"]
    assert outlet.address(one, twin) != one.path
    text = client.get(open_room.url(outlet.address(one, twin))).text
    assert f'<link rel="canonical" href="{open_room.article_url(one.key)}">' in text
    assert html.escape(one.paragraphs[0]) in text


def test_the_late_meta_stands_after_four_kilobytes(open_room: Newsroom, client: httpx.Client) -> None:
    response = client.get(open_room.article_url("midad-dev-c-23"))
    assert response.headers["content-type"] == "text/html"
    assert response.content.index(b"charset=windows-1256") > 4096


@pytest.mark.parametrize(("outlet", "feed"), XML_FEEDS, ids=lambda value: getattr(value, "path", ""))
def test_feeds_hold_their_articles(open_room: Newsroom, client: httpx.Client, outlet: Outlet, feed: FeedSpec) -> None:
    response = client.get(open_room.url(feed.path))
    chosen = [one for one in ARTICLES if one.outlet == outlet.slug]
    titles = {one.title for one in chosen}
    text = response.content.decode(feed.encoding, "replace").partition("?>")[2]
    parsed = feedparser.parse(text.encode(), sanitize_html=False)
    got = [entry.title for entry in parsed.entries if entry.title]
    assert 3 <= len(got) <= len(chosen) * (2 if feed.template == "cdata.xml" else 1)
    assert set(got) <= titles


def test_the_json_feed(open_room: Newsroom, client: httpx.Client) -> None:
    feed = client.get(open_room.url("/barzakh/feed.json")).json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {item["title"] for item in feed["items"]} <= {one.title for one in ARTICLES}
    assert feed["items"][0]["date_published"].endswith("+00:00")


def test_guids_churn_and_content_is_stamped_at_each_request(open_room: Newsroom, client: httpx.Client) -> None:
    for path in ("/volga/churn.xml", "/barzakh/stamped.xml"):
        url = open_room.url(path)
        assert client.get(url).content != client.get(url).content


def test_the_truncated_feed_ends_in_the_middle(open_room: Newsroom, client: httpx.Client) -> None:
    text = client.get(open_room.url("/marsa/truncated.xml")).content.decode(errors="ignore")
    assert text.count("<item>") > text.count("</item>")
    assert "</rss>" not in text


def test_front_pages_name_their_feeds(open_room: Newsroom, client: httpx.Client) -> None:
    for outlet in OUTLETS.values():
        text = client.get(open_room.url(f"/{outlet.slug}/")).text
        assert all(f'href="{open_room.url(feed.path)}"' in text for feed in outlet.feeds)


def test_every_link_of_the_feeds_leads_somewhere(open_room: Newsroom, client: httpx.Client) -> None:
    feed = feedparser.parse(client.get(open_room.url("/diffa/rss.xml")).content)
    links = [entry.link for entry in feed.entries]
    assert all("utm_source=rss" in link and urlsplit(link).fragment for link in links)
    assert [client.get(link).status_code for link in links].count(200) == len(links) - 1


def test_nothing_in_the_newsroom_is_a_real_address() -> None:
    for file in [*FOLDER.glob("templates/*"), *FOLDER.glob("site/*"), FOLDER / "content.toml"]:
        hosts = {part.split("/")[0].split('"')[0] for part in file.read_text(encoding="utf-8").split("://")[1:]}
        vocabularies = {
            "schema.org",
            "www.w3.org",
            "purl.org",
            "search.yahoo.com",
            "www.sitemaps.org",
            "www.google.com",
        }
        assert all(host in vocabularies or host.endswith((".example", ".invalid")) for host in hosts), file


def test_moments_in_every_style() -> None:
    moment = datetime(2024, 4, 13, 11, 5, tzinfo=UTC)
    written = {style: format_moment(moment, style, 3) for style in style_names()}
    assert written["rfc822"] == "Sat, 13 Apr 2024 14:05:00 +0300"
    assert written["levantine"] == "السبت، 13 نيسان 2024 14:05:00 +0300"
    assert written["egyptian"] == "السبت، 13 أبريل 2024 - 02:05 م"
    assert written["aspnet"] == "4/13/2024 2:05:00 PM"
    assert written["iso"] == "2024-04-13T14:05:00+03:00"
    assert written["hijri"] == "السبت 4 شوال 1445 هـ - 13 أبريل 2024 م"
    assert written["levantine_digits"] == "السبت ١٣ نيسان ٢٠٢٤ الساعة ١٤:٠٥"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (datetime(622, 7, 19), (1, 1, 1)),
        (datetime(1945, 11, 12), (1364, 12, 6)),
        (datetime(2024, 4, 10), (1445, 10, 1)),
        (datetime(2038, 11, 10), (1460, 10, 12)),
    ],
)
def test_hijri(day: datetime, expected: tuple[int, int, int]) -> None:
    assert hijri(day) == expected


def test_values_are_escaped_where_they_stand() -> None:
    row = escape({"title": 'س "ص" </script> & $ع'})
    assert render("$title|$title_raw", row, {}) == ('س &quot;ص&quot; &lt;/script&gt; &amp; $ع|س "ص" </script> & $ع')
    assert json.loads(render("$title_json", row, {})) == 'س "ص" </script> & $ع'
    assert "</script>" not in row["title_json"]


def test_blocks_repeat_and_may_use_outer_values() -> None:
    text = "<!-- each rows -->\n<i>$a$b</i>\n<!-- end rows -->\n."
    assert render(text, {"a": "1"}, {"rows": [{"b": "2"}, {"b": "3"}]}) == "<i>12</i>\n<i>13</i>\n."


def test_a_row_of_the_manifest_becomes_a_record() -> None:
    row = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["articles"][0]
    record = article(row)
    assert isinstance(record.paragraphs, tuple)
    assert record.published.tzinfo is not None


def test_pipeline_toml_names_only_what_is_served(open_room: Newsroom) -> None:
    table = tomllib.loads((FOLDER / "pipeline.toml").read_text(encoding="utf-8"))
    paths = [urlsplit(feed["url"]).path for feed in table["feeds"]]
    served = {feed.path for _, feed in FEEDS} | open_room.site.routes
    assert len(paths) == len(set(paths)) >= 15
    assert set(paths) <= served
    by_name = {outlet.name: outlet for outlet in OUTLETS.values()}
    for feed in table["feeds"]:
        outlet = by_name[feed["outlet"]]
        assert (feed["country"], feed["owner"]) == (outlet.country, outlet.owner)

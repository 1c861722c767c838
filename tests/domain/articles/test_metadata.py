from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tasks.domain.articles.authors import clean_authors
from tasks.domain.articles.language import identify_language
from tasks.domain.articles.metadata import PageMetadata, read_metadata
from tasks.domain.articles.paragraphs import clean_paragraphs
from tasks.domain.articles.structured import ArticleData, read_structured
from tasks.domain.articles.titles import clean_title, visible_headline
from tasks.domain.articles.tree import parse_html
from warehouse.records import Entry

NOW = datetime(2026, 3, 10, tzinfo=UTC)
URL = "https://ufuq.example/news/1"


def read(
    head: str = "", body: str = "", *, url: str | None = URL, fed: datetime | None = None, title: str = ""
) -> PageMetadata:
    tree = parse_html(f"<html><head>{head}</head><body>{body}<p>نص</p></body></html>")
    entry = Entry("1", URL, title, "", fed) if fed or title else None
    return read_metadata(tree, url=url, entry=entry, now=NOW)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def ld(fields: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {fields}}}</script>'


def test_json_ld_is_believed_before_meta_before_the_feed_before_the_page() -> None:
    meta = '<meta property="article:published_time" content="2026-03-03T00:30:00Z">'
    shown = '<h1>عنوان الخبر هنا الآن</h1><time datetime="2026-03-05T08:00:00Z">x</time>'
    fed = at(2026, 3, 4, 9)
    assert read(ld('"datePublished": "2026-03-02T10:00:00Z"') + meta, shown, fed=fed).dates.published == at(
        2026, 3, 2, 10
    )
    assert read(meta, shown, fed=fed).dates.published == at(2026, 3, 3, 0, 30)
    assert read("", shown, fed=fed).dates.published == fed
    assert read("", shown).dates.published == at(2026, 3, 5, 8)


def test_the_feed_is_exact_where_the_page_is_vague() -> None:
    fed = at(2026, 3, 2, 7, 15)
    assert read(ld('"datePublished": "2026-03-02"'), fed=fed).dates.published == fed
    assert read(ld('"datePublished": "2026-03-02T10:15:00"'), fed=fed).dates.published == fed
    assert read(ld('"datePublished": "2026-02-20"'), fed=fed).dates.published == at(2026, 2, 20)


def test_the_page_shows_the_time_of_a_stated_day() -> None:
    shown = "<div><h1>عنوان الخبر</h1><div class='dt'>2 آذار/مارس 2026 15:45 +0300</div></div>"
    assert read('<meta name="date" content="2026-03-02">', shown).dates.published == at(2026, 3, 2, 12, 45)
    assert read('<meta name="date" content="2026-03-01">', shown).dates.published == at(2026, 3, 1)


def test_a_rendering_time_is_no_publication() -> None:
    fed = at(2026, 3, 2, 7, 15)
    assert read(ld('"datePublished": "2026-03-09T23:59:00Z"'), fed=fed).dates.published == fed


@pytest.mark.parametrize(
    "stated", ["2027-05-01T00:00:00Z", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2026", "soon", "31/31/2026"]
)
def test_what_cannot_be_is_no_date_and_has_a_reason(stated: str) -> None:
    dates = read(ld(f'"datePublished": "{stated}"')).dates
    assert dates.published is None and dates.reason


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>عنوان</h1><div class='news-date'>الأربعاء، 07 أكتوبر 2020 - 12:09 م</div>", at(2020, 10, 7, 12, 9)),
        ("<h1>عنوان</h1><span class='post_date'>٢ آذار ٢٠٢٤</span>", at(2024, 3, 2)),
        (
            "<h1>عنوان</h1><span property='dc:date' content='2019-02-08T00:00:00+01:00'>الجمعة 8 فيفري 2019</span>",
            at(2019, 2, 8),
        ),
        (
            "<div class='today date'>10 مارس 2026</div><h1>عنوان</h1><span class='date'>2 مارس 2026</span>",
            at(2026, 3, 2),
        ),
        ("<div><a href='/d'>2 مارس 2026 10:30</a><h1>عنوان</h1></div>", at(2026, 3, 2, 10, 30)),
        ("<h1>عنوان</h1><b>تاريخ النشر: 22/2/2026</b>", at(2026, 2, 22)),
        (
            "<h1>عنوان</h1><p>قال الوزير إن الاتفاق الموقع في 2 مارس 2025 بين البلدين سيمدد لعام آخر على الأقل.</p>",
            None,
        ),
        ("<h1>عنوان</h1><span class='date'>آخر تحديث: 2 مارس 2026</span>", None),
        ("<h1>عنوان</h1><aside><span class='date'>2 مارس 2026</span></aside>", None),
        ("<h1>عنوان</h1><footer><p>جميع الحقوق محفوظة 2026</p></footer>", None),
    ],
)
def test_dates_that_pages_show(body: str, expected: datetime | None) -> None:
    assert read("", body).dates.published == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://ufuq.example/2024/03/02/deal", at(2024, 3, 2)),
        ("https://ufuq.example/2013/middle_east/8/3/deal/index.html", at(2013, 8, 3)),
        ("https://ufuq.example/2024/deal", None),
        ("https://ufuq.example/news/20240302111", None),
    ],
)
def test_dates_in_addresses(url: str, expected: datetime | None) -> None:
    assert read("", "<h1>عنوان الخبر</h1>", url=url).dates.published == expected


def test_a_change_before_publication_is_none() -> None:
    assert read(ld('"datePublished": "2026-03-02T10:00Z", "dateModified": "2026-03-01T10:00Z"')).dates.modified is None


@pytest.mark.parametrize(
    ("candidates", "sites", "url", "expected"),
    [
        (["وزير الدفاع يوقع صفقة - صحيفة الأفق"], ["صحيفة الأفق"], None, "وزير الدفاع يوقع صفقة"),
        (["صحيفة الأفق | وزير الدفاع يوقع صفقة"], ["صحيفه الافق"], None, "وزير الدفاع يوقع صفقة"),
        (["وزير الدفاع يوقع صفقة | الأفق نيوز"], [], None, "وزير الدفاع يوقع صفقة"),
        (["وزير الدفاع يوقع صفقة - ufuq.example"], [], None, "وزير الدفاع يوقع صفقة"),
        (["Minister signs a deal - Ufuq"], [], "https://www.ufuq.example/1", "Minister signs a deal"),
        (["وزير الدفاع يوقع - الصفقة - الأفق"], ["الأفق"], None, "وزير الدفاع يوقع - الصفقة"),
        (["وزير الدفاع: نوقع صفقة سو-35 قريبا"], ["الأفق"], None, "وزير الدفاع: نوقع صفقة سو-35 قريبا"),
        (["صفقة - الأفق للأنباء العربية", "صفقة سلاح جديدة"], [], None, "صفقة - الأفق للأنباء العربية"),
        (["وزير الدفاع يوقع صفقة - موقع ما", "وزير الدفاع يوقع صفقة"], [], None, "وزير الدفاع يوقع صفقة"),
        (["وزير الدفاع يوقع صفقة مع...", "وزير الدفاع يوقع صفقة مع نظيره"], [], None, "وزير الدفاع يوقع صفقة مع نظيره"),
        (["رأي | الصفقة التي غيرت المنطقة", "الصفقة التي غيرت المنطقة"], [], None, "الصفقة التي غيرت المنطقة"),
        (
            ["وصول الطائرات للمشاركة في «زايد 3»", "وصول الطائرات للمشاركة في زايد 3"],
            [],
            None,
            "وصول الطائرات للمشاركة في «زايد 3»",
        ),
        (["«صفقة القرن» تعود"], [], None, "«صفقة القرن» تعود"),
        (["", "  "], [], None, ""),
    ],
)
def test_titles(candidates: list[str], sites: list[str], url: str | None, expected: str) -> None:
    assert clean_title(candidates, sites, url) == expected


def test_the_headline_shown_wins_over_the_one_for_search_engines_but_a_logo_does_not() -> None:
    stated = ["صفقة السلاح الجديدة بالتفصيل"]
    assert visible_headline(["وزير الدفاع يوقع صفقة جديدة"], stated, []) == "وزير الدفاع يوقع صفقة جديدة"
    assert visible_headline(["الأفق"], stated, []) == ""
    assert (
        visible_headline(["صحيفة الأفق العربية اليومية", "تفاصيل صفقة السلاح الجديدة"], stated, [])
        == "تفاصيل صفقة السلاح الجديدة"
    )
    assert visible_headline(["صحيفة الأفق العربية اليومية"], stated, ["صحيفة الأفق العربية اليومية"]) == ""


@pytest.mark.parametrize(
    ("bylines", "expected"),
    [
        (["بقلم: سامي العلي"], ("سامي العلي",)),
        (["كتب - سامي العلي، هدى منصور"], ("سامي العلي", "هدى منصور")),
        (["By John Smith and Jane Doe | Reuters"], ("John Smith", "Jane Doe", "Reuters")),
        (["Sputnik https://cdn.example/i.jpg; admin; سامي العلي"], ("Sputnik", "سامي العلي")),
        (["admin"], ()),
        (["@handle", "desk@example.org", "I; L"], ()),
        (["صحيفة الأفق"], ()),
        (["سامي العلي", "سامى العلى"], ("سامي العلي",)),
        (["وكالات"], ("وكالات",)),
        (["كاتبة ياسين"], ("كاتبة ياسين",)),
    ],
)
def test_authors(bylines: list[str], expected: tuple[str, ...]) -> None:
    assert clean_authors(bylines, ["صحيفة الأفق"]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أعلنت وزارة الدفاع توقيع اتفاق للتدريب مع نظيرتها", "ar"),
        ("أعلنت شركة Lockheed Martin تسليم مقاتلات F-35 إلى القوات", "ar"),
        ("وزیر دفاع ایران گفت که این قرارداد امروز امضا شد", "fa"),
        ("وزیر دفاع نے کہا ہے کہ یہ معاہدہ کل ہوگا", "ur"),
        ("وەزیری بەرگری گوتی کە ئەم گرێبەستە واژوو دەکرێت", "ckb"),
        ("د دفاع وزیر وویل چې دا تړون به لاسلیک شي", "ps"),
        ("The defence minister said the deal would be signed today", "en"),
        ("Le ministre de la Défense a signé un accord avec son homologue", "fr"),
        ("Министр обороны подписал соглашение со своим коллегой", "ru"),
        ("12345 67890", None),
        ("", None),
    ],
)
def test_languages(text: str, expected: str | None) -> None:
    assert identify_language(text) == expected


@pytest.mark.parametrize("title", ["الأفق | وزير الدفاع يوقع الصفقة", "وزير الدفاع يوقع الصفقة - وكالة الأفق للأنباء"])
def test_the_outlet_named_in_the_title_is_no_author(title: str) -> None:
    found = read(
        f"<title>{title}</title>", "<h1>وزير الدفاع يوقع الصفقة</h1><span class='author'>بواسطة شبكة الأفق</span>"
    )
    assert (found.title, found.authors) == ("وزير الدفاع يوقع الصفقة", ())


def test_a_byline_of_roles_and_names() -> None:
    items = "<li><span>Author, </span><span>سلمى برهوم</span></li><li><span>Role, </span><span>الأفق</span></li>"
    assert read("", f"<section class='byline'><strong>عن الكاتب</strong><ul>{items}</ul></section>").authors == (
        "سلمى برهوم",
    )


def test_canonical_addresses() -> None:
    assert read('<link rel="canonical" href="/news/7">').canonical_url == "https://ufuq.example/news/7"
    assert (
        read('<meta property="og:url" content="https://ufuq.example/news/8">').canonical_url
        == "https://ufuq.example/news/8"
    )
    assert read('<link rel="canonical" href="https://ufuq.example/">').canonical_url is None
    assert read('<link rel="canonical" href="javascript:x">').canonical_url is None


TIDY = '{"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"], "headline": "خبر\\nعاجل", "author": "سامي"}]}'


def structured(script: str) -> ArticleData:
    head = f'<script type="application/ld+json">{script}</script>'
    return read_structured(parse_html(f"<html><head>{head}</head><body><p>x</p></body></html>"))


@pytest.mark.parametrize(
    "script", [TIDY, f"<!--{TIDY}-->", f"//<![CDATA[\n{TIDY}\n//]]>", TIDY + ";", TIDY.replace("عاجل", "\tعاجل")]
)
def test_untidy_json_ld(script: str) -> None:
    found = structured(script)
    assert (found.headline, found.authors, found.is_article) == ("خبر عاجل", ("سامي",), True)


@pytest.mark.parametrize(
    "script", ["{", "null", "[1, 2]", '{"@type": 5}', '{"@type": "NewsArticle", "author": [[{"name": {"a": 1}}]]}']
)
def test_senseless_json_ld(script: str) -> None:
    assert structured(script).headline == ""


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ أيضا: صفقة جديدة",
        "مواضيع ذات صلة",
        "شارك الخبر",
        "طباعة",
        "آخر تحديث: 2 مارس 2026",
        "جميع الحقوق محفوظة لموقع الأفق",
        "الآراء الواردة في المقال لا تعبر عن رأي الصحيفة",
        "Advertisement",
        "Read more: another story",
    ],
)
def test_furniture_is_dropped(line: str) -> None:
    text = "وقع الوزيران اتفاقا جديدا."
    assert clean_paragraphs(f"{text}\n{line}\nولم {text}") == f"{text}\nولم {text}"


@pytest.mark.parametrize(
    "line",
    [
        "شارك الجيش في تدريبات بحرية مع دول الجوار.",
        "تابع الرئيس سير المناورات.",
        "طباعة العملة الجديدة تبدأ غدا.",
        "Print media in the region are in crisis.",
    ],
)
def test_sentences_that_begin_like_furniture_stay(line: str) -> None:
    assert clean_paragraphs(f"وقع الوزيران اتفاقا.\n{line}") == f"وقع الوزيران اتفاقا.\n{line}"


def test_a_summary_that_the_first_paragraph_repeats_is_dropped() -> None:
    text = "وقع الوزيران اتفاقا جديدا للتدريب المشترك\nوقع الوزيران اتفاقا جديدا للتدريب المشترك، وقالا إنه الأول."
    assert clean_paragraphs(text) == text.splitlines()[1]


@pytest.mark.parametrize("line", ["الرباط / وكالة الأفق", "دبي - الأفق.نت", "12 نيسان/أبريل 2024 10:10 +0000"])
def test_lines_above_the_first_paragraph_are_dropped(line: str) -> None:
    assert clean_paragraphs(f"{line}\nوقع الوزيران اتفاقا جديدا.") == "وقع الوزيران اتفاقا جديدا."


def test_headline_date_and_doubles_are_dropped_and_the_tail_ends_the_text() -> None:
    text = "\n".join(
        [
            "صفقة سلاح جديدة",
            "الاثنين 2 مارس 2026 - 10:15",
            "فقرة أولى طويلة عن الصفقة.",
            "فقرة أولى طويلة عن الصفقة.",
            "فقرة ثانية.",
            "مواضيع ذات صلة",
            "خبر آخر لا شأن له",
        ]
    )
    assert clean_paragraphs(text, "صفقة سلاح جديدة") == "فقرة أولى طويلة عن الصفقة.\nفقرة ثانية."

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.domain.articles.body import PageRules, extract_page, markup_text, page_from_entry
from tasks.domain.articles.refuse import RefusalLimits
from tests.domain.articles.pages import OTHERS, PARAGRAPHS, SHAPES, SITE, TITLE, Shape, head, json_ld
from warehouse.records import Entry, Page, Rejected

URL = "https://ufuq.example/news/1"
NOW = datetime(2026, 3, 10, tzinfo=UTC)
BODY = "\n".join(PARAGRAPHS)
HEADS = {
    "bare": head(),
    "json_ld": head(
        json_ld(datePublished="2026-03-02T10:15:00+03:00", author={"@type": "Person", "name": "سامي العلي"})
    ),
    "opengraph": head(f"<meta property='og:type' content='article'><meta property='og:site_name' content='{SITE}'>"),
}


def accepted(answer: Page | Rejected) -> Page:
    assert isinstance(answer, Page), answer
    return answer


def refused(html: str, **arguments: object) -> str:
    answer = extract_page(html, **{"url": URL, "now": NOW, **arguments})  # type: ignore[arg-type]
    assert isinstance(answer, Rejected), answer
    assert answer.stage == "extract" and answer.detail
    return answer.reason


def entry(**fields: object) -> Entry:
    values = {"guid": "1", "link": URL, "title": TITLE, "summary": "", "published": None, **fields}
    return Entry(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("top", HEADS)
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_paragraphs_and_nothing_else(shape: Shape, top: str) -> None:
    page = accepted(extract_page(shape.make(HEADS[top], PARAGRAPHS), url=URL, now=NOW))
    assert page.text == BODY
    assert page.title == TITLE
    assert (page.language, page.body_source) == ("ar", "page")


def test_a_page_laid_out_in_tables_keeps_its_paragraphs_apart() -> None:
    cell = f"<h1>{TITLE}</h1><div class='dt'>12 نيسان/أبريل 2024 10:10 +0000</div>{'<br><br>'.join(PARAGRAPHS)}"
    side = "".join(f"<a href='/n/{n}'>{text}</a><br>" for n, text in enumerate(OTHERS))
    html = document(TITLE, f"<table><tr><td>{cell}</td><td>{side}</td></tr></table>")
    assert accepted(extract_page(html, url=URL, now=NOW)).text == BODY


def test_what_is_hidden_is_not_read_but_hidden_paragraphs_are() -> None:
    teaser = f"<div itemprop='articleBody' hidden>{TITLE} {PARAGRAPHS[0]}</div>"
    shown = "".join(f"<div style='display:none'><p>{text}</p></div>" for text in PARAGRAPHS)
    html = document(TITLE, f"<article><h1>{TITLE}</h1>{teaser}{shown}</article>")
    assert accepted(extract_page(html, url=URL, now=NOW)).text == BODY


def test_a_page_drawn_by_scripts_still_has_its_json_ld() -> None:
    top = head(json_ld(articleBody="<p>" + "</p><p>".join(PARAGRAPHS) + "</p>"))
    html = f"<html><head>{top}</head><body><div id='root'></div><p>يرجى تفعيل الجافا سكريبت</p></body></html>"
    assert accepted(extract_page(html, url=URL, now=NOW)).text == BODY


def test_a_short_item_is_an_article() -> None:
    page = accepted(extract_page(SHAPES[0].make(HEADS["json_ld"], PARAGRAPHS[:1]), url=URL, now=NOW))
    assert page.text == PARAGRAPHS[0]
    assert accepted(extract_page(SHAPES[0].make(head(), PARAGRAPHS[:1]), url=URL, now=NOW)).text == PARAGRAPHS[0]


def test_everything_the_page_states() -> None:
    top = head(
        json_ld(
            datePublished="2026-03-02T10:15:00+03:00",
            dateModified="2026-03-02T12:00:00+03:00",
            author=[{"name": "سامي العلي"}, {"name": "هدى منصور"}],
            publisher={"@type": "Organization", "name": SITE},
        ),
        "<link rel='canonical' href='/news/1?utm_source=x'>",
    )
    page = accepted(extract_page(SHAPES[0].make(top, PARAGRAPHS), url=URL + "?utm_source=feed", now=NOW))
    assert page.published == datetime(2026, 3, 2, 7, 15, tzinfo=UTC)
    assert page.modified == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert page.authors == ("سامي العلي", "هدى منصور")
    assert (page.site_name, page.canonical_url, page.date_reason) == (SITE, URL, None)


def test_zero_width_joiners_stay() -> None:
    persian = "وزیر دفاع گفت که نیروهای مسلح آماده‌اند و می‌توانند از مرزها دفاع کنند و این توافق امروز امضا شد."
    twice = f"<p>{persian}</p><p>۲ {persian.replace(chr(0x200C), '&zwnj;')}</p>"
    html = document("خبر", f"<article>{twice}</article>")
    page = accepted(extract_page(html, url=URL, now=NOW))
    assert page.text.splitlines()[0] == persian and page.text.count("\u200c") == 4
    assert page.language == "fa"


def test_breaks_end_lines_and_bullets_go() -> None:
    body = f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}<br>{PARAGRAPHS[1]}</p><ul><li>{PARAGRAPHS[2]}</li></ul>"
    html = document(TITLE, f"<article>{body}</article>")
    assert accepted(extract_page(html, url=URL, now=NOW)).text == "\n".join(PARAGRAPHS[:3])


LONG = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def document(title: str, body: str, meta: str = "") -> str:
    return f"<html><head><title>{title}</title>{meta}</head><body>{body}</body></html>"


NOT_FOUND = "<p>عذرا، الصفحة التي تبحث عنها غير موجودة.</p>"
CHECKING = "<p>Checking if the site connection is secure</p>"
DENIED = "<h1>Access Denied</h1><p>You don't have permission to access this page on this server.</p>"
SUBSCRIBE = f"<article><h1>{TITLE}</h1><p>للمتابعة: اشترك الآن لقراءة المقال كاملا في النسخة الرقمية.</p></article>"
COOKIES = "<div><p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك على هذا الموقع وعرض ما يناسب اهتماماتك.</p></div>"
VIDEO = f"<h1>{TITLE}</h1><p>شاهدوا تقرير مراسلنا من موقع التدريب المشترك في شمال البلاد.</p>"


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", "empty"),
        ("   \n ", "empty"),
        ("%PDF-1.4 stream", "not_html"),
        ('{"articles": []}', "not_html"),
        ("<?xml version='1.0'?><rss><channel><title>p</title></channel></rss>", "not_html"),
        ("plain words without any markup", "not_html"),
        ("<html><body></body></html>", "empty"),
        (document("404 - الصفحة غير موجودة", NOT_FOUND), "not_found"),
        (document("صحيفة", NOT_FOUND), "not_found"),
        (document("Page not found | News", "<p>Search our site.</p>"), "not_found"),
        (document("صحيفة", "<p>هذا الرابط تم حذفه من الموقع.</p>"), "not_found"),
        (document("أزيلت هذه الصفحة", "<h1>أزيلت هذه الصفحة نهائيا</h1>"), "not_found"),
        (document("503 Service Unavailable", "<p>Error 503: come back later.</p>"), "error_page"),
        (document("الخدمة غير متاحة", "<p>الموقع تحت الصيانة، نعود قريبا.</p>"), "error_page"),
        (document("Just a moment...", CHECKING), "error_page"),
        (document("Access Denied", DENIED), "error_page"),
        (document(TITLE, SUBSCRIBE), "paywall"),
        (document(SITE, COOKIES), "consent"),
        (document(TITLE, VIDEO, "<meta property='og:type' content='video.other'>"), "video"),
        (document(TITLE, "<article><p>وقع الوزيران اتفاقا.</p></article>"), "too_short"),
    ],
)
def test_refusals(html: str, reason: str) -> None:
    assert refused(html) == reason


@pytest.mark.parametrize("url", ["https://ufuq.example/", "https://ufuq.example/category/politics/"])
def test_front_pages_and_sections_are_listings(url: str) -> None:
    cards = "".join(
        f"<div class='card'><h3><a href='/n/{n}'>{text}</a></h3><p>{text}</p></div>"
        for n, text in enumerate(OTHERS * 2)
    )
    html = document(SITE, f"<main>{cards}</main>", "<meta property='og:type' content='website'>")
    assert refused(html, url=url) == "listing"


def test_an_article_that_mentions_what_refused_pages_say_is_kept() -> None:
    title = "خطأ في الصفقة يكلف الوزارة الملايين"
    close = "<p>We value your privacy. Subscribe to continue reading.</p>"
    accepted(extract_page(document(title, f"<article><h1>{title}</h1>{LONG}{close}</article>"), url=URL, now=NOW))


@pytest.mark.parametrize(
    "title", ["خطأ طبي في مستشفى عسكري", "لم يتم العثور على ناجين من تحطم المروحية", "الجيش يحذر من سياسة الخصوصية"]
)
def test_short_news_under_a_suspicious_title_is_kept(title: str) -> None:
    html = document(title, f"<div class='post'><h1>{title}</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></div>")
    accepted(extract_page(html, url=URL, now=NOW))


@pytest.mark.parametrize("url", ["https://ufuq.example/?p=29316", "https://ufuq.example/archives/12345"])
def test_articles_at_odd_addresses_are_no_listings(url: str) -> None:
    accepted(extract_page(SHAPES[0].make(head(), PARAGRAPHS), url=url, now=NOW))


def test_a_paywalled_page_with_a_real_opening_is_kept() -> None:
    accepted(extract_page(SHAPES[0].make(head(json_ld(isAccessibleForFree=False)), PARAGRAPHS), url=URL, now=NOW))


def test_size_and_language_are_parameters() -> None:
    html = SHAPES[0].make(head(), PARAGRAPHS)
    assert refused(html, rules=PageRules(max_characters=100)) == "too_large"
    assert refused(html, rules=PageRules(languages=("fa", "en"))) == "wrong_language"
    assert refused(html, rules=PageRules(limits=RefusalLimits(minimum=1000))) == "too_short"
    accepted(extract_page(html, url=URL, now=NOW, rules=PageRules(languages=("ar",))))


def test_the_feed_text_is_a_page_of_its_own() -> None:
    given_entry = entry(
        title=f"{TITLE}",
        summary="<p>ملخص قصير</p>",
        content=f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}<br/>{PARAGRAPHS[2]}</p><script>x()</script>",
        published=datetime(2026, 3, 2, 7, tzinfo=UTC),
        authors=("بقلم: سامي العلي", "admin"),
    )
    page = accepted(page_from_entry(given_entry))
    assert page.text == "\n".join(PARAGRAPHS[:3])
    assert (page.body_source, page.title, page.language) == ("feed", TITLE, "ar")
    assert (page.published, page.authors) == (given_entry.published, ("سامي العلي",))


@pytest.mark.parametrize(
    ("summary", "reason"), [("", "empty"), ("<img src='a.jpg'>", "empty"), ("خبر عاجل", "too_short")]
)
def test_a_feed_without_text(summary: str, reason: str) -> None:
    answer = page_from_entry(entry(summary=summary))
    assert isinstance(answer, Rejected) and (answer.reason, answer.subject) == (reason, URL)


def test_plain_feed_text_and_escaped_markup() -> None:
    assert markup_text("سطر أول\nسطر ثان") == "سطر أول\nسطر ثان"
    assert markup_text("قيمة الصفقة &lt;كبيرة&gt; &amp; معلنة").strip() == "قيمة الصفقة <كبيرة> & معلنة"


PIECES = (*"<>/!-[]&;\"'= \n\x00\ud800خبدA1", "<p>", "</div>", "<html", "<script>", "<td>", "<!--", "<![CDATA[")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=200).map("".join))
def test_no_markup_raises(text: str) -> None:
    assert isinstance(extract_page("<html><body>" + text, url=URL, now=NOW), Page | Rejected)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5000 + "x",
        "<html><body><p>" + "a " * 400_000 + "</p></body></html>",
        "<html><head><script type='application/ld+json'>" + "[" * 3000 + "</script></head><body><p>x</p></body></html>",
        "<html><body><table><tr><td colspan='9000000000000000'>x</td></tr></table></body></html>",
        "<html/>",
        "<?xml version='1.0' encoding='windows-1256'?><html><body><p>x</p></body></html>",
    ],
    ids=["deep", "one_line", "nested_json", "colspan", "self_closed", "prolog"],
)
def test_hostile_pages_come_to_an_end(html: str) -> None:
    assert isinstance(extract_page(html, url=URL, now=NOW), Page | Rejected)

"""Made-up Arabic news pages in the shapes that publishing systems give them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

TITLE = "وزيرا الدفاع في الدولتين يوقعان اتفاقا للتدريب المشترك"
PARAGRAPHS = (
    "وقع وزيرا الدفاع في الدولتين، اليوم الاثنين، اتفاقا للتدريب المشترك يمتد ثلاث سنوات، بحسب بيان للوزارة.",
    "وقال البيان إن الاتفاق يشمل تدريب طواقم الدبابات والمروحيات، وتبادل الزيارات بين الكليات العسكرية في البلدين.",
    "وأضاف أن أول تمرين مشترك سيجرى في الربيع المقبل بمشاركة نحو 1200 جندي من القوات البرية والجوية.",
    "ونقل التلفزيون الرسمي عن رئيس الأركان قوله: «سنتسلم الدفعة الأولى من الطائرات المسيرة قبل نهاية العام».",
    "ولم يكشف الجانبان عن قيمة الاتفاق، لكن مصدرا مطلعا قدرها بنحو 400 مليون دولار تدفع على أربعة أقساط.",
    "ويأتي التوقيع بعد أسابيع من زيارة وفد عسكري إلى العاصمة، بحث خلالها ملف الدفاع الجوي وأمن الحدود البحرية.",
)
OTHERS = (
    "أسعار الذهب اليوم في الأسواق المحلية",
    "المنتخب يفوز على ضيفه بثلاثة أهداف في التصفيات",
    "حالة الطقس: أمطار متفرقة على السواحل الشمالية",
    "افتتاح معرض الكتاب بمشاركة خمسمئة دار نشر",
)
SITE = "صحيفة الأفق"


@dataclass(frozen=True)
class Shape:
    """One way of wrapping the article; `make` takes the head and the paragraphs."""

    name: str
    make: Callable[[str, tuple[str, ...]], str]


def head(*extra: str, title: str = f"{TITLE} - {SITE}") -> str:
    return f"<meta charset='utf-8'><title>{title}</title>{''.join(extra)}"


def json_ld(**fields: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **fields}
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _menu() -> str:
    words = ("الرئيسية", "سياسة", "اقتصاد", "رياضة", "ثقافة", "فيديو", "اتصل بنا")
    return (
        "<nav><ul>" + "".join(f'<li><a href="/s/{n}">{word}</a></li>' for n, word in enumerate(words)) + "</ul></nav>"
    )


def _related() -> str:
    items = "".join(f'<li><a href="/news/{n}"><h4>{text}</h4></a></li>' for n, text in enumerate(OTHERS))
    return f'<div class="related-posts"><h3>مواضيع ذات صلة</h3><ul>{items}</ul></div>'


def _footer() -> str:
    return f"<footer><p>جميع الحقوق محفوظة © 2026 {SITE}</p><a href='/privacy'>سياسة الخصوصية</a></footer>"


def _wordpress(top: str, texts: tuple[str, ...]) -> str:
    also = f'<p><strong>اقرأ أيضا: <a href="/n/9">{OTHERS[0]}</a></strong></p>'
    return f"""<!doctype html><html dir="rtl" lang="ar"><head>{top}</head><body class="single">{_menu()}
<main><article class="post"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1>
<div class="entry-meta"><span class="author">بقلم: سامي العلي</span>
<time datetime="2026-03-02T10:15:00+03:00">2 مارس 2026</time></div></header>
<figure><img src="a.jpg"><figcaption>أرشيفية</figcaption></figure>
<div class="entry-content">{paragraphs(texts[:3])}{also}{paragraphs(texts[3:])}</div>
<div class="sharedaddy"><span>شارك الخبر</span><a href="#">فيسبوك</a><a href="#">تويتر</a></div></article>
{_related()}
<section id="comments"><h3>التعليقات</h3><ol class="comment-list">
<li class="comment"><p>خبر ممتاز شكرا لكم على النقل السريع.</p></li></ol></section></main>{_footer()}</body></html>"""


def _old_table(top: str, texts: tuple[str, ...]) -> str:
    side = "".join(f"<tr><td><a href='/n/{n}'>{text}</a></td></tr>" for n, text in enumerate(OTHERS))
    return f"""<html dir=rtl><head>{top}</head><body><table width=100%>
<tr><td width=20%><table>{side}</table></td><td><h1><font size=5>{TITLE}</font></h1>
<div class=date>الاثنين 2 مارس 2026 - 10:15 ص</div>
<div class="article-text"><font size=4>{"<br><br>".join(texts)}</font></div></td></tr></table>
{_footer()}</body></html>"""


def _spans(top: str, texts: tuple[str, ...]) -> str:
    body = "".join(f'<div dir="rtl"><span style="font-size:18px">{text}</span></div>' for text in texts)
    return f"""<html lang="ar"><head>{top}</head><body><div id="top">{_menu()}</div><div id="content">
<div class="news-title"><h1>{TITLE}</h1></div><div class="news-date">02/03/2026</div>
<div class="news-body" itemprop="articleBody">{body}</div>{_related()}</div>{_footer()}</body></html>"""


def _breaks(top: str, texts: tuple[str, ...]) -> str:
    return f"""<html lang="ar"><head>{top}</head><body>{_menu()}
<div class="post hentry"><h3 class="post-title entry-title">{TITLE}</h3>
<div class="post-body entry-content">{"<br /><br />".join(texts)}</div>
<div class="post-footer">مرسلة بواسطة سامي</div></div>{_footer()}</body></html>"""


def _cookie(top: str, texts: tuple[str, ...]) -> str:
    notice = "<p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك على موقعنا.</p><button>موافق</button>"
    tags = "<ul class='tags'><li><a href='/t/1'>تدريب</a></li><li><a href='/t/2'>دفاع</a></li></ul>"
    return f"""<!doctype html><html lang="ar"><head>{top}</head><body>
<div id="cookie-banner" class="cookie-consent">{notice}</div>{_menu()}
<div class="container"><div class="row"><div class="col-8"><h1>{TITLE}</h1>
<ul class="meta"><li>سياسة</li><li>2026-03-02</li></ul><div class="content">{paragraphs(texts)}</div>{tags}</div>
<aside class="col-4">{_related()}</aside></div></div>{_footer()}</body></html>"""


SHAPES = (
    Shape("wordpress", _wordpress),
    Shape("old_table", _old_table),
    Shape("spans", _spans),
    Shape("breaks", _breaks),
    Shape("cookie", _cookie),
)

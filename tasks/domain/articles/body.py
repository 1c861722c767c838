"""One HTML page, or the text of one feed entry, to one article: the only caller of trafilatura's extractor."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cache
from typing import Literal

from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from tasks.domain.articles.authors import clean_authors
from tasks.domain.articles.language import identify_language
from tasks.domain.articles.metadata import PageMetadata, read_metadata
from tasks.domain.articles.paragraphs import clean_paragraphs
from tasks.domain.articles.prepare import prepare
from tasks.domain.articles.refuse import Reason, RefusalLimits, refuse, word_count
from tasks.domain.articles.titles import clean_title
from tasks.domain.articles.tree import Tree, is_markup, own_paragraphs, parse_html, restore_joiners
from warehouse.records import Entry, Page, Rejected

Mode = Literal["precise_fast", "precise", "standard"]

# Measured on news pages of two public benchmarks: the fast precise pass is right as a rule; of a text with fewer
# characters than _DOUBTFUL the precise pass with its comparison of extractors is the better judge, and where that
# finds next to nothing of what the standard pass finds, the page is built unlike the others and the standard one is
# right. Pages that do not call themselves articles are left to the standard pass altogether.
_DOUBTFUL = 1000
_TOO_LITTLE = 250
_TOO_SMALL_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class PageRules:
    """What is accepted: `max_characters` of HTML, `languages` as ISO 639 codes (None: any), words by `limits`."""

    max_characters: int = 6_000_000
    languages: Collection[str] | None = None
    limits: RefusalLimits = field(default_factory=RefusalLimits)


DEFAULT_RULES = PageRules()


def extract_page(
    html: str,
    *,
    url: str | None = None,
    entry: Entry | None = None,
    now: datetime | None = None,
    rules: PageRules = DEFAULT_RULES,
    clock: tzinfo | None = None,
) -> Page | Rejected:
    """Find the article in a page.

    Metadata is believed in this order: JSON-LD, OpenGraph and other meta elements, the feed entry, the page itself,
    htmldate's guess; 1 January without any sign of January is no date. `now` bounds what a date may claim; `clock` is
    the outlet's, for dates that name no zone.
    """
    subject = url or (entry.link if entry else None) or "page"
    if len(html) > rules.max_characters:
        return _rejected(subject, "too_large", f"{len(html)} characters, over the limit of {rules.max_characters}")
    if not is_markup(html):
        return _rejected(subject, *(("not_html", html[:80]) if html.strip() else ("empty", "nothing but white space")))
    tree = parse_html(html)
    if tree is None:
        return _rejected(subject, "not_html", html[:80])
    metadata = read_metadata(tree, url=url, entry=entry, now=now, clock=clock)
    text = clean_paragraphs(restore_joiners(_body(prepare(tree), metadata, url)), metadata.title)
    refusal = refuse(text, metadata, url=url, limits=rules.limits)
    if refusal:
        return _rejected(subject, *refusal)
    return _accept(_page(text, metadata), subject, rules)


def page_from_entry(entry: Entry, *, rules: PageRules = DEFAULT_RULES) -> Page | Rejected:
    """Make a page of the feed's own text, `body_source` "feed", for when the page itself cannot be had."""
    subject = entry.link or entry.guid or entry.title
    title = clean_title([entry.title], ())
    texts = (clean_paragraphs(markup_text(markup), title) for markup in (entry.content, entry.summary))
    text = max(texts, key=len)
    words = word_count(text)
    if words < rules.limits.minimum:
        return _rejected(subject, "too_short" if words else "empty", f"the feed gives {words} words")
    page = Page(
        title=title,
        text=text,
        published=entry.published,
        language=identify_language(f"{title}\n{text}"),
        authors=clean_authors(entry.authors),
        modified=entry.updated,
        date_reason=entry.date_reason,
        body_source="feed",
    )
    return _accept(page, subject, rules)


def markup_text(markup: str) -> str:
    """Turn the HTML fragment of a feed into text, one block a line."""
    if "<" not in markup and "&" not in markup:
        return markup
    tree = parse_html(f"<html><body><div>{markup}</div></body></html>")
    if tree is None:
        return ""
    for element in list(tree.iter("br", "p", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr")):
        element.tail = f"\n{element.tail or ''}"
        if element.tag != "br":
            element.text = f"\n{element.text or ''}"
    for element in list(tree.iter("script", "style", "figcaption", "iframe")):
        element.text = ""
    return restore_joiners("".join(tree.itertext()))


def _rejected(subject: str, reason: Reason, detail: str) -> Rejected:
    return Rejected(stage="extract", subject=subject, reason=reason, detail=detail)


def _accept(page: Page, subject: str, rules: PageRules) -> Page | Rejected:
    if rules.languages is not None and page.language is not None and page.language not in rules.languages:
        return _rejected(subject, "wrong_language", f"{page.language}, not one of {', '.join(sorted(rules.languages))}")
    return page


def _page(text: str, metadata: PageMetadata) -> Page:
    return Page(
        title=metadata.title,
        text=text,
        published=metadata.dates.published,
        language=identify_language(f"{metadata.title}\n{text}"),
        authors=metadata.authors,
        canonical_url=metadata.canonical_url,
        site_name=metadata.site_name,
        modified=metadata.dates.modified,
        date_reason=metadata.dates.reason,
    )


def _body(tree: Tree, metadata: PageMetadata, url: str | None) -> str:
    """Run the cascade: a cheap precise pass, then dearer ones as long as the result is doubtful."""
    if not (metadata.data.is_article or metadata.kind == "article"):
        full = _run(tree, "standard", url)
        own = own_paragraphs(tree) if _is_dump(full) else ""
        return own if len(own) > _TOO_SMALL_SHARE * len(full) else full
    text = _run(tree, "precise_fast", url)
    if len(text) >= _DOUBTFUL:
        return text
    text, full = _run(tree, "precise", url), _run(tree, "standard", url)
    if len(metadata.data.body) > max(_TOO_LITTLE, 2 * len(text)):
        return metadata.data.body  # the page shows its text only where scripts run
    if len(text) >= max(_TOO_LITTLE, _TOO_SMALL_SHARE * len(full)):
        return text
    return (max(own_paragraphs(tree), text, key=len) or full) if _is_dump(full) else max(text, full, key=len)


def _is_dump(full: str) -> bool:
    """Tell how the standard pass ends for a short item: in the whole page on one line."""
    return "\n" not in full.strip()


def _run(tree: Tree, mode: Mode, url: str | None) -> str:
    document = bare_extraction(tree, url=url, include_comments=False, options=_options(mode))
    return (document.text or "") if document is not None and not isinstance(document, dict) else ""


@cache
def _options(mode: Mode) -> Extractor:
    return Extractor(
        output_format="python",
        fast=mode == "precise_fast",
        precision=mode != "standard",
        comments=False,
        tables=True,
    )

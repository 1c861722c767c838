"""When a page says its article was published and changed, taken from the most trustworthy place that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import islice

from htmldate import find_date

from tasks.domain.articles.structured import ArticleData
from tasks.domain.articles.tree import Element, Tree, element_text, meta_named, one_line
from tasks.domain.feeds.dates import ParsedDate, read_date
from warehouse.records import Entry

_URL_DATE = re.compile(r"/((?:19|20)\d{2})(?:/[a-z_]+(?=/))?[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)")
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:(?:publish(?:ed)?|pub|post|entry|article|news|story|created?)[\s_-]?(?:date|time|on)?"
    r"|date(?:time|line)?|timestamp|time)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MARKED = re.compile(r"datepublished|published|dc:date|dcterms:date|dc:created|datecreated", re.IGNORECASE)
_UPDATED = re.compile(r"تحديث|حُدّث|updat|modif", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|[٠-٩۰-۹]{4})(?!\d)")
_MAX_VISIBLE = 90
_MAX_WORDS = 11
_MAX_BLOCK = 400
_NEAR = 15
_MAX_ELEMENTS = 4000
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00)?(?:[.]0+)?\s*[+-]\d\d:?\d\d")
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(hours=26)
# The widest two clocks can differ: a page said to be published later than that after its feed entry was not.
_ZONES_APART = timedelta(hours=14)
_SAME = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class PageDates:
    """`reason` says why `published` is None; a date without a time of day is midnight UTC."""

    published: datetime | None
    modified: datetime | None
    reason: str | None = None


def page_dates(
    tree: Tree,
    meta: dict[str, list[str]],
    data: ArticleData,
    url: str | None,
    entry: Entry | None,
    now: datetime | None,
    clock: tzinfo | None = None,
) -> PageDates:
    """Read both dates: JSON-LD, then meta elements, then the feed entry, then what the page shows, then htmldate.

    The zone that a date states is believed before `clock`, the outlet's; without either it is read as UTC.

    A date that the page states without a zone or a time of day gives way to the feed's when both mean the same day,
    and one later than the feed's is the page's rendering time, not its publication.
    """
    latest = now + _AHEAD if now else None
    fed = entry.published if entry else None
    stated, reason = _first([data.published, *meta_named(meta, "published")], latest, clock)
    published = _reconcile(stated, fed) if stated or fed else _shown(tree, url, latest, clock)
    if published and stated and fed is None and not stated.has_time:
        published = _same_day(published, _near_headline(tree), clock) or published
    changed, _ = _first([data.modified, *meta_named(meta, "modified")], latest, clock)
    modified = _when(changed)
    if modified and published and modified < published:
        modified = None
    return PageDates(published, modified, None if published else reason or "no date on the page or in the feed")


def _first(
    texts: Iterable[str], latest: datetime | None, clock: tzinfo | None = None
) -> tuple[ParsedDate | None, str | None]:
    """Find the first text that reads as a date within bounds; else the first reason why none does."""
    reason = None
    for text in filter(None, texts):
        parsed = _read(text, clock)
        if parsed.when is not None and _in_bounds(parsed.when, latest):
            return parsed, None
        reason = reason or parsed.reason or f"{text[:40]!r} is out of bounds"
    return None, reason


def _read(text: str, clock: tzinfo | None) -> ParsedDate:
    """Read one date; midnight sharp in some zone is a date without a time, and must not become the day before."""
    parsed = read_date(text, clock=clock)
    midnight = _MIDNIGHT.fullmatch(text.strip())
    if midnight and parsed.when is not None:
        return ParsedDate(datetime.fromisoformat(midnight[1]).replace(tzinfo=UTC), has_time=False)
    return parsed


def _when(parsed: ParsedDate | None) -> datetime | None:
    return parsed.when if parsed else None


def _in_bounds(when: datetime, latest: datetime | None) -> bool:
    return when >= _EARLIEST and (latest is None or when <= latest)


def _reconcile(stated: ParsedDate | None, fed: datetime | None) -> datetime | None:
    if stated is None or stated.when is None or fed is None:
        return _when(stated) or fed
    is_vague = stated.is_zone_assumed or not stated.has_time
    if stated.when > fed + _ZONES_APART or (is_vague and abs(stated.when - fed) <= _SAME):
        return fed
    return stated.when


def _shown(tree: Tree, url: str | None, latest: datetime | None, clock: tzinfo | None) -> datetime | None:
    """Look for the date in the text of the page: time elements, elements named for dates, the address, htmldate."""
    for texts in (_time_elements(tree), _date_elements(tree), _near_headline(tree), _address_dates(url)):
        parsed, _ = _first(texts, latest, clock)
        if parsed:
            return parsed.when
    return _guessed(tree, url, latest)


def _address_dates(url: str | None) -> list[str]:
    found = _URL_DATE.search(url) if url else None
    return ["-".join(part.zfill(2) for part in found.groups())] if found else []


def _time_elements(tree: Tree) -> list[str]:
    """Give the machine-readable times, those marked as publication first, those marked as updates never."""
    marked, plain = [], []
    for element in tree.iter("time", "abbr", "span", "div", "p", "meta"):
        kind = " ".join(element.get(name) or "" for name in ("itemprop", "property", "class")).lower()
        value = element.get("datetime") or (element.get("content") if _MARKED.search(kind) else None)
        if not value or _UPDATED.search(kind):
            continue
        if _MARKED.search(kind) or element.get("pubdate") is not None:
            marked.append(value)
        elif element.tag == "time" and not _is_aside(element, "li"):
            plain.append(value)
    # Several plain times are those of other stories as often as not.
    return marked + (plain if len(set(plain)) == 1 else [])


def _is_aside(element: Element, *more: str) -> bool:
    around = (element, *element.iterancestors())
    return any(parent.tag in ("aside", "nav", "footer", *more) for parent in around)


def _date_elements(tree: Tree) -> Iterator[str]:
    """Give the texts of elements named for dates, below the headline: what stands above it is today's date."""
    is_below = next(tree.iter("h1"), None) is None
    for count, element in enumerate(tree.iter("h1", "h2", "span", "div", "p", "time", "small", "em", "h5", "h6", "li")):
        is_below = is_below or element.tag == "h1"
        if count > _MAX_ELEMENTS:
            return
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if not is_below or not _DATE_CLASS.search(name) or len(element) > 6 or _is_aside(element):
            continue
        text = element_text(element)
        if 6 <= len(text) <= _MAX_VISIBLE and not _UPDATED.search(text):
            yield text


def _same_day(day: datetime, texts: Iterable[str], clock: tzinfo | None) -> datetime | None:
    """Find the time of day of a stated date: the page often shows what its metadata leave out."""
    moments = [(read_date(text), read_date(text, clock=clock)) for text in texts]
    # The day is compared as written: by the outlet's clock it may be another one in UTC.
    return next(
        (by_clock.when for one, by_clock in moments if one.when and one.has_time and one.when.date() == day.date()),
        None,
    )


def _near_headline(tree: Tree) -> Iterator[str]:
    """Give the short texts with a year in them that stand in the headline's own block or right below it."""
    headline = next(tree.iter("h1"), None)
    if headline is None:
        return
    block = headline.getparent()
    above = [] if block is None or len(element_text(block)) > _MAX_BLOCK else block.xpath(".//*[not(self::h1)]")
    above = [element for element in above if next(element.iter("h1"), None) is None]
    for element in (*above, *islice(headline.xpath("following::*"), _NEAR)):
        text = element_text(element) if isinstance(element.tag, str) and len(element) <= 3 else ""
        is_short = 6 <= len(text) <= _MAX_VISIBLE and len(text.split()) <= _MAX_WORDS
        if is_short and _YEAR.search(text) and not _UPDATED.search(text) and not _is_aside(element):
            yield text


def _guessed(tree: Tree, url: str | None, latest: datetime | None) -> datetime | None:
    """Ask htmldate last, for whole dates in markup only: its search through the text finds years and invents days."""
    try:
        text = find_date(
            tree, extensive_search=False, original_date=True, url=url, min_date=_EARLIEST.replace(tzinfo=None),
            max_date=latest.replace(tzinfo=None) if latest else None,
        )  # fmt: skip
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None  # htmldate fails so on malformed markup: then there is no guess
    if not text or (text.endswith("-01-01") and not _shows_january(tree)):
        return None
    return _when(_first([text], latest)[0])


def _shows_january(tree: Tree) -> bool:
    text = one_line(" ".join(tree.itertext()))[:200_000]
    return bool(
        re.search(
            r"\b0?1[/.-]0?1[/.-]\d{2,4}|\d{4}[/.-]0?1[/.-]0?1\b|\bjan(?:uary)?\b|يناير|كانون الثاني|جانفي", text, re.I
        )
    )

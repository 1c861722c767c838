"""Which pages are no articles, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from tasks.domain.arabic.normalise import fold
from tasks.domain.articles.metadata import PageMetadata
from tasks.domain.articles.wording import wording

Reason = Literal[
    "paywall",
    "consent",
    "listing",
    "video",
    "not_found",
    "error_page",
    "empty",
    "too_short",
    "not_html",
    "too_large",
    "wrong_language",
]
_LISTING_PATH = re.compile(
    r"/(?:tags?|category|categories|topics?|sections?|author|search|page)(?:/[^/]+)?(?:/page/\d+)?/?$", re.I
)
_UNPARTED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_WALL_WORDS = 40
_CARDS = 4
_PROSE_WORDS = 200
_SENTENCE_END = re.compile(r"[.!?؟…:](?:\s|$)")


@dataclass(frozen=True, slots=True)
class RefusalLimits:
    """Words a text must have: `minimum` to be kept at all, `suspect` to be kept whatever else speaks against it."""

    minimum: int = 8
    suspect: int = 80
    video: int = 40


def refuse(text: str, metadata: PageMetadata, *, url: str | None, limits: RefusalLimits) -> tuple[Reason, str] | None:
    """Give the reason against a page and the evidence; None for an article, and for any long text that is prose."""
    words = word_count(text)
    if _is_error(metadata, words, text, limits):
        return ("not_found" if _is_missing(metadata, text) else "error_page"), metadata.page_title[:120]
    if _is_listing(text, metadata, url):
        return "listing", f"{metadata.linked_headings} linked headings; {text[:80]!r}"
    if words < limits.suspect:
        reason = _wall(text, metadata) or _other_kind(words, metadata, limits)
        if reason:
            return reason, f"{words} words: {text[:80]!r}"
    if words == 0:
        return "empty", "no text found"
    if words < limits.minimum:
        return "too_short", f"{words} words: {text[:80]!r}"
    return None


def word_count(text: str) -> int:
    """Count words; scripts that do not part them count two characters as one."""
    return max(len(text.split()), len(_UNPARTED.findall(text)) // 2)


def _is_error(metadata: PageMetadata, words: int, text: str, limits: RefusalLimits) -> bool:
    phrases = wording()
    titles = (metadata.title, metadata.page_title)
    has_error_title = any(title and phrases.error_title.fullmatch(fold(title)) for title in titles)
    if words >= limits.suspect or metadata.data.is_article:
        return False
    return has_error_title or phrases.error_text.search(fold(text)) is not None


def _is_missing(metadata: PageMetadata, text: str) -> bool:
    """Tell an error page that says that there is no such page from one that only keeps somebody out for now."""
    titles = (fold(title) for title in (metadata.title, metadata.page_title) if title)
    phrases = wording()
    return any(map(phrases.missing_title.fullmatch, titles)) or phrases.missing_text.search(fold(text)) is not None


def _wall(text: str, metadata: PageMetadata) -> Reason | None:
    phrases, folded = wording(), fold(text)
    if phrases.paywall.search(folded) and (metadata.data.is_free is False or word_count(text) < _WALL_WORDS):
        return "paywall"
    lines = folded.splitlines()
    if lines and 2 * sum(phrases.consent.search(line) is not None for line in lines) >= len(lines):
        return "consent"
    return None


def _other_kind(words: int, metadata: PageMetadata, limits: RefusalLimits) -> Reason | None:
    if words < limits.video and _is_video(metadata):
        return "video"
    if metadata.data.is_free is False and words < limits.minimum:
        return "paywall"
    return None


def _is_video(metadata: PageMetadata) -> bool:
    return metadata.kind.startswith("video") or ("VideoObject" in metadata.data.types and not metadata.data.is_article)


def _is_listing(text: str, metadata: PageMetadata, url: str | None) -> bool:
    """Tell front pages, sections and searches: they call themselves so, or at such an address show no prose."""
    if metadata.data.is_article or metadata.kind == "article":
        return False
    if metadata.data.is_listing and metadata.linked_headings >= _CARDS:
        return True
    lines = text.splitlines()
    unfinished = sum(not _SENTENCE_END.search(line[-2:]) for line in lines)
    is_long = word_count(text) >= _PROSE_WORDS  # what small sites have at their front door is a text all the same
    return _is_section(url) and not is_long and (not lines or unfinished * 2 > len(lines))


def _is_section(url: str | None) -> bool:
    parts = urlsplit(url or "/article")
    is_home = not parts.path.strip("/") and not parts.query  # "/?p=123" is an article
    return is_home or _LISTING_PATH.search(parts.path) is not None

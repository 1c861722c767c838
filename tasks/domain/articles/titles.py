"""The headline of a page without the outlet's name around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from tasks.domain.arabic.normalise import fold
from tasks.domain.articles.tree import one_line

_SEPARATOR = re.compile(r"\s+[-–—|•·/«»›‹:~⋆*]+\s+|\s*[|｜]+\s*|\s+-(?=\S)|(?<=\S)-\s+|\s[–—]\s?|:\s(?=\S+$)")
_WORDS = re.compile(r"[^\W_]+")
_DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_TRUNCATED = re.compile(r"\s*(?:\.{3,}|…)$")
_MIN_WORDS = 2
_SHARED = 0.4
_HEADLINE_WORDS = 4
_LABEL = 40
_MIN_HEADLINE = 20
_MAX_CHARACTERS = 500


def clean_title(candidates: Sequence[str], site_names: Iterable[str], url: str | None = None) -> str:
    """Choose and clean the headline; `candidates` in order of trust, `site_names` as the page gives them."""
    titles = [title for title in dict.fromkeys(one_line(text) for text in candidates) if title]
    if not titles:
        return ""
    names = {key for key in map(_key, (*site_names, *_host_names(url))) if key}
    bare = [_without_site(title, names) for title in titles]
    best = _without_label(_without_tail(bare[0], bare[1:]), bare[1:])
    return _completed(best, bare)[:_MAX_CHARACTERS]


def site_in_title(document_title: str, title: str) -> str:
    """Give what a document's title says before or behind the headline: there only the outlet's name is left."""
    before, found, behind = document_title.partition(title) if title else ("", "", "")
    marks = list(_SEPARATOR.finditer(document_title))
    if found and not before and behind:
        return next((document_title[mark.end() :] for mark in marks if mark.start() >= len(title)), "").strip()
    if found and before and not behind:
        return next((document_title[: mark.start()] for mark in marks if mark.end() <= len(before)), "").strip()
    return ""


def visible_headline(headings: Sequence[str], stated: Sequence[str], site_names: Iterable[str]) -> str:
    """Pick the `<h1>` that is the headline: the one sharing most words with a stated title, or a lone long one.

    Outlets put their own name into an `<h1>` as well, and write other headlines for search engines than for readers.
    """
    names = {_key(name) for name in site_names}
    headings = [text for text in headings if _key(text) not in names]
    if not headings:
        return ""
    wanted = [_words(title) for title in stated if title]
    best = max(headings, key=lambda text: _overlap(text, wanted))
    if _overlap(best, wanted) >= _SHARED:
        return best
    return headings[0] if len(headings) == 1 and len(headings[0].split()) >= _HEADLINE_WORDS else ""


def _overlap(text: str, wanted: Iterable[set[str]]) -> float:
    words = _words(text)
    return max((len(words & other) / len(words | other) for other in wanted if words), default=0.0)


def _words(text: str) -> set[str]:
    return set(_WORDS.findall(fold(text).casefold()))


def _without_site(title: str, names: set[str]) -> str:
    """Cut the outlet's name, or a bare domain, off the end or the start, as often as one stands there."""
    for _ in range(3):
        shorter = _cut(title, names)
        if shorter == title:
            break
        title = shorter
    return title


def _cut(title: str, names: set[str]) -> str:
    breaks = list(_SEPARATOR.finditer(title))
    for mark in reversed(breaks):
        head, tail = title[: mark.start()], title[mark.end() :]
        if (_names_site(tail, names) or _is_piped(mark, head, tail)) and len(_WORDS.findall(head)) >= _MIN_WORDS:
            return head.strip()
    for mark in breaks:
        head, tail = title[: mark.start()], title[mark.end() :]
        if _names_site(head, names) and len(_WORDS.findall(tail)) >= _MIN_WORDS:
            return tail.strip()
    return title


def _is_piped(mark: re.Match[str], head: str, tail: str) -> bool:
    """Tell the outlet or section behind a bar from a headline that has a bar in it."""
    return "|" in mark.group() and len(head.split()) >= _HEADLINE_WORDS and len(tail.split()) < _HEADLINE_WORDS


def _names_site(segment: str, names: set[str]) -> bool:
    key = _key(segment)
    return bool(_DOMAIN.fullmatch(segment.strip())) or key in names


def _without_tail(title: str, others: Iterable[str]) -> str:
    """Cut what follows a separator where another candidate is just what stands before it."""
    keys = {_key(other) for other in others}
    for mark in _SEPARATOR.finditer(title):
        head = title[: mark.start()].strip()
        has_tail = title[mark.end() :].strip(" »\"'”")
        if has_tail and _key(head) in keys and len(_WORDS.findall(head)) > _MIN_WORDS:
            return head
    return title


def _without_label(title: str, others: Iterable[str]) -> str:
    """Cut a rubric ("Opinion", "News |") where another candidate is just what stands behind it."""
    key = _key(title)
    for other in others:
        tail = _key(other)
        if key != tail and key.endswith(tail) and len(other) >= _MIN_HEADLINE and len(title) - len(other) <= _LABEL:
            return other
    return title


def _completed(title: str, others: Iterable[str]) -> str:
    """Take the longer candidate where this one was cut short by the publishing system."""
    stem = _TRUNCATED.sub("", title)
    is_cut = stem != title
    for other in others:
        if is_cut and len(other) > len(stem) and other.startswith(stem[:-1]) and not _TRUNCATED.search(other):
            return other
    return title


def _key(text: str) -> str:
    # Outlets write their own names with ة or ه at the end as it comes.
    return "".join(_WORDS.findall(fold(text).casefold())).replace("ة", "ه")


def _host_names(url: str | None) -> tuple[str, ...]:
    """Give the host, and its labels that may be the outlet's name, of a web address."""
    host = (urlsplit(url).hostname or "") if url else ""
    labels = [label for label in host.split(".")[:-1] if label not in ("www", "m", "co", "com", "org", "net", "ar")]
    return (host, host.removeprefix("www."), *labels)

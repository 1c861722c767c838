"""What a page says of its article in JSON-LD (schema.org), however untidily."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tasks.domain.articles.tree import Tree, one_line

_ARTICLE = re.compile(r"(?:Article|NewsArticle|BlogPosting|Report|LiveBlogPosting|SocialMediaPosting|Review)$")
_LISTING = frozenset(("CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage"))
_COMMENTS = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)
_TAGS = re.compile(r"<[^>]{1,200}>")
_LINE_ENDS = re.compile(r"<(?:br|/p|/div|/li)\b[^>]{0,20}>", re.IGNORECASE)
_DEPTH = 8
_MAX_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class ArticleData:
    """The JSON-LD of the page's article; `body` has one paragraph a line if its source has; dates are as written."""

    types: frozenset[str] = frozenset()
    headline: str = ""
    body: str = ""
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    url: str = ""
    is_free: bool | None = None

    @property
    def is_article(self) -> bool:
        """Say whether any object on the page calls itself an article."""
        return any(_ARTICLE.search(kind) for kind in self.types)

    @property
    def is_listing(self) -> bool:
        """Say whether the page calls itself a list and nothing on it an article."""
        return not self.is_article and bool(self.types & _LISTING)


def read_structured(tree: Tree) -> ArticleData:
    """Read all JSON-LD blocks; of several articles the one with the longest body, else the first, is the page's."""
    objects = [item for block in _blocks(tree) for item in _objects(block, 0)]
    types = frozenset(kind for item in objects for kind in _types(item)) | _microdata_types(tree)
    articles = [item for item in objects if any(_ARTICLE.search(kind) for kind in _types(item))]
    if not articles:
        return ArticleData(types=types)
    return _article(max(articles, key=lambda item: len(_text(item.get("articleBody")))), types)


def _microdata_types(tree: Tree) -> frozenset[str]:
    """Give the type of the one article marked up in the page itself; several are cards of a listing."""
    types = [element.get("itemtype").strip().rsplit("/", 1)[-1] for element in tree.xpath("//*[@itemtype]")]
    articles = [kind for kind in types if _ARTICLE.search(kind)]
    return frozenset(articles if len(articles) == 1 else ())


def _blocks(tree: Tree) -> Iterator[Any]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= _MAX_CHARACTERS:
            block = _load(script.text)
            if block is not None:
                yield block


def _load(text: str) -> Any:
    bare = _COMMENTS.sub("", text.strip()).strip().rstrip(";")
    for candidate in (bare, html.unescape(bare)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(node: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(node, list):
        for item in node:
            yield from _objects(item, depth + 1)
    elif isinstance(node, dict):
        yield node
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            yield from _objects(node.get(key), depth + 1)


def _types(item: dict[str, Any]) -> tuple[str, ...]:
    kinds = item.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return tuple(kind.rsplit("/", 1)[-1] for kind in kinds if isinstance(kind, str))


def _article(item: dict[str, Any], types: frozenset[str]) -> ArticleData:
    return ArticleData(
        types=types,
        headline=one_line(_text(item.get("headline")) or _text(item.get("name"))),
        body=_body(item.get("articleBody")),
        published=one_line(_text(item.get("datePublished"))),
        modified=one_line(_text(item.get("dateModified"))),
        authors=tuple(dict.fromkeys(_names(item.get("author")) or _names(item.get("creator")))),
        publisher=next(iter(_names(item.get("publisher"))), ""),
        url=_address(item.get("mainEntityOfPage")) or _address(item.get("url")),
        is_free=_flag(item.get("isAccessibleForFree")),
    )


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), None)
    return html.unescape(_TAGS.sub(" ", html.unescape(value))) if isinstance(value, str) else ""


def _body(value: Any) -> str:
    return _text(_LINE_ENDS.sub("\n", html.unescape(value))) if isinstance(value, str) else ""


def _names(value: Any) -> list[str]:
    if isinstance(value, str):
        return [one_line(html.unescape(value))]
    if isinstance(value, dict):
        return _names(value.get("name"))
    if isinstance(value, list):
        return [name for item in value for name in _names(item)]
    return []


def _address(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value.strip() if isinstance(value, str) and value.strip().startswith("http") else ""


def _flag(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    words = {"true": True, "false": False}
    return words.get(value.strip().lower()) if isinstance(value, str) else None

"""Ill-formed XML made well formed before it is parsed: what newsrooms break is nearly always one of a few things.

Well-formed text is left as it is. Every pass is linear in the length of the text: no pattern scans ahead without bound.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib.resources import files
from itertools import islice
from xml.parsers import expat

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(rss|rdf|feed|channel|urlset|sitemapindex)(?=[\s/>])", re.I)
_HTML = re.compile(r"<(?:html|body)(?=[\s>])|<!doctype\s+html", re.I)
_OPEN = r"<(?:[\w.-]{1,40}:)?(?:%s)(?=[\s>])[^<>]{0,2000}(?<!/)>"
_CLOSE = r"</(?:[\w.-]{1,40}:)?(?:%s)\s*>"
_ITEM_OPEN, _ITEM_CLOSE = re.compile(_OPEN % "item|entry", re.I), re.compile(_CLOSE % "item|entry", re.I)
_URL_OPEN, _URL_CLOSE = re.compile(_OPEN % "url", re.I), re.compile(_CLOSE % "url", re.I)
_DECLARATION = re.compile(r"<\?xml\s[^<>]{0,300}\?>", re.I)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&(#[0-9]{1,9};|#[xX][0-9a-fA-F]{1,8};|[A-Za-z][A-Za-z0-9]{1,31};)?|<(?![A-Za-z_/!?])")
_PREFIXED = re.compile(r"</?([A-Za-z_][\w.-]{0,40}):[A-Za-z_]")
_DECLARED = re.compile(r"xmlns:([A-Za-z_][\w.-]{0,40})\s*=")
_SECTION = re.compile(r"<!--|<!\[CDATA\[")
_CLOSING = {"<!--": "-->", "<![CDATA[": "]]>"}
_OF_XML = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))


# What feedparser may be given at most: it needs a tenth of a millisecond for a tag, more where it has to guess what the
# tags mean, and very long for many attributes.
MAX_TAGS = 200_000
MAX_LOOSE_TAGS = 60_000
_REFERENCES_PER_TAG = 4
_MAX_PREFIXES = 100
_COSTLY = re.compile(r"<!--|<!\[CDATA\[|[<&]")
_MANY_ATTRIBUTES = re.compile(r"<[A-Za-z](?:[^<>=]*=){200}")
_LONG_PERSON = re.compile(r"(<(?:[\w.-]{1,40}:)?(?:author|creator|managingeditor|webmaster)[\s>][^<]{500})[^<]+", re.I)


@dataclass(frozen=True, slots=True)
class Prepared:
    """`root` is the local name of the document element in lower case, None if no feed's root was found."""

    text: str
    root: str | None
    problem: str | None = None
    warnings: tuple[str, ...] = ()


def prepare(text: str, max_entries: int) -> Prepared:
    """Find the feed in the text, drop a half item at a broken end and what is over the caps, and repair the rest."""
    text = _ILLEGAL.sub("", text.lstrip("\ufeff \t\r\n"))
    found, html = _ROOT.search(text), _HTML.search(text[:20_000])
    root = found[1].lower() if found else None
    if html and (found is None or (html.start() < found.start() and not html[0].startswith("<!"))):
        return Prepared(text, None, "html_page")
    if found:
        text = _from_start(text, found)
    text, warnings = _without_half_item(text, root)
    text, capped = _capped(text, root, max_entries, MAX_TAGS)
    if _is_too_complex(text, root, MAX_TAGS):
        return Prepared(text, root, "too_complex")
    text = _LONG_PERSON.sub(r"\1", text)
    if not is_well_formed(text):
        text = _repair(text, root)
        if not is_well_formed(text):
            text, loose = _capped(text, root, max_entries, MAX_LOOSE_TAGS)
            capped = loose or capped
            if _is_too_complex(text, root, MAX_LOOSE_TAGS):
                return Prepared(text, root, "too_complex")
    return Prepared(text, root, warnings=(*warnings, *capped))


def is_well_formed(text: str) -> bool:
    parser = expat.ParserCreate("utf-8", " ")
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError:
        return False
    return True


def _from_start(text: str, root: re.Match[str]) -> str:
    """Drop the declaration, which speaks of bytes that are no more, and whatever a broken script printed before it."""
    declaration = _DECLARATION.search(text, 0, root.start())
    start = declaration.end() if declaration else max(text.lower().find("<!doctype", 0, root.start()), 0)
    if not declaration and not start and not text.startswith("<"):
        start = root.start()
    return text[start:].lstrip()


def _root_name(text: str) -> str:
    found = _ROOT.search(text)
    return text[found.start() + 1 : found.end()] if found else ""


def _item_marks(root: str | None) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (_URL_OPEN, _URL_CLOSE) if root == "urlset" else (_ITEM_OPEN, _ITEM_CLOSE)


def _without_half_item(text: str, root: str | None) -> tuple[str, tuple[str, ...]]:
    name, (opening, closing) = _root_name(text), _item_marks(root)
    if root is None or not name:
        return text, ()
    end = 0
    for match in closing.finditer(text):
        end = match.end()
    if re.compile(f"</{re.escape(name)}", re.I).search(text, end):
        return text, ()
    half = opening.search(text, end)
    kept = text[: half.start()] if half else text
    return _closed(kept, root, name), (("truncated: the last item is dropped" if half else "truncated"),)


def _closed(text: str, root: str, name: str) -> str:
    is_open = "<channel" in text[:50_000] and "</channel" not in text[-2000:] and root == "rss"
    return text + ("</channel>" if is_open else "") + f"</{name}>"


def _capped(text: str, root: str | None, max_entries: int, max_tags: int) -> tuple[str, tuple[str, ...]]:
    opening, closing = _item_marks(root)
    limit = len(text) if root == "urlset" else _tag_limit(text, max_tags)
    closes = [match.end() for match in islice(closing.finditer(text, 0, limit), max_entries)]
    is_over = limit < len(text) or len(closes) == max_entries
    if root is None or not closes or not is_over or not opening.search(text, closes[-1]):
        return text, ()
    return _closed(text[: closes[-1]], root, _root_name(text)), (f"only the first {len(closes)} entries are read",)


def single_items(text: str) -> Iterator[str]:
    """Each item as a feed of its own, under the root element's own start tag."""
    root = _ROOT.search(text)
    if not root:
        return
    head, name = text[root.start() : text.find(">", root.end()) + 1], _root_name(text)
    at = root.end()
    while (opened := _ITEM_OPEN.search(text, at)) and (closed := _ITEM_CLOSE.search(text, opened.end())):
        at = closed.end()
        yield f"{head}{text[opened.start() : at]}</{name}>"


def _tag_limit(text: str, max_tags: int) -> int:
    """Where the markup becomes too much, or the end; what stands in CDATA sections costs nothing and is not counted."""
    if text.count("<") + text.count("&") / _REFERENCES_PER_TAG <= max_tags:
        return len(text)
    cost, at = 0.0, 0
    while found := _COSTLY.search(text, at):
        at = found.end()
        if found[0] in _CLOSING:
            end = text.find(_CLOSING[found[0]], at)
            at = end + 3 if end >= 0 else len(text)
        cost += 1 if found[0] != "&" else 1 / _REFERENCES_PER_TAG
        if cost > max_tags:
            return found.start()
    return len(text)


def _is_too_complex(text: str, root: str | None, max_tags: int) -> bool:
    return root != "urlset" and (_tag_limit(text, max_tags) < len(text) or bool(_MANY_ATTRIBUTES.search(text)))


def _repair(text: str, root: str | None) -> str:
    name = _root_name(text)
    close = text.lower().rfind(f"</{name}".lower()) if name else -1
    end = text.find(">", close) if close >= 0 else -1
    if end >= 0:
        text = text[: end + 1]
    has_own_entities = "<!ENTITY" in text[:20_000]
    text = outside_sections(text, lambda part: _REFERENCE.sub(lambda m: _reference(m, has_own_entities), part))
    return _declare_prefixes(text) if root else text


def _reference(match: re.Match[str], has_own_entities: bool) -> str:
    if match[0] == "<":
        return "&lt;"
    name = match[1]
    if name in _OF_XML:
        return match[0]
    character = unescape(match[0]) if name else match[0]
    if character == match[0]:
        return match[0] if name and has_own_entities else "&amp;" + match[0][1:]
    return _ILLEGAL.sub("", character).replace("&", "&amp;").replace("<", "&lt;")


def outside_sections(text: str, change: Callable[[str], str]) -> str:
    """Apply `change` to everything but comments and CDATA sections; one that never ends reaches to the end."""
    pieces: list[str] = []
    at = 0
    while found := _SECTION.search(text, at):
        end = text.find(_CLOSING[found[0]], found.end())
        end = len(text) if end < 0 else end + 3
        pieces += (change(text[at : found.start()]), text[found.start() : end])
        at = end
    return "".join((*pieces, change(text[at:])))


@cache
def _namespaces() -> dict[str, str]:
    raw = tomllib.loads(files("tasks.domain.data").joinpath("feeds/namespaces.toml").read_text("utf-8"))
    return {str(prefix): str(uri) for prefix, uri in raw["prefixes"].items()}


def _declare_prefixes(text: str) -> str:
    missing = sorted(set(_PREFIXED.findall(text)) - set(_DECLARED.findall(text)) - {"xml"})
    found = _ROOT.search(text)
    if not missing or not found or len(missing) > _MAX_PREFIXES:
        return text
    known = _namespaces()
    declared = "".join(
        f' xmlns:{prefix}="{known.get(prefix.lower(), "urn:undeclared:" + prefix)}"' for prefix in missing
    )
    return text[: found.end()] + declared + text[found.end() :]

"""HTML text to an lxml tree, once per page, for metadata and body alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree, html  # type: ignore[import-untyped]

from tasks.domain.articles.wording import wording

Tree: TypeAlias = Any  # an lxml element; lxml ships no types
Element: TypeAlias = Any

# trafilatura deletes the zero-width non-joiner and so welds Persian words together. It is carried through as a
# printable letter that no language uses in running text.
_JOINER = "\u200c"
_STAND_IN = "\u2e2f"
_JOINER_FORMS = re.compile("\u200c|&zwnj;|&#0*8204;|&#[xX]0*200[cC];")
# A prolog or a damaged document type at the start keeps libxml2 from seeing the rest.
_PREAMBLE = re.compile(r"^\s*(?:<\?xml[^>]{0,200}\?>)?\s*(?:<!doctype[^<>]{0,300}>)?", re.IGNORECASE)
_HEAD = 5000
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_SELF_CLOSED = re.compile(r"(<html\b[^<>]{0,500})/>", re.IGNORECASE)
_PARSER = html.HTMLParser(
    collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
)
_ASIDES = frozenset(("aside", "nav", "footer", "header", "form", "figure", "li"))
_SENTENCE_WORDS = 5
_SPACES = re.compile(r"\s+")
_MARKUP = re.compile(r"<\s*(?:!doctype|html|head|body|div|p|article|main|section|table|span|br|h[1-6]|meta)\b", re.I)


def is_markup(text: str) -> bool:
    """Tell HTML from PDF, JSON, images and the like by its start and by the presence of any common element."""
    start = text[:64].lstrip("\ufeff \t\r\n\x00")
    if start.startswith(("%PDF", "{", "PK\x03\x04", "\x89PNG", "GIF8", "ÿØÿ")):
        return False
    if _is_feed(text[:2000]):
        return False
    return _MARKUP.search(text) is not None


def _is_feed(head: str) -> bool:
    return (
        head.lstrip("\ufeff \t\r\n").startswith("<?xml")
        and re.search(r"<(?:rss|feed|rdf:RDF|urlset)\b", head) is not None
    )


def parse_html(text: str) -> Tree | None:
    """Parse a whole document; None where nothing that could be called one comes of it.

    trafilatura's own loader would turn a failed allocation into an empty page; here it is a MemoryError.
    """
    head, rest = _PREAMBLE.sub("", text[:_HEAD], count=1), text[_HEAD:]
    repaired = _SELF_CLOSED.sub(r"\1>", head, count=1) + rest
    if any(form in repaired for form in ("\u200c", "&zwnj;", "8204;", "200c;", "200C;")):
        repaired = _JOINER_FORMS.sub(_STAND_IN, repaired)
    try:
        return html.document_fromstring(repaired.encode("utf-8", "ignore").translate(None, _CONTROLS), parser=_PARSER)
    except etree.ParserError:
        return None
    except etree.XMLSyntaxError as error:
        # The parser recovers from whatever a document has wrong; what it reports as unknown is a failed allocation.
        if "memory" in str(error).lower() or "unknown" in str(error):
            raise MemoryError(str(error)) from error
        return None


def restore_joiners(text: str) -> str:
    """Undo what `parse_html` did to the zero-width non-joiners."""
    return text.replace(_STAND_IN, _JOINER)


def one_line(text: str | None) -> str:
    """Collapse all white space; empty for None."""
    return _SPACES.sub(" ", restore_joiners(text)).strip() if text else ""


def element_text(element: Element) -> str:
    """Give the visible text under one element as a single line."""
    return one_line(" ".join(element.itertext()))


def own_paragraphs(tree: Tree) -> str:
    """Give the `<p>` of the page's one article that are sentences and not links, one a line; empty if there is none."""
    articles = tree.xpath('//*[@itemprop="articleBody"]') or tree.xpath("//article") or tree.xpath("//main")
    if len(articles) != 1:
        return ""
    paragraphs = [p for p in articles[0].iter("p") if not any(a.tag in _ASIDES for a in p.iterancestors())]
    return "\n".join(element_text(p) for p in paragraphs if _is_sentence(p))


def _is_sentence(paragraph: Element) -> bool:
    text = element_text(paragraph)
    linked = sum(len(element_text(link)) for link in paragraph.iter("a"))
    return len(text.split()) >= _SENTENCE_WORDS and 2 * linked < len(text)


def meta_values(tree: Tree) -> dict[str, list[str]]:
    """Collect every `<meta>` by its lower-case property, name, itemprop or http-equiv, in order of appearance."""
    found: dict[str, list[str]] = {}
    for name, content in _metas(tree):
        found.setdefault(name, []).append(content)
    return found


def meta_named(meta: dict[str, list[str]], field: str) -> Iterator[str]:
    """Give the values of all the names the publishing systems use for one field, the most trusted name first."""
    for name in wording().meta[field]:
        yield from meta.get(name, ())


def _metas(tree: Tree) -> Iterator[tuple[str, str]]:
    for element in tree.iter("meta"):
        content = one_line(element.get("content"))
        name = next(
            (element.get(key) for key in ("property", "name", "itemprop", "http-equiv") if element.get(key)), None
        )
        if name and content:
            yield name.strip().lower(), content

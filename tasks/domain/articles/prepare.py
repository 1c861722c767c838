"""A page's tree made ready for body extraction: what readers do not see goes, tables for layout become blocks."""

from __future__ import annotations

import re

from tasks.domain.articles.tree import Element, Tree, element_text

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PROMOTION = re.compile(
    r"(?:^|[\s_-])(?:promo|podcast-promo|newsletter-promo|newsletter-signup)(?:$|[\s_-])", re.IGNORECASE
)
_BLOCKS = ("div", "section", "aside", "p", "span", "ul")
# Sites hide articles, paragraph by paragraph, until their scripts have run: only small parts without any are cut.
_MAX_HIDDEN = 0.3
_MAX_PROMOTION = 0.1
# A cell with this many characters holds an article, not data.
_LAYOUT_CELL = 600


def prepare(tree: Tree) -> Tree:
    """Change the tree in place and give it back."""
    total = max(1, len(element_text(tree)))
    for element in [one for one in tree.iter(*_BLOCKS) if _is_unread(one, total)]:
        _drop(element)
    for table in list(tree.iter("table")):
        if any(_is_layout(cell) for cell in table.iter("td")):
            _unmake(table)
    return tree


def _is_unread(element: Element, total: int) -> bool:
    if element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style") or ""):
        return next(element.iter("p"), None) is None and len(element_text(element)) < _MAX_HIDDEN * total
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_PROMOTION.search(named)) and len(element_text(element)) < _MAX_PROMOTION * total


def _is_layout(cell: Element) -> bool:
    has_blocks = next(cell.iter("p", "br", "h1", "h2"), None) is not None
    return has_blocks and len(element_text(cell)) >= _LAYOUT_CELL


def _unmake(table: Element) -> None:
    for part in table.iter("table", "tbody", "thead", "tr", "td", "th"):
        part.tag = "div"


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)

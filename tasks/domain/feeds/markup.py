"""Plain text from the HTML that feeds carry in titles and summaries."""

from __future__ import annotations

import re
from html import unescape

_LONGEST = 200_000
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<![A-Za-z][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);", re.I)
# Left after decoding, these were escaped twice; text that speaks of HTML hardly closes its paragraphs.
_SURE_TAG = re.compile(r"</(?:p|div|span|b|strong|em|i|a|li|h\d)>|<br\s*/?>", re.I)
_HIDDEN = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
# Inline markup joins what stands beside it: an initial letter in bold is still the first letter of its word.
_INLINE = re.compile(r"</?(?:a|abbr|b|bdi|bdo|em|font|i|mark|s|small|span|strong|sub|sup|u)(?=[\s/>])[^<>]*>", re.I)


def plain_text(html: str) -> str:
    """Tags out, entities decoded (twice where they were escaped twice), white space folded to single spaces."""
    text = _without_hidden(html[:_LONGEST])
    text = unescape(_TAG.sub(" ", _INLINE.sub("", text)))
    if _ENTITY.search(text):
        text = unescape(text)
    if _SURE_TAG.search(text):
        text = _TAG.sub(" ", _INLINE.sub("", text))
    return " ".join(text.replace("\x00", "").split())


def _without_hidden(text: str) -> str:
    for opening, closing in _HIDDEN:
        if opening in text:
            text = _cut(text, opening, closing)
    return text


def _cut(text: str, opening: str, closing: str) -> str:
    kept, at = [], 0
    while (start := text.find(opening, at)) >= 0:
        kept.append(text[at:start])
        end = text.find(closing, start)
        if end < 0:
            return "".join(kept)
        at = end + len(closing)
    return "".join((*kept, text[at:]))

"""OPML in and out: lists of feeds as every reader exchanges them, with our own fields in a namespace of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, ParseError, SubElement

from tasks.domain.articles.decode import decode
from tasks.domain.articles.urls import feed_id
from warehouse.records import Rejected

NAMESPACE = "urn:marsad:opml"
MAX_DEPTH = 10
MAX_BYTES = 4 * 1024 * 1024

_OWN = ("outlet", "country", "owner", "language")
_DECLARATION = re.compile(r"^\s*<\?xml[^<>]{0,300}\?>")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed of a list. `group` holds the folders from the outside in; unknown fields are empty."""

    url: str
    title: str = ""
    group: tuple[str, ...] = ()
    outlet: str = ""
    country: str = ""
    owner: str = ""
    language: str = ""


def parse_opml(body: bytes) -> tuple[tuple[Subscription, ...], tuple[Rejected, ...]]:
    """Read the feeds of a list; every outline that is no new feed is rejected by name, and so is an unreadable list."""
    if len(body) > MAX_BYTES:
        return (), (_rejected("", "too_large", f"{len(body)} bytes, at most {MAX_BYTES} are read"),)
    text = _DECLARATION.sub("", decode(body).text.lstrip("\ufeff"))
    if "<!doctype" in text.lower():
        return (), (_rejected("", "doctype", "a list of feeds needs no DOCTYPE: remove it"),)
    try:
        root = ElementTree.fromstring(text)
    except ParseError as error:
        return (), (_rejected("", "not_xml", str(error)),)
    return _sorted_out(_outlines(root))


def _sorted_out(
    outlines: Iterable[Subscription | Rejected],
) -> tuple[tuple[Subscription, ...], tuple[Rejected, ...]]:
    seen: dict[str, Subscription] = {}
    rejected: list[Rejected] = []
    for outline in outlines:
        if isinstance(outline, Rejected):
            rejected.append(outline)
        elif (key := feed_id(outline.url)) in seen:
            rejected.append(_rejected(outline.url, "duplicate", seen[key].url))
        else:
            seen[key] = outline
    return tuple(seen.values()), tuple(rejected)


def _outlines(root: Element) -> Iterator[Subscription | Rejected]:
    bodies = [child for child in root if _local(child.tag) == "body"]
    if _local(root.tag) != "opml" or not bodies:
        yield _rejected("", "not_opml", f"the root element is {_local(root.tag)!r}")
    # A stack and not recursion: depth is the list's choice, not ours.
    stack: list[tuple[Element, tuple[str, ...]]] = [
        (child, ()) for body in reversed(bodies) for child in reversed(body)
    ]
    while stack:
        element, group = stack.pop()
        if _local(element.tag) != "outline":
            continue
        fields = {_key(name): value.strip() for name, value in element.attrib.items()}
        if len(group) >= MAX_DEPTH:
            yield _rejected(_name(fields), "too_deep", f"more than {MAX_DEPTH} folders in one another")
            continue
        if fields.get("xmlurl") or not len(element):
            yield _subscription(fields, group)
        inner = (*group, _name(fields))
        stack.extend((child, inner) for child in reversed(element))


def _subscription(fields: dict[str, str], group: tuple[str, ...]) -> Subscription | Rejected:
    url = fields.get("xmlurl", "")
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web:
        return _rejected(url or _name(fields), "no_feed_address", "an outline needs an http(s) xmlUrl")
    own = {name: fields.get(name, "") for name in _OWN}
    return Subscription(url, _name(fields), group, **own)


def _name(fields: dict[str, str]) -> str:
    return fields.get("title") or fields.get("text") or ""


def _key(name: str) -> str:
    namespace, _, local = name.rpartition("}")
    return local.lower() if namespace in ("", "{" + NAMESPACE) else name


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2].lower()


def _rejected(subject: str, reason: str, detail: str) -> Rejected:
    return Rejected("parse", subject, reason, detail)


def serialise_opml(subscriptions: Iterable[Subscription], title: str) -> bytes:
    """Write a list that parse_opml reads back unchanged and that other readers understand."""
    ElementTree.register_namespace("marsad", NAMESPACE)
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = _clean(title)
    _fill(SubElement(root, "body"), list(subscriptions), 0)
    ElementTree.indent(root)
    body: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _fill(parent: Element, subscriptions: list[Subscription], depth: int) -> None:
    def folder(subscription: Subscription) -> str | None:
        return subscription.group[depth] if len(subscription.group) > depth else None

    for name, members in groupby(subscriptions, folder):
        if name is None:
            for member in members:
                _outline(parent, member)
        else:
            _fill(SubElement(parent, "outline", text=_clean(name), title=_clean(name)), list(members), depth + 1)


def _outline(parent: Element, subscription: Subscription) -> None:
    name = _clean(subscription.title)
    outline = SubElement(parent, "outline", type="rss", text=name, title=name, xmlUrl=_clean(subscription.url))
    for field in _OWN:
        if value := getattr(subscription, field):
            outline.set(f"{{{NAMESPACE}}}{field}", _clean(value))


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)

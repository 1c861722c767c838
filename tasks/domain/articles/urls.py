"""One address for one article, however its link was dressed, and the ids made from it.

courlan knows which part of a host is the registered domain. Its own cleaning of queries is not used: it drops every
parameter that begins like a tracker ("gallery", "uid", "eid"), which on many sites is the number of the article.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from html import unescape
from importlib.resources import files
from ipaddress import IPv6Address
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

import idna
from courlan import extract_domain

_LONGEST = 4000
_BLANK = re.compile(r"[\t\r\n\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SCHEME = re.compile(r"^https?:/+", re.I)
_NAMED_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]*", re.I)
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE_IN_PATH = "%/:@!$&'()*+,;=~"
_SAFE_IN_QUERY = _SAFE_IN_PATH + "?"
_DEFAULT_PORTS = (None, 80, 443)


@dataclass(frozen=True, slots=True)
class _Rules:
    names: frozenset[str]
    prefixes: tuple[str, ...]
    values: Mapping[str, frozenset[str]]
    hosts: frozenset[str]
    path_ends: tuple[str, ...]
    path_starts: tuple[str, ...]
    caches: tuple[str, ...]
    redirectors: Mapping[str, tuple[str, ...]]


@cache
def _rules() -> _Rules:
    raw = tomllib.loads(files("tasks.domain.data").joinpath("feeds/urls.toml").read_text("utf-8"))
    tracking, twins = raw["tracking"], raw["twins"]
    return _Rules(
        names=frozenset(tracking["names"]),
        prefixes=tuple(tracking["prefixes"]),
        values={name: frozenset(values) for name, values in {**tracking["values"], **twins["parameters"]}.items()},
        hosts=frozenset(twins["hosts"]),
        path_ends=tuple(twins["path_ends"]),
        path_starts=tuple(twins["path_starts"]),
        caches=tuple(twins["caches"]),
        redirectors={address: tuple(names) for address, names in raw["redirectors"].items()},
    )


def canonical_url(link: str, base: str | None = None) -> str | None:
    """The address under which the article is known and fetched; None where the link is no http(s) address."""
    try:
        return _canonical(_joined(link, base), depth=3)
    except (ValueError, UnicodeError):
        return None


def article_id(url: str) -> str:
    """32 hex digits. http and https, with and without "www.", with and without a last slash are one article."""
    return _hash(_key(canonical_url(url) or url))


def feed_id(url: str) -> str:
    """32 hex digits. Only the scheme, the case of the host and a fragment do not count: a query makes another feed."""
    parts = urlsplit(url.strip())
    return _hash(f"//{parts.netloc.lower()}{parts.path or '/'}?{parts.query}")


def _hash(key: str) -> str:
    return blake2b(key.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _key(url: str) -> str:
    parts = urlsplit(url)
    query = "&".join(sorted(parts.query.split("&")))
    host = parts.netloc.removeprefix("www.")
    return urlunsplit(("", host, parts.path.rstrip("/") or "/", query, parts.fragment))


def _joined(link: str, base: str | None) -> str:
    link = _BLANK.sub("", link[:_LONGEST]).strip().replace("\\", "/")
    if "&amp;" in link:
        link = unescape(link)
    if _SCHEME.match(link):
        return _SCHEME.sub(lambda found: found[0].rstrip("/").lower() + "//", link, count=1)
    return link if _NAMED_SCHEME.match(link) or not base else urljoin(base, link)


def _canonical(link: str, depth: int) -> str | None:
    parts = urlsplit(link)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    inner = _inner(parts) if depth else None
    if inner:
        return _canonical(_joined(inner, None), depth - 1)
    host = _host(parts.hostname)
    port = "" if parts.port in _DEFAULT_PORTS else f":{parts.port}"
    path = _path(parts.path)
    return urlunsplit((parts.scheme, _without_twin(host) + port, path, _query(parts.query), _fragment(parts.fragment)))


def _inner(parts: SplitResult) -> str | None:
    """The address inside that of a redirector or of an AMP cache."""
    host, rules = (parts.hostname or ""), _rules()
    for name in rules.redirectors.get(host + parts.path.rstrip("/"), ()):
        for pair in parts.query.split("&"):
            value = unquote(pair.partition("=")[2])
            if pair.partition("=")[0].lower() == name and _SCHEME.match(value):
                return value
    for cache_host in rules.caches:
        own, _, path = cache_host.partition("/")
        if (host == own or host.endswith("." + own)) and parts.path.startswith(f"/{path}" if path else "/"):
            return _from_cache(parts.path.removeprefix(f"/{path}"), parts.query)
    return None


def _from_cache(path: str, query: str) -> str | None:
    """/c/s/example.org/news/1 or /s/example.org/news/1: "s" means https."""
    found = re.match(r"/?(?:[cvir]/)?(s/)?([^/]+\.[^/]+)(/.*)?$", path.lstrip("/"))
    if not found:
        return None
    return f"{'https' if found[1] else 'http'}://{found[2]}{found[3] or '/'}" + (f"?{query}" if query else "")


def _host(name: str) -> str:
    if ":" in name:
        return f"[{IPv6Address(name.partition('%')[0]).compressed}]"
    name = unquote(name).lower().rstrip(".")
    if not name.isascii():
        name = idna.encode(name, uts46=True).decode("ascii")
    if not _HOST.fullmatch(name) or ".." in name:
        raise ValueError(f"no host name: {name!r}")
    return name


@lru_cache(maxsize=4096)
def _without_twin(host: str) -> str:
    labels = host.split(".")
    twins = _rules().hosts
    if not twins.intersection(labels[:2]):
        return host
    domain = extract_domain(f"https://{host}/") or ".".join(labels[-2:])
    own = labels[: -len(domain.split("."))] if host.endswith(domain) else []
    at = 1 if own[:1] == ["www"] else 0
    while twins.intersection(own[at : at + 1]):
        del own[at]
    return ".".join((*own, domain)) if own or host.endswith(domain) else host


def _path(path: str) -> str:
    path = _escaped(_SESSION.sub("", path), _SAFE_IN_PATH)
    path = _without_dots(path)
    before = ""
    while path != before:
        before, path = path, _without_amp(path)
    return path or "/"


def _without_amp(path: str) -> str:
    rules = _rules()
    for end in rules.path_ends:
        if path.endswith(end) and len(path) > len(end):
            return path[: -len(end)]
    for start in rules.path_starts:
        if path.startswith(start) and len(path) > len(start):
            return path[len(start) - 1 :]
    return path


def _without_dots(path: str) -> str:
    """Resolve "." and ".." (RFC 3986 5.2.4)."""
    kept: list[str] = []
    segments = path.removeprefix("/").split("/")
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    ends_open = segments[-1] in (".", "..") and kept
    return "/" + "/".join(kept) + ("/" if ends_open else "")


def _escaped(text: str, safe: str) -> str:
    """One spelling for the escapes: letters stand for themselves, everything beyond ASCII as UTF-8, hex in capitals."""
    text = _ESCAPE.sub(_shortest, _BAD_PERCENT.sub("%25", text))
    return quote(text, safe=safe)


def _shortest(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


def _query(query: str) -> str:
    # A second question mark is a parameter appended by somebody who did not see the first.
    pairs = (pair for part in query.split("?") for pair in part.split("&"))
    return "&".join(_escaped(pair, _SAFE_IN_QUERY) for pair in _kept(pairs))


def _kept(pairs: Iterable[str]) -> Iterable[str]:
    rules = _rules()
    for pair in pairs:
        name, _, value = unquote(pair).lower().partition("=")
        is_tracking = name in rules.names or name.startswith(rules.prefixes) or value in rules.values.get(name, ())
        if pair and not is_tracking:
            yield pair


def _fragment(fragment: str) -> str:
    """Kept only where it is the address of a page: #!page and #/page of sites drawn by scripts."""
    return _escaped(fragment, _SAFE_IN_QUERY) if fragment.startswith(("!", "/")) else ""

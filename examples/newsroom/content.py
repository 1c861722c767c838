"""What the newsroom serves, as frozen records read from outlets.toml, routes.toml and manifest.json."""

from __future__ import annotations

import json
import tomllib
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """One feed of an outlet. `template` is rss.xml, atom.xml, rdf.xml, sitemap.xml, news.xml or json.

    `encoding` is what the bytes are in, `declared` what the prolog says, `charset` what HTTP says ("": nothing).
    `guid`: `url`, `number`, `churn` (another one at each request) or `none`. `validators`: `strong`, `weak`, `odd`
    (a date in a form of its own), `frozen` (never change), `none`. `link_form`: `percent`, `lower` (its hexadecimal
    digits), `iri` (letters as they are); `link_host` goes before the host, where that is a name. `only` and `skip`
    name articles by key. `channel` and `item` are templates of what else stands in the channel and in each item;
    `cut` is the share of the bytes that is sent.
    """

    path: str
    template: str
    title: str
    dates: str = "rfc822"
    encoding: str = "utf-8"
    declared: str = "utf-8"
    charset: str = "utf-8"
    content_type: str = "application/rss+xml"
    guid: str = "url"
    validators: str = "strong"
    link_suffix: str = ""
    link_twin: str = ""
    link_form: str = "percent"
    link_host: str = ""
    sections: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    limit: int = 20
    channel: str = ""
    item: str = ""
    cut: float = 1.0
    bad_bytes: int = 0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outlet:
    """`path` is the pattern of an article's address under `/<slug>`; `offset` its local time, hours from UTC."""

    slug: str
    name: str
    description: str
    country: str
    owner: str
    path: str
    dates: str
    offset: float
    feeds: tuple[FeedSpec, ...]
    template: str = ""
    encoding: str = "utf-8"
    charset: str = "utf-8"
    language: str = "ar"
    robots: str = "User-agent: *\nDisallow:\n"
    twins: dict[str, str] = field(default_factory=dict)

    def address(self, article: Article, twin: str = "") -> str:
        """The path of the article's page, or of its twin ("amp", "mobile"; the page itself where there is none)."""
        place = article.path.removeprefix(f"/{self.slug}")
        return self.twins.get(twin, "{path}").format(path=article.path, place=place)


@dataclass(frozen=True, slots=True)
class Article:
    """One story of one outlet; `link` is the address its feeds give where that is not `path`.

    `expected` is what a reader of the page should make of it: `accepted`, or the reason to turn it away. `page` names
    the template where it is not the outlet's own. `gold` is the id of the body in the development gold. `has_date` is
    False where neither page nor feed says when it was published.
    """

    key: str
    outlet: str
    path: str
    title: str
    paragraphs: tuple[str, ...]
    published: datetime
    summary: str
    section: str = "سياسة"
    author: str = ""
    credit: str = ""
    language: str = "ar"
    gold: str | None = None
    copy_of: str | None = None
    page: str = ""
    link: str | None = None
    expected: str = "accepted"
    body_source: str = "page"
    has_date: bool = True
    modified: datetime | None = None

    @property
    def number(self) -> int:
        return number(self.key)


@dataclass(frozen=True, slots=True)
class Revision:
    """The second version of an article, for `Newsroom.revise`."""

    key: str
    title: str
    paragraphs: tuple[str, ...]
    modified: datetime


@dataclass(frozen=True, slots=True)
class Route:
    """What one address does instead of, or before, serving its content.

    `status` 0 serves what is there, after `delay` seconds; `drip` sends it over that many seconds. `inflate` is the
    size in bytes of a gzip body of blanks, `links` makes a page of that many links; `cut` closes the connection after
    that share of the body. `retry_after` is in seconds, sent as an HTTP date where `retry_date`. `times` ends the
    route after so many requests. A `location` of `@key` is the address of that article.
    """

    path: str
    status: int = 0
    location: str = ""
    file: str = ""
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    retry_after: int | None = None
    retry_date: bool = False
    delay: float = 0
    drip: float = 0
    inflate: int = 0
    links: int = 0
    cut: float = 1.0
    times: int | None = None


def number(key: str) -> int:
    """A number for addresses that stays the same whatever is added to the newsroom."""
    return 10_000 + zlib.crc32(key.encode()) % 89_999


@cache
def read_outlets(folder: Path = FOLDER) -> dict[str, Outlet]:
    table = tomllib.loads((folder / "outlets.toml").read_text(encoding="utf-8"))
    return {row["slug"]: _outlet(row) for row in table["outlet"]}


def _outlet(row: dict[str, Any]) -> Outlet:
    feeds = tuple(FeedSpec(**{**feed, **_tuples(feed, "sections", "only", "skip")}) for feed in row["feeds"])
    return Outlet(**{**row, "feeds": feeds})


def _tuples(row: dict[str, Any], *names: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(row[name]) for name in names if name in row}


@cache
def read_routes(folder: Path = FOLDER) -> dict[str, Route]:
    table = tomllib.loads((folder / "routes.toml").read_text(encoding="utf-8"))
    return {row["path"]: Route(**row) for row in table["route"]}


@cache
def read_articles(folder: Path = FOLDER) -> tuple[Article, ...]:
    return tuple(article(row) for row in _manifest(folder)["articles"])


@cache
def read_revisions(folder: Path = FOLDER) -> dict[str, Revision]:
    rows = _manifest(folder)["revisions"]
    return {row["key"]: Revision(**{**row, **_tuples(row, "paragraphs"), **_moments(row)}) for row in rows}


def _manifest(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def article(row: dict[str, Any]) -> Article:
    """An article from its row in manifest.json."""
    return Article(**{**row, **_tuples(row, "paragraphs"), **_moments(row)})


def _moments(row: dict[str, Any]) -> dict[str, datetime]:
    names = ("published", "modified")
    return {name: datetime.fromisoformat(row[name]) for name in names if row.get(name)}

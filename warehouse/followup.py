"""What goes with a batch of articles into the same transaction: the next look at each page, changes, deletions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from warehouse.rows import TEXT, TIME, WHOLE, Incoming, incoming, naive, register
from warehouse.sql import run_file

_REVISIT = {**dict.fromkeys(("article_id", "etag", "last_modified"), TEXT), "visit": WHOLE, "next_at": TIME}
_DELETION = dict.fromkeys(("article_id", "reason"), TEXT)


@dataclass(frozen=True, slots=True)
class VersionChange:
    """How the text with `text_hash` differs from the version before; `changed_share` is 0 to 1."""

    article_id: str
    text_hash: str
    change_summary: str
    words_added: int
    words_removed: int
    changed_share: float


@dataclass(frozen=True, slots=True)
class Revisit:
    """The next look at a page that is in the queue: `visit` counts the looks there were, the first included."""

    article_id: str
    visit: int
    next_at: datetime
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Deletion:
    article_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Followup:
    """`done` are articles whose page brought no text; `is_queued` is False where no work of the queue was done."""

    changes: tuple[VersionChange, ...] = ()
    revisits: tuple[Revisit, ...] = ()
    deletions: tuple[Deletion, ...] = ()
    done: tuple[str, ...] = ()
    is_queued: bool = True


@dataclass(frozen=True, slots=True)
class LatestText:
    title: str
    text: str
    text_hash: str


def latest_texts(connection: DuckDBPyConnection, ids: Sequence[str]) -> dict[str, LatestText]:
    register(connection, incoming("ids", {"id": TEXT}, ids, lambda id_: {"id": id_}))
    rows = run_file(connection, "articles/latest").fetchall()
    return {article_id: LatestText(title, text, text_hash) for article_id, title, text_hash, text in rows}


def batches(followup: Followup) -> tuple[Incoming, Incoming]:
    """The rows for `incoming_revisits` and `incoming_deletions`."""
    return (
        incoming("revisits", _REVISIT, followup.revisits, lambda one: {**asdict(one), "next_at": naive(one.next_at)}),
        incoming("deletions", _DELETION, followup.deletions, asdict),
    )

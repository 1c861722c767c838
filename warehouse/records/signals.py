"""What claims add up to, for telling people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from warehouse.records.claims import Kind, Status


@dataclass(frozen=True, slots=True)
class DailyClaims:
    """How many claims of one day put a pair and a kind together; of directed kinds `actor_a` gives."""

    actor_a: str
    actor_b: str
    kind: Kind
    reported_on: date
    claims: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What a claim says, without its words: `actors` are supplier and recipient, or the participants."""

    kind: Kind
    actors: tuple[str | None, ...]
    status: Status
    items: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the last two texts of an article say, `before` and `after`; the later one was fetched at `fetched_at`."""

    article_id: str
    url: str
    outlet: str
    fetched_at: datetime
    before: tuple[Statement, ...]
    after: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """Something to tell people once: `details` is what its event carries, ready for JSON."""

    signal: Literal["spike.detected", "event.changed"]
    subject: str
    happened_at: datetime
    details: dict[str, Any]

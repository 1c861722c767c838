"""One run of one flow: what it did, counted, and whether that counts as done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from warehouse.records import Rejected

SLOWEST = 10

Outcome = Literal["done", "partly", "failed"]


@dataclass(slots=True)
class Run:
    """A run in progress. `tally` counts what it did, `rejected` counts reasons, `failing` names feeds that failed.

    `seconds_of` is how long each feed took to answer.
    """

    run_id: str
    flow: str
    started_at: datetime
    tally: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    failing: dict[str, str] = field(default_factory=dict)
    seconds_of: dict[str, float] = field(default_factory=dict)

    def reject(self, items: Iterable[Rejected]) -> None:
        self.rejected.update(f"{item.stage}: {item.reason}" for item in items)


@dataclass(frozen=True, slots=True)
class Summary:
    """A finished run: `counts` and `rejected` in reading order, `failing` feeds with the outcome of their poll.

    `slowest` are the feeds that took longest, in seconds, the slowest first.
    """

    run_id: str
    flow: str
    started_at: datetime
    seconds: float
    counts: dict[str, int]
    rejected: dict[str, int]
    failing: dict[str, str]
    slowest: dict[str, float] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        """A run is partly done when some feeds failed, and failed when all that it tried failed."""
        polled = self.counts.get("feeds polled", 0)
        if polled and len(self.failing) == polled:
            return "failed"
        return "partly" if self.failing else "done"


def summarise(run: Run, now: datetime) -> Summary:
    """The summary of `run`, ended at `now`."""
    return Summary(
        run.run_id,
        run.flow,
        run.started_at,
        (now - run.started_at).total_seconds(),
        dict(run.tally),
        dict(run.rejected.most_common()),
        dict(run.failing),
        dict(sorted(run.seconds_of.items(), key=lambda pair: -pair[1])[:SLOWEST]),
    )


def utc_now() -> datetime:
    """The clock, read here and passed on."""
    return datetime.now(UTC)

"""What is worth telling people at once: feeds that have begun to fail."""

from __future__ import annotations

from warehouse.records import FeedState

# One bad answer is weather; so many (a line that is down counts less than a page that is gone) are not.
FAILING_FROM = 3.0


def turned_failing(before: FeedState, after: FeedState) -> bool:
    """Whether this poll is the one that made a feed a failing one, so that it is said once."""
    return _fails(after) and not _fails(before)


def _fails(state: FeedState) -> bool:
    return state.is_muted or state.failures >= FAILING_FROM

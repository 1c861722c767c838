"""The shared vocabulary: one frozen record for each thing that moves between the rooms.

Standard library only, so that every room can import it. Offsets are character offsets `[start, end)` into the text as
stored. Times are aware UTC datetimes; dates without a time of day are ISO 8601 strings as precise as their source.
"""

from __future__ import annotations

from warehouse.records.claims import (
    DIRECTED_KINDS,
    Analysis,
    Attribution,
    Category,
    Claim,
    Entity,
    Item,
    Kind,
    Label,
    Mention,
    Qualifier,
    SourceType,
    Status,
    When,
)
from warehouse.records.intake import (
    Article,
    Entry,
    Feed,
    FeedEvent,
    FeedState,
    HubState,
    HubSubscription,
    Page,
    Poll,
    Rejected,
    Response,
    Sighting,
    Source,
    Stage,
    Work,
)
from warehouse.records.signals import (
    DailyClaims,
    Said,
    Signal,
    Statement,
)

__all__ = [
    "DIRECTED_KINDS",
    "Analysis",
    "Article",
    "Attribution",
    "Category",
    "Claim",
    "DailyClaims",
    "Entity",
    "Entry",
    "Feed",
    "FeedEvent",
    "FeedState",
    "HubState",
    "HubSubscription",
    "Item",
    "Kind",
    "Label",
    "Mention",
    "Page",
    "Poll",
    "Qualifier",
    "Rejected",
    "Response",
    "Said",
    "Sighting",
    "Signal",
    "Source",
    "SourceType",
    "Stage",
    "Statement",
    "Status",
    "When",
    "Work",
]

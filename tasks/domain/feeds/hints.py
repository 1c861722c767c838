"""What the headers of an answer say about when and where to ask again."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from itertools import takewhile
from urllib.parse import urljoin

from tasks.domain.feeds.dates import read_date
from warehouse.records import Response

PERMANENT = frozenset((301, 308))
HOPS_HEADER = "x-marsad-hops"

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.I)
_SECONDS = re.compile(r"\s*(\d{1,9})(?:\.\d+)?\s*")


def retry_after(response: Response, now: datetime) -> timedelta | None:
    """Seconds or an HTTP date (RFC 9110 10.2.3); None where the header is absent or makes no sense."""
    text = response.headers.get("retry-after", "")
    seconds = _SECONDS.fullmatch(text)
    if seconds:
        return timedelta(seconds=int(seconds[1]))
    when = read_date(text).when
    return max(when - now, timedelta()) if when else None


def freshness(response: Response, now: datetime) -> timedelta:
    """How long the answer says it stays fresh: max-age, else Expires, less the age it already has."""
    found = _MAX_AGE.search(response.headers.get("cache-control", ""))
    if found:
        age = response.headers.get("age", "")
        return max(timedelta(seconds=int(found[1]) - (int(age) if age.isdigit() and len(age) < 10 else 0)), timedelta())
    expires = read_date(response.headers.get("expires", "")).when
    sent = read_date(response.headers.get("date", "")).when or now
    return max(expires - sent, timedelta()) if expires else timedelta()


def permanent_target(response: Response) -> str | None:
    """Where the permanent redirects lead, up to the first temporary one; None if the first is not permanent."""
    hops = _hops(response)
    permanent = len(list(takewhile(lambda hop: hop[0] in PERMANENT, hops)))
    if not permanent:
        return None
    target = hops[permanent][1] if permanent < len(hops) else response.final_url
    return target if target != response.url else None


def is_away_for_now(response: Response) -> bool:
    """Say whether a temporary redirect led here: what it leads to tells nothing of the address itself."""
    return any(status not in PERMANENT for status, _ in _hops(response))


def _hops(response: Response) -> list[tuple[int, str]]:
    try:
        listed = json.loads(response.headers.get(HOPS_HEADER, "[]"))
        return [(int(status), urljoin(response.url, str(address))) for status, address in listed]
    except (ValueError, TypeError):
        return []

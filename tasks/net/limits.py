"""How hard, how far and in whose name the network may be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_VERSION = "0.1"
ROBOTS_TOKEN = "marsad"


def user_agent(contact: str = "") -> str:
    """Say truthfully who asks; `contact` is an address or page a site's owner can write to."""
    return (
        f"{ROBOTS_TOKEN}/{_VERSION} (news monitor; +{contact})"
        if contact
        else f"{ROBOTS_TOKEN}/{_VERSION} (news monitor)"
    )


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """`max_bytes` counts after decompression; `total_seconds` is for one request, of which a redirect needs another.

    `host_delay_seconds` lies between the starts of two requests to one host; a Retry-After longer than
    `max_wait_seconds` is not waited for but reported. `connect_to` maps hosts (`*.example.org` for all below) to
    `host:port`, as curl's option of that name does; what the operator maps is trusted, all else is checked.
    `ca_file` holds certificates of authorities that are trusted besides the usual ones.
    """

    user_agent: str = user_agent()
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    max_bytes: int = 5 * 1024 * 1024
    max_redirects: int = 5
    concurrency: int = 32
    per_host: int = 2
    host_delay_seconds: float = 1.0
    max_wait_seconds: float = 30.0
    host_down_seconds: float = 300.0
    obey_robots: bool = True
    allow_private_addresses: bool = False
    connect_to: Mapping[str, str] = field(default_factory=dict)
    verify_tls: bool = True
    ca_file: str = ""

"""Settings turned into the small records that each part of the road takes."""

from __future__ import annotations

from tasks.archive import ArchiveOptions
from tasks.domain.feeds.schedule import Rhythm
from tasks.extract import ExtractLimits
from tasks.net.limits import FetchLimits, user_agent
from tasks.settings import Settings


def fetch_limits(settings: Settings) -> FetchLimits:
    fetch = settings.fetch
    return FetchLimits(
        user_agent=user_agent(fetch.contact),
        connect_seconds=fetch.connect_seconds,
        read_seconds=fetch.read_seconds,
        total_seconds=fetch.total_seconds,
        max_bytes=fetch.max_bytes,
        max_redirects=fetch.max_redirects,
        concurrency=fetch.concurrency,
        per_host=fetch.per_host,
        host_delay_seconds=fetch.host_delay_seconds,
        obey_robots=fetch.obey_robots,
        allow_private_addresses=fetch.allow_private_addresses,
        connect_to=fetch.connect_to,
        ca_file=fetch.ca_file,
    )


def extract_limits(settings: Settings) -> ExtractLimits:
    """For pages on the road: articles in other languages than those asked for are rejected."""
    return ExtractLimits(
        workers=settings.extract.processes,
        seconds=settings.extract.seconds,
        memory_mib=settings.extract.memory_mb,
        max_bytes=settings.fetch.max_bytes,
        languages=settings.ingest.languages or None,
    )


def archive_options(settings: Settings) -> ArchiveOptions:
    return ArchiveOptions(settings.paths.archive)


def rhythm(settings: Settings) -> Rhythm:
    schedule = settings.schedule
    return Rhythm(
        min_minutes=schedule.min_interval_minutes,
        max_minutes=schedule.max_interval_minutes,
        start_minutes=schedule.start_interval_minutes,
        jitter=schedule.jitter,
        max_retry_after_hours=schedule.max_retry_after_hours,
    )

"""What is known of an address that is in no list: whose it is, and what of it is news."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from courlan import extract_domain

from tasks.domain.articles.urls import feed_id
from warehouse.records import Entry, Feed, Source

# ICAO's code for a person of no known state; the pipeline does not guess one from a domain.
UNKNOWN_COUNTRY = "XXX"


def source_of(address: str, configured: Sequence[Source]) -> Source:
    """The configured feed that this is; else a place of its own, whose owner is that of the site's configured feeds."""
    own = feed_id(address)
    host = urlsplit(address).hostname or address
    for source in configured:
        if source.feed_id == own:
            return source
    for source in configured:
        if _site(source.url) == _site(address):
            return Source(own, address, source.outlet, source.country, source.owner, source.language)
    return Source(own, address, host, UNKNOWN_COUNTRY, "", "ar")


def _site(address: str) -> str:
    """The registered domain, or the host where it has none."""
    host = urlsplit(address).hostname or ""
    return extract_domain(address, fast=True) or host


def page_as_feed(url: str) -> Feed:
    """A page as a feed with one entry, of which only the address is known."""
    entry = Entry(None, url, "", "", None, date_reason="not_in_a_feed")
    return Feed("page", "", None, None, (entry,))

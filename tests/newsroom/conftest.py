"""A running newsroom with a clock that stands still, and a real HTTP client."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from examples.newsroom import Newsroom

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with Newsroom.start(clock=lambda: NOW) as running:
        yield running


@pytest.fixture(scope="session")
def open_room() -> Iterator[Newsroom]:
    """For tests that change nothing and do not read the log."""
    with Newsroom.start(clock=lambda: NOW) as running:
        yield running


@pytest.fixture(scope="session")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=10) as opened:
        yield opened

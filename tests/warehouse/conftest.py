from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.store import Store, open_store


@pytest.fixture
def primary(tmp_path: Path) -> Path:
    return tmp_path / "primary.duckdb"


@pytest.fixture
def store(primary: Path) -> Iterator[Store]:
    with open_store(primary) as opened:
        yield opened

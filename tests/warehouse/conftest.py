from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.connect import bodies_path
from warehouse.store import Store, open_store


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that was made once and is copied for each test."""
    path = tmp_path_factory.mktemp("empty") / "primary.duckdb"
    with open_store(path):
        pass
    return path


@pytest.fixture
def primary(empty: Path, tmp_path: Path) -> Path:
    path = tmp_path / "primary.duckdb"
    shutil.copyfile(empty, path)
    shutil.copyfile(bodies_path(empty), bodies_path(path))
    return path


@pytest.fixture
def store(primary: Path) -> Iterator[Store]:
    with open_store(primary) as opened:
        yield opened

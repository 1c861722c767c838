from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from warehouse.store import Store, open_store

LAKE = pytest.param(
    ".sqlite",
    marks=[
        pytest.mark.slow,
        pytest.mark.skipif(find_spec("duckdb_extension_ducklake") is None, reason="needs the extra [lake]"),
    ],
)


@pytest.fixture(scope="session", params=[".duckdb", LAKE])
def empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of each backend that was made once and is copied for each test."""
    path = tmp_path_factory.mktemp("empty") / f"primary{request.param}"
    with open_store(path):
        pass
    return path


@pytest.fixture
def primary(empty: Path, tmp_path: Path) -> Path:
    path = tmp_path / empty.name
    shutil.copytree(empty.parent, tmp_path, dirs_exist_ok=True)
    return path


@pytest.fixture
def store(primary: Path) -> Iterator[Store]:
    with open_store(primary) as opened:
        yield opened

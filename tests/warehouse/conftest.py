from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.places import BACKENDS, Server, copy_of, new_place, serve
from warehouse.place import Place
from warehouse.store import Store, open_store


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


@pytest.fixture(scope="session", params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def its_server(backend: str, request: pytest.FixtureRequest) -> Server | None:
    """The server of those backends that have one."""
    return request.getfixturevalue("server") if backend == "postgres" else None


@pytest.fixture(scope="session")
def empty(backend: str, its_server: Server | None, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A warehouse of each backend that was made once and is copied for each test."""
    place = new_place(backend, tmp_path_factory.mktemp("empty"), its_server)
    with open_store(place):
        pass
    return place


@pytest.fixture
def primary(empty: Place, its_server: Server | None, tmp_path: Path) -> Place:
    return copy_of(empty, tmp_path, its_server)


@pytest.fixture
def store(primary: Place) -> Iterator[Store]:
    with open_store(primary) as opened:
        yield opened


# What takes a lake minutes and says little that files of our own do not say: left to `make test-long`.
LONG_ON_A_LAKE = (
    "test_processes.py",
    "test_the_order_of_batches_does_not_matter",
    "test_every_table_comes_back_equal_and_not_twice[sqlite-csv]",
    "test_every_table_comes_back_equal_and_not_twice[sqlite-jsonl]",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "[sqlite" in item.name and any(part in item.nodeid for part in LONG_ON_A_LAKE):
            item.add_marker(pytest.mark.long)

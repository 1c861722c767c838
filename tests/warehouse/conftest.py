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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Dozens of processes on a lake take minutes: files of our own are tried always, a lake by `make test-long`."""
    for item in items:
        if item.path.name == "test_processes.py" and "[sqlite" in item.name:
            item.add_marker(pytest.mark.long)

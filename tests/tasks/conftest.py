"""What tests of tasks share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from examples.newsroom.server import Newsroom
from tests.tasks.desk import Desk, Pools


@pytest.fixture(scope="module")
def pools() -> Iterator[Pools]:
    with ExitStack() as stack:
        yield Pools(stack)


@pytest.fixture
def desk(tmp_path: Path, pools: Pools) -> Iterator[Desk]:
    with Newsroom.start() as room:
        yield Desk(room, tmp_path, pools)

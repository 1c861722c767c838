"""What tests of tasks share: extraction workers, which take seconds to start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tasks.extract import ExtractLimits, ExtractPool


class Pools:
    """One pool for every set of limits."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._pools: dict[ExtractLimits, ExtractPool] = {}

    def of(self, limits: ExtractLimits) -> ExtractPool:
        if limits not in self._pools:
            self._pools[limits] = self._stack.enter_context(ExtractPool(limits))
        return self._pools[limits]


@pytest.fixture(scope="module")
def pools() -> Iterator[Pools]:
    with ExitStack() as stack:
        yield Pools(stack)

"""Commands that ask the published snapshot ask it here: one place that opens it and says what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flows.console import fail
from tasks.settings import Settings

if TYPE_CHECKING:
    from warehouse.read import Table


def ask(
    settings: Settings, query: str, params: Mapping[str, Any] | None = None, *, timeout_s: float | None = None
) -> Table:
    """Run a shipped query or one statement of SQL; leaves with exit code 1 and the reason where that cannot be."""
    from warehouse.errors import WarehouseError
    from warehouse.read import open_snapshot, run_query

    try:
        with open_snapshot(settings.shown) as snapshot:
            return run_query(snapshot, query, params, timeout_s=timeout_s)
    except WarehouseError as error:
        fail(str(error))


def as_objects(table: Table) -> list[dict[str, Any]]:
    """The rows by column name, as `--json` prints them."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

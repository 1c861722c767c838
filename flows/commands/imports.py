"""`marsad import`: an exported table back into the warehouse."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.console import DEFAULT_CONFIG, ConfigOption, Exit, fail, print_line, settings_from

SourceArgument = Annotated[
    Path, typer.Argument(metavar="FILE|FOLDER", help="A .parquet, .csv or .jsonl file, or a folder of partitions.")
]
TableOption = Annotated[str, typer.Option("--table", "-t", help="The table that it was exported from.")]


def import_(source: SourceArgument, table: TableOption, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Add the rows of an exported table that the warehouse lacks: all, or none where one does not fit."""
    from warehouse.errors import WarehouseBusy, WarehouseError
    from warehouse.imports import import_table

    settings = settings_from(config)
    try:
        done = import_table(settings.primary, table, source, wait=settings.warehouse.lock_seconds)
    except WarehouseBusy as error:
        fail(str(error), Exit.BUSY)
    except WarehouseError as error:
        fail(str(error))
    print_line(f"{table}: {done.rows} rows read, {done.new} of them new; marsad run shows them to people")

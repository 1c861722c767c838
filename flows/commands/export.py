"""`marsad export` and `marsad schema`: the warehouse as files, and what its columns mean."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.query import ParamOption, params_of
from flows.console import DEFAULT_CONFIG, ConfigOption, fail, print_line, settings_from

SourceArgument = Annotated[
    str, typer.Argument(metavar="TABLE|QUERY|SQL", help="A table, a shipped query, or one statement of SQL.")
]
TargetOption = Annotated[Path, typer.Option("--out", "-o", help="The file to write, or a folder with --partition-by.")]
FormatOption = Annotated[str, typer.Option("--format", "-f", help="parquet, csv, jsonl, or plover for claims.")]
PartitionOption = Annotated[list[str] | None, typer.Option("--partition-by", help="Columns to make folders of.")]
BomOption = Annotated[bool, typer.Option("--bom", help="Mark a CSV as UTF-8, as spreadsheets want it.")]


def export(
    source: SourceArgument,
    out: TargetOption,
    file_format: FormatOption = "parquet",
    param: ParamOption = None,
    partition_by: PartitionOption = None,
    bom: BomOption = False,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Write a table or the answer to a query to a file, however large."""
    from tasks.domain.claims.codes import cameo
    from warehouse.errors import WarehouseError
    from warehouse.export import export as export_table
    from warehouse.plover import write_plover

    snapshot = settings_from(config).shown
    try:
        if file_format == "plover":
            rows = write_plover(snapshot, out, cameo)
        else:
            rows = export_table(
                snapshot,
                source,
                out,
                file_format,  # type: ignore[arg-type]  # checked there, with the list of formats
                params=params_of(param or []),
                partition_by=partition_by or (),
                with_bom=bom,
            ).rows
    except WarehouseError as error:
        fail(str(error))
    print_line(f"{out}: {rows} rows")


def schema() -> None:
    """Print every table, view and column of the warehouse with its meaning, as Markdown."""
    from warehouse.schema import document

    print_line(document())

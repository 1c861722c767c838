"""`marsad query`: ask the published snapshot."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.asking import as_objects, ask
from flows.console import (
    DEFAULT_CONFIG,
    ConfigOption,
    Exit,
    JsonOption,
    fail,
    print_json_line,
    print_record,
    print_table,
    settings_from,
)

_WIDE = 6

NameArgument = Annotated[str | None, typer.Argument(help="A shipped query; without one they are listed.")]
SqlOption = Annotated[str | None, typer.Option("--sql", help="Your own SQL; the snapshot cannot be changed by it.")]
ParamOption = Annotated[list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter.")]
SecondsOption = Annotated[float, typer.Option("--timeout", help="Stop after so many seconds.")]


def query(
    name: NameArgument = None,
    sql: SqlOption = None,
    param: ParamOption = None,
    timeout: SecondsOption = 60.0,
    as_json: JsonOption = False,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Run a shipped query, or your own SQL, on the published snapshot."""
    settings = settings_from(config)
    if name is not None and sql is not None:
        fail("give the name of a query or --sql, not both", Exit.USAGE)
    asked = name or sql
    if asked is None:
        _list(as_json)
        return
    table = ask(settings, asked, params_of(param or []), timeout_s=timeout)
    title = name or "result"
    if as_json:
        print_json_line({"query": title, "columns": list(table.columns), "rows": as_objects(table)})
    elif len(table.rows) == 1 and len(table.columns) > _WIDE:
        print_record(title, table.columns, table.rows[0])
    else:
        print_table(title, table.columns, table.rows)


def _list(as_json: bool) -> None:
    from warehouse.read import list_queries

    queries = list_queries()
    if as_json:
        print_json_line({"queries": [{"name": query.name, "title": query.title} for query in queries]})
        return
    rows = [(query.name, query.title, ", ".join(one.name for one in query.parameters)) for query in queries]
    print_table("Shipped queries", ("name", "answers", "parameters"), rows)


def params_of(given: list[str]) -> dict[str, str]:
    """The parameters of a query as NAME=VALUE words."""
    params = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            fail(f"--param {text}: write it as NAME=VALUE", Exit.USAGE)
        params[name] = value
    return params

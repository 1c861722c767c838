"""`marsad run`: the whole road once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.console import (
    DEFAULT_CONFIG,
    ConfigOption,
    Exit,
    JsonOption,
    err,
    fail,
    print_json_line,
    print_line,
    print_table,
    settings_from,
)

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

    from tasks.runs import Summary

Result = tuple[str, Any]

# Counts that mean that something came in.
_NEWS = ("new entries", "new articles", "new versions", "articles analysed", "articles analysed again")

NowOption = Annotated[bool, typer.Option("--now", help="Poll every feed, not only those that are due.")]


def run(now: NowOption = False, as_json: JsonOption = False, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Poll feeds, fetch and analyse what is new, and publish the snapshot, through Prefect."""
    from tasks.prefect_env import prepare_prefect

    api = prepare_prefect(settings_from(config))
    err.print(f"Runs are recorded by the server at {api}" if api else "Runs are recorded by a temporary server")
    run_steps(_steps(config, now), as_json)


def run_steps(steps: Mapping[str, Callable[[], State]], as_json: bool) -> None:
    """Run flows one after the other, up to the first that breaks; print what each did and leave."""
    results: list[Result] = []
    for name, step in steps.items():
        results.append((name, step().result(raise_on_failure=False)))
        if isinstance(results[-1][1], Exception):
            break
    _leave(results, as_json)


def _steps(config: Path, now: bool) -> dict[str, Callable[[], State]]:
    from flows.analyze import analyze
    from flows.ingest import ingest
    from flows.publish import publish

    path = str(config.absolute())
    return {
        "ingest": lambda: ingest(path, everything=now, return_state=True),
        "analyze": lambda: analyze(path, return_state=True),
        "publish": lambda: publish(path, return_state=True),
    }


def _leave(results: list[Result], as_json: bool) -> None:
    """Print what each flow did, and leave with the worst of their exit codes."""
    from tasks.runs import Summary
    from warehouse.snapshot import Published

    summaries = [found for _, found in results if isinstance(found, Summary)]
    published = next((found for _, found in results if isinstance(found, Published)), None)
    if as_json:
        snapshot = {"path": str(published.path), "bytes": published.size} if published else None
        print_json_line({"flows": [asdict(summary) for summary in summaries], "snapshot": snapshot})
    else:
        for summary in summaries:
            _print(summary)
        if published:
            print_line(f"Published {published.path}, {published.size / 1e6:.1f} MB: open it with DuckDB at any moment.")
    _exit(results, {summary.outcome for summary in summaries})


def _print(summary: Summary) -> None:
    rows = [*summary.counts.items(), *((f"rejected: {why}", count) for why, count in summary.rejected.items())]
    if any(count for _, count in rows):
        print_table(f"{summary.flow}, {summary.seconds:.1f} s", ("what", "number"), rows)
    for feed, outcome in sorted(summary.failing.items()):
        err.print(f"failing feed: {feed}: {outcome}", markup=False, soft_wrap=True)
    if not any(summary.counts.get(what) for what in _NEWS):
        print_line(f"{summary.flow}: nothing new, nothing loaded twice.")


def _exit(results: list[Result], outcomes: set[str]) -> None:
    for flow, found in results:
        leave_where_broken(flow, found)
    if "failed" in outcomes:
        raise typer.Exit(Exit.FAILED)
    if "partly" in outcomes:
        raise typer.Exit(Exit.PARTLY)


def leave_where_broken(flow: str, found: Any) -> None:
    """Leave with the exit code of the error that ended a flow, where one did."""
    from tasks.configure import ConfigurationError
    from warehouse.errors import WarehouseBusy

    codes = {WarehouseBusy: Exit.BUSY, ConfigurationError: Exit.CONFIGURATION}
    if isinstance(found, Exception):
        fail(f"{flow}: {found}", codes.get(type(found), Exit.FAILED))

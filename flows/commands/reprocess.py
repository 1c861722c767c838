"""`marsad reprocess`: the archive under the extractor or engine of today; `marsad diff-versions`: what differs."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from flows.commands.query import query
from flows.commands.run import run_steps
from flows.console import DEFAULT_CONFIG, ConfigOption, Exit, JsonOption, fail, settings_from

ExtractOption = Annotated[bool, typer.Option("--extract", help="Extract every archived page again.")]
AnalysisOption = Annotated[bool, typer.Option("--analysis", help="Read every article with the engine of today.")]
SinceOption = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Pages fetched from that day on.")]
VersionArgument = Annotated[str | None, typer.Argument(help="An engine version; without them they are listed.")]

_ENGINES = "SELECT engine_version, is_active, first_used_at, activated_at, retired_at FROM core_engines ORDER BY ALL"


def reprocess(
    extract: ExtractOption = False,
    analysis: AnalysisOption = False,
    since: SinceOption = None,
    as_json: JsonOption = False,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Extract or analyse everything again and publish; old versions stay. Safe to stop and to repeat."""
    if not (extract or analysis):
        fail("give --extract, --analysis or both", Exit.USAGE)
    if since and not extract:
        fail("--since goes with --extract", Exit.USAGE)
    first = _day(since) if since else None
    from tasks.prefect_env import prepare_prefect

    prepare_prefect(settings_from(config))
    from flows.analyze import analyze
    from flows.publish import publish
    from flows.reprocess import reprocess as extract_again

    path = str(config.absolute())
    # New texts want an analysis too, and both want to be seen.
    steps = {
        "analyze": lambda: analyze(path, return_state=True),
        "publish": lambda: publish(path, return_state=True),
    }
    if extract:
        steps = {"reprocess": lambda: extract_again(path, first, return_state=True), **steps}
    run_steps(steps, as_json)


def diff_versions(
    a: VersionArgument = None,
    b: VersionArgument = None,
    as_json: JsonOption = False,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Compare what two engine versions found in the same texts, claim by claim."""
    if a is None or b is None:
        query(sql=_ENGINES, as_json=as_json, config=config)
    else:
        query("diff_engines", param=[f"a={a}", f"b={b}"], as_json=as_json, config=config)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"--since {text}: write it as 2026-01-31", Exit.USAGE)

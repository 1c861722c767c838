"""What a run leaves in the Prefect UI: a summary artifact, and a state that means something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from prefect import get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from tasks.runs import Summary
from warehouse.snapshot import Published


@contextmanager
def left_behind(key: str) -> Iterator[None]:
    """For leaving an artifact: that Prefect's server is away is no reason to fail work which is done."""
    try:
        yield
    except httpx.HTTPError as error:
        get_run_logger().warning("the artifact %s was not left, for the server is away: %s", key, error)


def report_run(summary: Summary) -> None:
    """Leave the summary of a run as an artifact, under one key per flow so that the UI shows its history."""
    key, told = f"{summary.flow}-summary", f"What {summary.flow} did in run {summary.run_id}"
    with left_behind(key):
        create_markdown_artifact(markdown(summary), key=key, description=told)


def report_publication(published: Published | None) -> None:
    """Leave where the snapshot is and how much is in it."""
    if published is not None:
        with left_behind("publish-summary"):
            create_markdown_artifact(
                _publication(published), key="publish-summary", description="The published snapshot"
            )


def final_state(summary: Summary) -> State:
    """Completed; Completed with the name Partly where some feeds failed; Failed where none answered."""
    message = ", ".join(f"{count} {what}" for what, count in summary.counts.items()) or "nothing to do"
    if summary.outcome == "failed":
        return Failed(message=f"no feed could be polled: {message}", data=summary)
    if summary.outcome == "partly":
        return Completed(name="Partly", message=f"{len(summary.failing)} feeds failed; {message}", data=summary)
    return Completed(message=message, data=summary)


def published_state(published: Published | None) -> State:
    """Completed, or Completed with the name Skipped where the last snapshot is young enough."""
    if published is None:
        return Completed(name="Skipped", message="the last snapshot is recent enough", data=None)
    return Completed(message=f"published {published.path}", data=published)


def skipped_state() -> State:
    """Completed with the name Skipped: a run of the same flow waits already, and will take everything."""
    return Completed(
        name="Skipped", message="a run of this flow waits already, and takes what this one would", data=None
    )


def markdown(summary: Summary) -> str:
    """The summary as the UI shows it."""
    lines = [f"# {summary.flow}: {summary.outcome}", f"Run `{summary.run_id}`, {summary.seconds:.1f} s", ""]
    lines += _table("What", summary.counts)
    if summary.rejected:
        lines += ["## Rejected", "", *_table("Reason", summary.rejected)]
    if summary.failing:
        lines += ["## Feeds that failed", "", "| Feed | Outcome |", "| --- | --- |"]
        lines += [f"| {feed} | {outcome} |" for feed, outcome in sorted(summary.failing.items())]
        lines.append("")
    if summary.slowest:
        lines += ["## Slowest feeds", "", "| Feed | Seconds |", "| --- | ---: |"]
        lines += [f"| {feed} | {seconds:.1f} |" for feed, seconds in summary.slowest.items()]
    return "\n".join(lines)


def _table(head: str, counts: dict[str, int]) -> list[str]:
    rows = [f"| {what} | {count} |" for what, count in counts.items()]
    return [f"| {head} | Number |", "| --- | ---: |", *rows, ""]


def _publication(published: Published) -> str:
    return (
        f"# publish: done\n\n`{published.path}`, {published.size / 1e6:.1f} MB, at {published.published_at:%F %T} UTC"
    )

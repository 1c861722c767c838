"""How runs are called in Prefect's interface."""

from __future__ import annotations

from pathlib import Path

from prefect.runtime import flow_run

from tasks.configure import ConfigurationError, read_settings


def run_name() -> str:
    """`ingest 30 feeds 14:05`; a configuration that cannot be read is the flow's to report, not its name's."""
    started = flow_run.scheduled_start_time or flow_run.start_time
    clock = f"{started:%H:%M}" if started else ""
    return " ".join(part for part in (str(flow_run.flow_name), _subject(dict(flow_run.parameters)), clock) if part)


def _subject(parameters: dict[str, object]) -> str:
    if address := parameters.get("address"):
        return str(address)
    if flow_run.flow_name != "ingest":
        return ""
    try:
        count = len(read_settings(Path(str(parameters.get("config", "pipeline.toml")))).feeds)
    except ConfigurationError:
        return ""
    return f"{'all ' if parameters.get('everything') else ''}{count} feeds"

"""`marsad maintain`: the warehouse kept small and quick."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flows.console import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json_line, print_line, settings_from


def maintain(as_json: JsonOption = False, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Join small files and forget old states of a lake, fold the logs of native files. Safe at any moment."""
    from tasks.prefect_env import prepare_prefect

    prepare_prefect(settings_from(config))
    from flows.commands.run import leave_where_broken
    from flows.maintain import maintain as maintain_flow
    from tasks.maintain import summary

    found: Any = maintain_flow(str(config.absolute()), return_state=True).result(raise_on_failure=False)
    leave_where_broken("maintain", found)
    if as_json:
        print_json_line({"maintained": found and {**asdict(found), "place": str(found.place)}})
    else:
        print_line(summary(found) if found else "Another run is at it.")

"""`marsad ingest URL`: one feed or page at once."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.commands.run import run_steps
from flows.console import DEFAULT_CONFIG, ConfigOption, Exit, JsonOption, fail, settings_from

AddressArgument = Annotated[str, typer.Argument(metavar="URL", help="The address of a feed or of an article.")]


def ingest(address: AddressArgument, as_json: JsonOption = False, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Take in one feed or article now, analyse it and publish; it need not be configured."""
    if not address.startswith(("http://", "https://")):
        fail(f"{address}: not an http(s) address", Exit.USAGE)
    from tasks.prefect_env import prepare_prefect

    prepare_prefect(settings_from(config))
    from flows.analyze import analyze
    from flows.ingest_address import ingest_address
    from flows.publish import publish

    path = str(config.absolute())
    run_steps(
        {
            "ingest": lambda: ingest_address(address, path, return_state=True),
            "analyze": lambda: analyze(path, return_state=True),
            "publish": lambda: publish(path, return_state=True),
        },
        as_json,
    )

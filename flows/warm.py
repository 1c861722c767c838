"""`python -m flows.warm pipeline.toml`: a process that has everything loaded and forks itself for each flow run.

What a new process would import and load takes some seconds of processor time; forked, it is there already. After a
change of lexicons, models or code, `marsad up` is started anew.
"""

from __future__ import annotations

import gc
import runpy
import sys
from pathlib import Path

from tasks.configure import ConfigurationError, read_settings
from tasks.prefect_env import prepare_prefect
from tasks.settings import Settings


def socket_of(settings: Settings) -> Path:
    return settings.paths.prefect_home / "warm.sock"


def main(config: Path) -> None:
    """Load, then fork for each request; returns in the new processes."""
    from tasks.zygote import Zygote

    settings = read_settings(config)
    prepare_prefect(settings)
    load(settings)
    gc.freeze()  # or the first collection of a child would copy every page it shares
    Zygote(socket_of(settings)).serve()


def load(settings: Settings) -> None:
    """Everything slow that starts no thread, which no fork survives: DuckDB and Arrow start theirs on import."""
    import prefect.flow_engine
    import prefect.task_engine  # noqa: F401

    import tasks.pages
    import tasks.poll  # noqa: F401
    from tasks.engine import engine_of

    try:
        engine_of(settings)
    except ConfigurationError as error:
        print(error, file=sys.stderr)  # the flow that needs the engine fails with the same words, where people look


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    sys.argv = ["prefect.engine"]
    runpy.run_module("prefect.engine", run_name="__main__", alter_sys=True)

"""`marsad websub`: let hubs push what is new."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from flows.console import DEFAULT_CONFIG, ConfigOption, Exit, err, fail, settings_from

# Done, or partly: feeds that fail are in the summary of the run.
_FINE = (Exit.DONE, Exit.PARTLY)


def websub(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Serve the callback of [websub], subscribe at the hubs that feeds name, and run the road when they deliver."""
    settings = settings_from(config)
    if not settings.websub.callback:
        fail(
            f"{config}: websub.callback: is empty; give the address under which hubs reach this machine",
            Exit.CONFIGURATION,
        )
    from tasks.websub_server import CallbackServer, listening

    try:
        listener = listening(settings.websub.listen)
    except OSError as error:
        fail(f"{config}: websub.listen: cannot listen on {settings.websub.listen}: {error.strerror or error}")
    host, port = listener.getsockname()[:2]
    err.print(f"Listening at http://{host}:{port}, which hubs reach as {settings.websub.callback}", soft_wrap=True)

    async def wake() -> None:
        await _run_once(config)

    CallbackServer(settings, wake).serve(listener)


async def _run_once(config: Path) -> None:
    """`marsad run` in a process of its own: it takes what waits, and a run that breaks leaves the callback standing."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "flows.cli", "run", "--config", str(config.absolute()), stdout=asyncio.subprocess.DEVNULL
    )
    try:
        code = await process.wait()
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise
    if code not in _FINE:
        err.print(f"marsad run ended with exit code {code}: what was delivered waits for the next run", soft_wrap=True)

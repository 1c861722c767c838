"""What `marsad up` keeps running on this machine, in the order in which it is started."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

from flows.deployments import NAME
from tasks.prefect_env import answers, api_of, environment_of, interface_of, is_served
from tasks.processes import Command
from tasks.settings import Settings
from tasks.supervise import Service


def services_of(settings: Settings, config: Path) -> list[Service]:
    """The server, unless one answers already or another machine has it, and the runner of flows."""
    api = api_of(settings.prefect)
    env = {**environment_of(settings), **os.environ, "PREFECT_API_URL": api, "PYTHONUNBUFFERED": "1"}
    has_own = not settings.prefect.server.startswith("http") and not answers(api)
    return [*([_server(settings, env)] if has_own else []), _runner(config, env, api)]


def _server(settings: Settings, env: dict[str, str]) -> Service:
    prefect = settings.prefect
    place = ("--host", prefect.host, "--port", str(prefect.port))
    words = (sys.executable, "-m", "prefect", "server", "start", *place)
    is_ready = partial(answers, api_of(prefect))
    # Its own clients must not be told the address before it listens there.
    own = {name: value for name, value in env.items() if name != "PREFECT_API_URL"}
    return Service(Command("server", words, own), is_ready, interface_of(prefect))


def _runner(config: Path, env: dict[str, str], api: str) -> Service:
    words = (sys.executable, "-m", "flows.serve", str(config.absolute()))
    return Service(Command("runner", words, env), partial(is_served, api, f"ingest/{NAME}"), grace_s=45.0)

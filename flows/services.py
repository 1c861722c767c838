"""What `marsad up` keeps running on this machine, in the order in which it is started."""

from __future__ import annotations

import os
import socket
import sys
from functools import partial
from pathlib import Path

from flows.deployments import POOL
from flows.warm import socket_of
from tasks.prefect_env import answers, api_of, environment_of, interface_of, is_served
from tasks.processes import Command
from tasks.settings import Settings
from tasks.supervise import Service
from tasks.zygote import is_usable


def services_of(settings: Settings, config: Path) -> list[Service]:
    """The server, unless one answers already or another machine has it; what runs flows; what hubs call."""
    api = api_of(settings.prefect)
    env = {**environment_of(settings), **os.environ, "PREFECT_API_URL": api, "PYTHONUNBUFFERED": "1"}
    has_own = not settings.prefect.server.startswith("http") and not answers(api)
    return [
        *([_server(settings, env)] if has_own else []),
        *([_warm(config, env)] if is_usable(socket_of(settings)) else []),
        _deploy(config, env),
        _worker(settings, env, api),
        *([_websub(settings, config, env)] if settings.websub.callback else []),
    ]


def _server(settings: Settings, env: dict[str, str]) -> Service:
    prefect = settings.prefect
    place = ("--host", prefect.host, "--port", str(prefect.port))
    words = (sys.executable, "-m", "prefect", "server", "start", *place)
    is_ready = partial(answers, api_of(prefect))
    # Its own clients must not be told the address before it listens there.
    own = {name: value for name, value in env.items() if name != "PREFECT_API_URL"}
    return Service(Command("server", words, own), is_ready, interface_of(prefect))


def _warm(config: Path, env: dict[str, str]) -> Service:
    """Not waited for: what it would do quickly is done slowly until it is there."""
    # Threads of a numerical library do not survive a fork.
    alone = {**env, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return Service(Command("warm", (sys.executable, "-m", "flows.warm", str(config.absolute())), alone))


def _deploy(config: Path, env: dict[str, str]) -> Service:
    return Service(Command("deploy", (sys.executable, "-m", "flows.deploy", str(config.absolute())), env), once=True)


def _worker(settings: Settings, env: dict[str, str], api: str) -> Service:
    limit = ("--limit", str(settings.prefect.runs_at_once))
    pool = ("--pool", POOL, "--type", "process", "--name", f"marsad on {socket.gethostname()}")
    words = (sys.executable, "-m", "prefect", "worker", "start", *pool, *limit)
    return Service(Command("worker", words, env), partial(is_served, api, POOL), grace_s=45.0)


def _websub(settings: Settings, config: Path, env: dict[str, str]) -> Service:
    words = (sys.executable, "-m", "flows.cli", "websub", "--config", str(config.absolute()))
    return Service(Command("websub", words, env), address=settings.websub.callback)

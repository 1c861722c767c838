"""`marsad up`: everything one machine needs, started and kept running; `marsad down` and `marsad status`."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    from tasks.settings import Settings
    from tasks.supervise import Service

_STOP_S = 90.0


def up(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Start Prefect's server and interface and everything that runs by schedule or event; Ctrl-C stops it all."""
    from tasks.presence import AlreadyUp, Presence

    settings = settings_from(config)
    if settings.prefect.server == "none":
        fail(
            '[prefect] server = "none": marsad up needs a server; set "auto", or the address of one', Exit.CONFIGURATION
        )
    try:
        with Presence(settings.paths.prefect_home) as presence:
            _keep_up(settings, config, presence)
    except AlreadyUp as error:
        fail(f"{error}; marsad status shows it, marsad down stops it", Exit.BUSY)


def _keep_up(settings: Settings, config: Path, presence: Any) -> None:
    from flows.deployments import NAME
    from flows.services import services_of
    from tasks.prefect_env import api_of, run_now
    from tasks.supervise import ServiceError, Supervisor

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: stop.set())
    services = services_of(settings, config)
    supervisor = Supervisor(services, settings.paths.prefect_home / "logs", presence.tell)
    try:
        err.print("Starting: some seconds, the first time some more", markup=False)
        supervisor.start(stop)
        run_now(api_of(settings.prefect), f"ingest/{NAME}")  # its schedule begins with a pause
        _say(services)
        supervisor.tend(stop)
    except ServiceError as error:
        fail(str(error))
    finally:
        err.print("Stopping", markup=False)
        supervisor.stop()


def _say(services: list[Service]) -> None:
    for service in services:
        if service.address:
            print_line(f"{service.command.name}: {service.address}")
    print_line("Ctrl-C stops everything.")


def down(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Stop what `marsad up` started, and wait until it has ended."""
    from tasks.presence import Presence
    from tasks.processes import wait_until_gone

    pid = Presence(settings_from(config).paths.prefect_home).holder()
    if pid is None:
        print_line("Nothing is up.")
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    if not wait_until_gone(pid, _STOP_S):
        fail(f"process {pid} was asked to stop {_STOP_S:g} s ago and still runs")
    print_line("Stopped.")


def status(as_json: JsonOption = False, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Say what is up, what waits to be done, and how the last runs ended."""
    from flows.standing import read_standing

    standing = read_standing(settings_from(config))
    if as_json:
        print_json_line(asdict(standing))
    else:
        rows = [
            (one["name"], one["state"], one["pid"], one["since"], one["restarts"], one["address"])
            for one in standing.services
        ]
        print_table("Services", ("service", "state", "pid", "since", "restarts", "address"), rows)
        print_table(
            "Last runs",
            ("flow", "state", "started", "seconds", "counts"),
            [tuple(run.values()) for run in standing.runs],
        )
        print_table("Waiting", ("what", "number"), standing.waiting.items())
    if standing.state == "down":
        fail("not up; start it with marsad up")
    if standing.state == "partly":
        raise typer.Exit(Exit.PARTLY)

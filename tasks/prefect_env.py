"""Prefect as this project wants it, set before Prefect is first imported.

`prefect.toml` says the same for `prefect` commands typed in the project's directory; this covers every other place.
A value that the user has set wins.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request

from tasks.settings import PrefectSettings, Settings

_HEALTH_SECONDS = 2.0
_WRITE_SECONDS = 30.0

# Nothing leaves the machine: no heartbeat, no SDK events, and not the V2 interface, which calls a tracker.
_DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # The interface asks where its page came from, whatever port, tunnel or proxy that was.
    "PREFECT_SERVER_UI_API_URL": "/api",
    # The first temporary server builds its database: on a busy machine the 20 s that Prefect allows are not enough.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",
}


def prepare_prefect(settings: Settings) -> str | None:
    """Set Prefect's environment. Returns the API address that runs will report to, None for a run of its own."""
    for name, value in environment_of(settings).items():
        os.environ.setdefault(name, value)
    # Prefect makes its home directory, but not what that stands in.
    settings.paths.prefect_home.mkdir(parents=True, exist_ok=True)
    if "PREFECT_API_URL" not in os.environ and (api := _chosen_api(settings.prefect)):
        os.environ["PREFECT_API_URL"] = api
    return os.environ.get("PREFECT_API_URL")


def environment_of(settings: Settings) -> dict[str, str]:
    """The variables that everything of Prefect is started with, whoever starts it."""
    return {
        **_DEFAULTS,
        "PREFECT_HOME": str(settings.paths.prefect_home.resolve()),
        "PREFECT_WORKER_QUERY_SECONDS": str(settings.prefect.poll_seconds),
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(settings.prefect.heartbeat_seconds),
    }


def interface_of(prefect: PrefectSettings) -> str:
    """Where people look."""
    host = "127.0.0.1" if prefect.host == "0.0.0.0" else prefect.host
    return f"http://{host}:{prefect.port}"


def api_of(prefect: PrefectSettings) -> str:
    """The API of the server that these settings mean, whether or not one runs there."""
    return prefect.server if prefect.server.startswith("http") else f"{interface_of(prefect)}/api"


def _chosen_api(prefect: PrefectSettings) -> str | None:
    if prefect.server == "none":
        return None
    if prefect.server != "auto":
        return prefect.server
    return api_of(prefect) if answers(api_of(prefect)) else None


def answers(api: str) -> bool:
    """Whether a healthy server is there."""
    return _ask(f"{api}/health") is not None


def is_served(api: str, pool: str) -> bool:
    """Whether a worker asks for the runs of the work pool, now or a minute ago."""
    found = _ask(f"{api}/work_pools/{pool}")
    return found is not None and bool(json.loads(found).get("status") == "READY")


def run_now(api: str, deployment: str) -> bool:
    """Ask for a run of `flow/deployment` at once; False where the server did not take it."""
    found = _ask(f"{api}/deployments/name/{deployment}", patience_s=_WRITE_SECONDS)
    if found is None:
        return False
    path = f"/deployments/{json.loads(found)['id']}/create_flow_run"
    return _ask(f"{api}{path}", {}, patience_s=_WRITE_SECONDS) is not None


def _ask(url: str, body: object | None = None, patience_s: float = _HEALTH_SECONDS) -> bytes | None:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=patience_s) as reply:
            answer: bytes = reply.read()
            return answer
    except (urllib.error.URLError, TimeoutError, OSError):
        return None

"""Prefect as this project wants it, set before Prefect is first imported.

`prefect.toml` says the same for `prefect` commands typed in the project's directory; this covers every other place.
A value that the user has set wins.
"""

from __future__ import annotations

import os
import urllib.error
import urllib.request

from tasks.settings import Settings

LOCAL_API = "http://127.0.0.1:4200/api"
_HEALTH_SECONDS = 1.0

# Nothing leaves the machine: no heartbeat, no SDK events, and not the V2 interface, which calls a tracker.
_DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # The first temporary server builds its database: on a busy machine the 20 s that Prefect allows are not enough.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",
}


def prepare_prefect(settings: Settings) -> str | None:
    """Set Prefect's environment. Returns the API address that runs will report to, None for a run of its own."""
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    # Prefect makes its home directory, but not what that stands in.
    settings.paths.prefect_home.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PREFECT_HOME", str(settings.paths.prefect_home.resolve()))
    if "PREFECT_API_URL" not in os.environ and (api := _chosen_api(settings.prefect.server)):
        os.environ["PREFECT_API_URL"] = api
    return os.environ.get("PREFECT_API_URL")


def _chosen_api(server: str) -> str | None:
    if server == "none":
        return None
    if server != "auto":
        return server
    return LOCAL_API if _answers(LOCAL_API) else None


def _answers(api: str) -> bool:
    try:
        with urllib.request.urlopen(f"{api}/health", timeout=_HEALTH_SECONDS) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, TimeoutError, OSError):
        return False

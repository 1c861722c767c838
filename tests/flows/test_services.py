"""What `marsad up` starts, and with which environment."""

from __future__ import annotations

from pathlib import Path

from flows.services import services_of
from tasks.settings import PrefectSettings, Settings
from tests.e2e.town import free_port


def test_the_interface_asks_the_server_its_page_came_from() -> None:
    settings = Settings(prefect=PrefectSettings(port=free_port()))
    (server,) = (one.command for one in services_of(settings, Path("pipeline.toml")) if one.command.name == "server")
    assert server.env["PREFECT_SERVER_UI_API_URL"] == "/api"
    assert "PREFECT_API_URL" not in server.env

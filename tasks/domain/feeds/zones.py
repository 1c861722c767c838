"""The clock of an outlet, for the dates that it writes without saying by which clock."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel.core import get_global


@cache
def zone_of(country: str | None) -> ZoneInfo | None:
    """The zone of a country (ISO 3166-1 alpha-3), its capital's where it has several; None where it is not known."""
    aliases = get_global("territory_aliases")
    code = (aliases.get(country or "") or [""])[0]
    zones = get_global("territory_zones").get(code) or []
    name = _capitals().get(code) or (zones[0] if zones else None)
    return ZoneInfo(name) if name else None


@cache
def _capitals() -> dict[str, str]:
    raw = tomllib.loads(files("tasks.domain.data").joinpath("feeds/zones.toml").read_text("utf-8"))
    return {str(code): str(zone) for code, zone in raw["capitals"].items()}

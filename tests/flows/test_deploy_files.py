"""The shipped configurations name what there is."""

from __future__ import annotations

import configparser
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy").glob("*.service"))
# Read by the redis integration, and by nobody in Prefect itself.
_ELSEWHERE = {
    "DO_NOT_TRACK",
    "PREFECT_REDIS_MESSAGING_HOST",
    "PREFECT_REDIS_MESSAGING_PORT",
    "PREFECT_REDIS_MESSAGING_DB",
}


def variables(name: str) -> dict[str, str]:
    lines = (ROOT / "deploy" / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.mark.parametrize("name", ["postgresql.env", "redis.env"])
def test_prefect_knows_every_variable(name: str) -> None:
    code = (
        "from prefect.settings import get_current_settings; import sys;"
        "print(*get_current_settings().to_environment_variables(exclude_unset=True, include_aliases=True))"
    )
    given = variables(name)
    env = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")} | given
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert set(given) - _ELSEWHERE <= set(done.stdout.split())


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_start_what_is_there(unit: Path) -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.read(unit, encoding="utf-8")
    command = parser["Service"]["ExecStart"].split()
    program, words = Path(command[0]).name, command[1:]
    assert program in ("marsad", "prefect")
    subcommand = [word for word in words[:2] if not word.startswith("-")]
    help_of = [str(Path(sys.executable).with_name(program)), *subcommand, "--help"]
    shown = subprocess.run(help_of, capture_output=True, text=True, check=True).stdout
    assert all(word in shown for word in words if word.startswith("--"))

"""The house rules that a reader relies on: rooms, arrows, sizes, quick start, documents that do not lag."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("flows", "tasks", "warehouse", "examples", "training", "benchmarks", "evaluation")
MAX_LINES = 330
HEAVY = {"prefect", "duckdb", "torch", "trafilatura", "feedparser", "camel_tools", "pyarrow", "numpy", "pandas"}


def sources(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from sorted((ROOT / room).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", list(sources("tasks/domain")), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_domain_imports_nothing_that_acts(path: Path) -> None:
    """Pure: of this project only itself and the records; no flow engine, no database, no network, no clock."""
    banned = {"prefect", "duckdb", "httpx", "requests", "socket", "urllib.request", "logging", "subprocess", "asyncio"}
    for name in imports(path):
        top = name.split(".")[0]
        assert name not in banned and top not in banned, f"{path}: imports {name}"
        assert top not in {"flows", "examples", "tests"}, f"{path}: imports {name}"
        assert top != "warehouse" or name == "warehouse.records", f"{path}: imports {name}"
        assert top != "tasks" or name.startswith("tasks.domain"), f"{path}: imports {name}"


def test_records_need_the_standard_library_alone() -> None:
    for path in sources("warehouse/records"):
        for name in imports(path):
            assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("warehouse.records."), name


def test_the_arrows_between_rooms() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", list(sources(*ROOMS)), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_grows_two_duties(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


def test_help_starts_without_the_heavy_libraries() -> None:
    code = "import sys, flows.cli; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not HEAVY & set(loaded.stdout.split())


def test_every_setting_is_in_the_shipped_configuration() -> None:
    from tasks.settings import FeedSettings, Settings

    shipped = tomllib.loads((ROOT / "pipeline.toml").read_text(encoding="utf-8"))
    for section, field in Settings.model_fields.items():
        if section == "feeds":
            assert set(FeedSettings.model_fields) == set(shipped["feeds"][0])
            continue
        model = field.annotation
        assert model is not None
        missing = set(model.model_fields) - set(shipped[section])
        assert missing <= {"connect_to"}, f"[{section}] lacks {missing}"


def test_every_command_is_in_the_readme() -> None:
    from flows.cli import app

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert f"marsad {command.name}" in readme, f"README.md does not mention marsad {command.name}"
    for group in app.registered_groups:
        assert f"marsad {group.name}" in readme, f"README.md does not mention marsad {group.name}"

"""Read `pipeline.toml` once, and report every mistake in it at the same time.

Precedence: environment (`MARSAD_SECTION__KEY`) over file over default. Paths in the file are relative to the file's
own directory, so that a command means the same wherever it is typed.
"""

from __future__ import annotations

import difflib
import os
import ssl
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsError as SourceError

from tasks.diagnose import KeyPath, dotted, key_lines, line_of
from tasks.lake_settings import lake_problems, with_absolute_lake
from tasks.settings import ENV_PREFIX, Settings


class ConfigurationError(Exception):
    """The configuration cannot be used. `problems` are whole lines: `file:line: key: what is wrong`."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_settings(path: Path) -> Settings:
    """Read and check `path`. Raises ConfigurationError with every problem found, each with its file and line."""
    text = _read_text(path)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError([_syntax_problem(path, error)]) from None
    lines = key_lines(text)
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise ConfigurationError([_problem(path, lines, one) for one in error.errors()]) from None
    except SourceError as error:  # a variable that is no JSON where a list or a table is wanted
        raise ConfigurationError([f"environment: {error}"]) from None
    settings = _with_absolute_paths(settings, path.resolve().parent)
    checks = (_repeated_feeds, _crossed_bounds, _unreadable_authorities, _unusable_lake)
    if problems := [problem for check in checks for problem in check(path, lines, settings)]:
        raise ConfigurationError(problems)
    return settings


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigurationError([f"{path}: no such file; name another with --config"]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError([f"{path}: cannot be read: {error}"]) from None


def _syntax_problem(path: Path, error: tomllib.TOMLDecodeError) -> str:
    message, _, place = str(error).partition(" (at ")
    line = "".join(filter(str.isdigit, place.partition(",")[0])) or "end"
    return f"{path}:{line}: not TOML: {message}"


def _problem(path: Path, lines: dict[KeyPath, int], error: ErrorDetails) -> str:
    key: KeyPath = tuple(error["loc"])
    place = _variable(key) or f"{path}:{line_of(lines, key)}"
    return f"{place}: {dotted(key)}: {_message(key, error)}"


def _message(key: KeyPath, error: ErrorDetails) -> str:
    if error["type"] == "extra_forbidden":
        return "unknown key" + _did_you_mean(key)
    if error["type"] == "missing":
        return "is missing"
    message = error["msg"].removeprefix("Value error, ")
    shown = repr(error["input"])
    return message if shown.strip("'") in message or len(shown) > 80 else f"{message}, got {shown}"


def _did_you_mean(key: KeyPath) -> str:
    model: Any = Settings
    for part in key[:-1]:
        if isinstance(part, str):
            model = model.model_fields[part].annotation
        if getattr(model, "__args__", None):
            model = model.__args__[0]
    known = list(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else []
    near = difflib.get_close_matches(str(key[-1]), known, n=1)
    return f"; did you mean {near[0]}?" if near else f"; known here: {', '.join(known)}"


def _variable(key: KeyPath) -> str | None:
    """The environment variable that set `key`, if one did."""
    for depth in range(len(key), 0, -1):
        name = ENV_PREFIX + "__".join(str(part) for part in key[:depth])
        if found := next((set_name for set_name in os.environ if set_name.upper() == name.upper()), None):
            return found
    return None


def _repeated_feeds(path: Path, lines: dict[KeyPath, int], settings: Settings) -> Iterator[str]:
    seen: dict[str, int] = {}
    for index, source in enumerate(settings.sources):
        first = seen.setdefault(source.feed_id, index)
        if first != index:
            place = f"{path}:{line_of(lines, ('feeds', index, 'url'))}"
            yield f"{place}: feeds[{index}].url: the same feed as feeds[{first}]; remove one of the two"


def _crossed_bounds(path: Path, lines: dict[KeyPath, int], settings: Settings) -> Iterator[str]:
    schedule = settings.schedule
    if schedule.min_interval_minutes > schedule.max_interval_minutes:
        place = f"{path}:{line_of(lines, ('schedule', 'min_interval_minutes'))}"
        yield f"{place}: schedule.min_interval_minutes: larger than schedule.max_interval_minutes"


def _unreadable_authorities(path: Path, lines: dict[KeyPath, int], settings: Settings) -> Iterator[str]:
    if file := settings.fetch.ca_file:
        try:
            ssl.create_default_context(cafile=file)
        except OSError as error:  # also what OpenSSL says of a file that holds no certificates
            place = _variable(("fetch", "ca_file")) or f"{path}:{line_of(lines, ('fetch', 'ca_file'))}"
            yield f"{place}: fetch.ca_file: {file} holds no certificates that can be read: {error}"


def _unusable_lake(path: Path, lines: dict[KeyPath, int], settings: Settings) -> Iterator[str]:
    if settings.lake:
        settings.warehouse._origin = f"{_place(path, lines, ('warehouse', 'catalog'))}: warehouse.catalog"
    for key, problem in lake_problems(settings):
        yield f"{_place(path, lines, ('warehouse', key))}: warehouse.{key}: {problem}"


def _place(path: Path, lines: dict[KeyPath, int], key: KeyPath) -> str:
    return _variable(key) or f"{path}:{line_of(lines, key)}"


def _with_absolute_paths(settings: Settings, base: Path) -> Settings:
    paths = {name: (base / value).resolve() for name, value in settings.paths}
    lexicons = tuple((base / file).resolve() for file in settings.analysis.lexicons)
    authorities = str((base / settings.fetch.ca_file).resolve()) if settings.fetch.ca_file else ""
    return settings.model_copy(
        update={
            "fetch": settings.fetch.model_copy(update={"ca_file": authorities}),
            "paths": settings.paths.model_copy(update=paths),
            "analysis": settings.analysis.model_copy(update={"lexicons": lexicons}),
            "warehouse": with_absolute_lake(settings.warehouse, base),
        }
    )

"""Whether the lake that is configured can be used, as far as this machine can tell without asking a server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tasks.settings import Settings, WarehouseSettings
from warehouse.place import Lake, is_remote

_SQLITE = b"SQLite format 3\0"


def with_absolute_lake(warehouse: WarehouseSettings, base: Path) -> WarehouseSettings:
    """Paths from `base`; addresses, and the keys of a lake that is not in use, as they are."""
    if warehouse.backend != "ducklake":
        return warehouse
    places = {"catalog": warehouse.catalog, "data_path": warehouse.data_path}
    return warehouse.model_copy(
        update={key: place if is_remote(place) else str((base / place).resolve()) for key, place in places.items()}
    )


def lake_problems(settings: Settings) -> Iterator[tuple[str, str]]:
    """The keys of [warehouse] that cannot be used, each with the reason and the cure."""
    if lake := settings.lake:
        checks = (("backend", _packages(lake)), ("catalog", _catalog(lake)), ("data_path", _data(lake)))
        yield from ((key, problem) for key, problem in checks if problem)


def _packages(lake: Lake) -> str | None:
    from warehouse.lake import missing_packages

    if missing := missing_packages(lake):
        return f'ducklake needs {", ".join(missing)}; install them with pip install "marsad[lake]", or use duckdb'
    return None


def _catalog(lake: Lake) -> str | None:
    if lake.is_shared:
        return None
    path = Path(lake.catalog)
    if path.is_file():
        with path.open("rb") as file:
            head = file.read(len(_SQLITE))
        return f"{path} is no SQLite file; name another" if head and head != _SQLITE else None
    return f"{path} is a folder; name a file" if path.is_dir() else _obstacle(path.parent)


def _data(lake: Lake) -> str | None:
    return None if is_remote(lake.data) else _obstacle(Path(lake.data))


def _obstacle(folder: Path) -> str | None:
    """Why `folder` cannot be made or written to."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if not there.is_dir():
        return f"{there} is no folder"
    return None if os.access(there, os.W_OK | os.X_OK) else f"{there} cannot be written to by this user"

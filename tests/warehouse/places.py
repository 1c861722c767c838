"""The backends that the tests of the warehouse run on, each with a PostgreSQL of our own where it needs one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import duckdb
import pytest

from warehouse.place import Lake, Place
from warehouse.snapshot import publish

POSTGRES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
_PACKAGE = "duckdb_extension_ducklake"
HAS_LAKE = find_spec(_PACKAGE) is not None and (files(_PACKAGE) / "extensions" / f"v{duckdb.__version__}").is_dir()
needs_lake = pytest.mark.skipif(
    not HAS_LAKE, reason=f"the extra [lake] has no binaries for duckdb {duckdb.__version__}"
)
needs_postgres = pytest.mark.skipif(POSTGRES is None, reason="needs Debian's package postgresql")

NATIVE = pytest.param("native")
SQLITE = pytest.param("sqlite", marks=[pytest.mark.slow, needs_lake])
# What is true of a server only is tried in test_lake; the rest differs little from SQLite and takes minutes.
SERVER = pytest.param("postgres", marks=[pytest.mark.long, needs_lake, needs_postgres])
BACKENDS = [NATIVE, SQLITE, SERVER]


@dataclass(frozen=True)
class Server:
    """A PostgreSQL that listens on a socket in `folder` only."""

    folder: Path
    numbers: Iterator[int]

    def database(self, template: str | None = None) -> str:
        """The address of a new database, a copy of the one at the address `template`."""
        name = f"db{next(self.numbers)}"
        source = ["-T", template.split("?")[0].rsplit("/", 1)[1]] if template else []
        run("createdb", "-h", str(self.folder), "-U", "marsad", *source, name)
        return f"postgresql://marsad@/{name}?host={self.folder}"


@contextmanager
def serve() -> Iterator[Server]:
    """PostgreSQL does not run as root, so it is somebody else's where we are."""
    with tempfile.TemporaryDirectory(prefix="marsad-postgres-") as name:
        folder = Path(name)
        if os.getuid() == 0:
            shutil.chown(folder, "nobody")
        run("initdb", "-D", f"{folder}/db", "-A", "trust", "-U", "marsad", "--no-sync")
        run("pg_ctl", "-D", f"{folder}/db", "-o", f"-F -k {folder} -h ''", "-l", f"{folder}/log", "-w", "start")
        try:
            yield Server(folder, count())
        finally:
            run("pg_ctl", "-D", f"{folder}/db", "-m", "immediate", "stop")


def run(program: str, *words: str) -> None:
    as_nobody = ["runuser", "-u", "nobody", "--"] if os.getuid() == 0 else []
    subprocess.run([*as_nobody, f"{POSTGRES}/{program}", *words], check=True, stdout=subprocess.DEVNULL, cwd="/")


def new_place(backend: str, folder: Path, server: Server | None) -> Place:
    """Where a warehouse of `backend` may be made."""
    if backend == "native":
        return folder / "primary.duckdb"
    catalog = str(folder / "catalog.sqlite") if server is None else server.database()
    return Lake(catalog, str(folder / "lake"))


def copy_of(place: Place, folder: Path, server: Server | None) -> Place:
    """The same warehouse once more, in `folder`."""
    if isinstance(place, Path):
        shutil.copytree(place.parent, folder, dirs_exist_ok=True)
        return folder / place.name
    shutil.copytree(Path(place.data).parent, folder, dirs_exist_ok=True)
    catalog = str(folder / "catalog.sqlite") if server is None else server.database(place.catalog)
    return Lake(catalog, str(folder / "lake"))


def shown_of(primary: Place, snapshot: Path, now: datetime) -> Place:
    """Publish, and return where people read."""
    assert publish(primary, snapshot, now=now) is not None
    return primary if isinstance(primary, Lake) else snapshot

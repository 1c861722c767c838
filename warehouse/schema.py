"""The tables and views with the meaning of each column, as the database itself holds them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from duckdb import DuckDBPyConnection

from warehouse.connect import open_primary
from warehouse.sql import list_sql, load_sql, run_file


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or, with `is_view`, a view."""

    name: str
    comment: str
    is_view: bool
    columns: tuple[Column, ...]


def read_schema(connection: DuckDBPyConnection) -> tuple[Relation, ...]:
    """The relations of the current database, out_ first, as people need them."""
    found: dict[str, list[Column]] = {}
    heads: dict[str, tuple[str, bool]] = {}
    for name, comment, is_view, column, kind, meaning in run_file(connection, "read/schema").fetchall():
        heads[name] = (_view_comment(name) if is_view else comment or "", is_view)
        found.setdefault(name, []).append(Column(column, kind, meaning or ""))
    return tuple(Relation(name, *heads[name], tuple(columns)) for name, columns in found.items())


def _view_comment(name: str) -> str:
    """What the header of its file says: views hold no comments on every backend."""
    if f"views/{name}" not in list_sql("views"):
        return ""
    lines = load_sql(f"views/{name}").splitlines()
    header = [line.removeprefix("-- ") for line in lines if line.startswith("-- ")]
    return " ".join(header).removeprefix("Purpose: ").strip()


def render_schema(relations: tuple[Relation, ...]) -> str:
    """Markdown: one section a relation, one line a column."""
    parts = ["# Tables and views\n\nAll times are UTC. Offsets count characters from 0.\n"]
    for relation in relations:
        parts.append(f"\n## {relation.name}\n\n{relation.comment.rstrip('.')}.\n")
        parts.append("\n| column | type | meaning |\n| --- | --- | --- |\n")
        parts.extend(f"| {column.name} | {column.type} | {column.comment} |\n" for column in relation.columns)
    return "".join(parts)


def document() -> str:
    """What `docs/schema.md` must hold: the schema of a new warehouse."""
    with (
        TemporaryDirectory() as folder,
        open_primary(Path(folder) / "new.duckdb", wait=0, memory_limit="200MB", threads=1) as connection,
    ):
        return render_schema(read_schema(connection))


if __name__ == "__main__":
    sys.stdout.write(document())

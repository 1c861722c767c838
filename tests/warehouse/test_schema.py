from __future__ import annotations

from pathlib import Path

from warehouse.connect import open_primary
from warehouse.place import Place
from warehouse.schema import document, read_schema

DOCUMENT = Path(__file__).parents[2] / "docs" / "schema.md"
LAYERS = ("raw_", "core_", "out_", "schema_migrations")


def test_every_table_and_column_says_what_it_means(primary: Place) -> None:
    with open_primary(primary, wait=1, memory_limit="200MB", threads=1) as connection:
        relations = read_schema(connection)
    assert all(relation.name.startswith(LAYERS) and relation.comment for relation in relations)
    silent = [
        f"{relation.name}.{column.name}"
        for relation in relations
        for column in relation.columns
        if not column.comment and not relation.is_view
    ]
    assert silent == []


def test_the_document_is_what_the_database_says() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run: python -m warehouse.schema > docs/schema.md"


def test_names_keep_the_grammar(primary: Place) -> None:
    with open_primary(primary, wait=1, memory_limit="200MB", threads=1) as connection:
        columns = [column for relation in read_schema(connection) for column in relation.columns]
    ends = {"BOOLEAN": ("is_", "has_"), "TIMESTAMP": ("_at", "_until"), "DATE": ("week",)}
    odd = [column for column in columns if column.type in ends and not _keeps(column.name, ends[column.type])]
    assert odd == []


def _keeps(name: str, marks: tuple[str, ...]) -> bool:
    return name.startswith(marks) or name.endswith(marks)

"""One claim as it is stored, with the text it was found in: for whoever wants to look at it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection

from warehouse.errors import NoSnapshot
from warehouse.plover import claim_of
from warehouse.read import run_query
from warehouse.records import Claim
from warehouse.sql import load_sql


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """`title` and `text` are those of the version the claim's offsets count in; `published` is the article's day."""

    claim_id: str
    claim: Claim
    article_id: str
    version: int
    engine_version: str
    is_current: bool
    outlet: str
    url: str
    published: date | None
    title: str
    text: str


def find_claim(connection: DuckDBPyConnection, claim_id: str) -> StoredClaim | None:
    """Look a claim up in a snapshot opened for reading, None where it has none of this id.

    Raises NoSnapshot where the texts are not beside the snapshot.
    """
    known = run_query(connection, "SELECT count(*) FROM duckdb_views() WHERE view_name = 'out_article_texts'")
    if not known.rows[0][0]:
        raise NoSnapshot("the texts of the articles are not beside the snapshot; copy its -bodies file there as well")
    table = run_query(connection, load_sql("statements/read/claim"), {"claim_id": claim_id})
    if not table.rows:
        return None
    row = dict(zip(table.columns, table.rows[0], strict=True))
    return StoredClaim(
        claim_id, claim_of(row), row["article_id"], row["article_version"], row["engine_version"], row["is_current"],
        row["outlet"], row["url"], row["published_at"] and row["published_at"].date(), row["title"], row["text"],
    )  # fmt: skip

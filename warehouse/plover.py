"""Claims as JSON Lines in the interchange fields of PLOVER, with the project's own fields beside them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from duckdb import DuckDBPyConnection

from warehouse.place import Place
from warehouse.read import open_snapshot
from warehouse.records import Attribution, Claim, Item, When
from warehouse.sql import load_sql

_ROWS_AT_ONCE = 1_000


class Coded(Protocol):
    """Codes of one claim; empty where the code book has none."""

    @property
    def cameo(self) -> str: ...
    @property
    def plover_event(self) -> str: ...
    @property
    def mode(self) -> str: ...
    @property
    def context(self) -> str: ...
    @property
    def certainty(self) -> str: ...
    @property
    def auxiliary(self) -> str: ...


Coder = Callable[[Claim], Coded]


def write_plover(snapshot: Place, target: Path, code: Coder) -> int:
    """Write every claim shown to `target`, one JSON object a line; return how many."""
    rows = 0
    draft = target.with_name(f".{target.name}.draft")
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(open_snapshot(snapshot)) as connection, draft.open("w", encoding="utf-8") as out:
        for event in plover_events(connection, code):
            out.write(json.dumps(event, ensure_ascii=False) + "\n")
            rows += 1
    draft.replace(target)
    return rows


def plover_events(connection: DuckDBPyConnection, code: Coder) -> Iterator[dict[str, Any]]:
    for row in _rows(connection):
        claim = claim_of(row)
        yield _event(row, claim, code(claim))


def _rows(connection: DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    connection.execute(load_sql("statements/read/claims"))
    names = [column[0] for column in connection.description or ()]
    while batch := connection.fetchmany(_ROWS_AT_ONCE):
        yield from (dict(zip(names, row, strict=True)) for row in batch)


def claim_of(row: dict[str, Any]) -> Claim:
    """The record that was stored as this row of core_claims with its `items_list`."""
    said, when = row["attribution_name"], row["when_text"]
    return Claim(
        kind=row["kind"],
        supplier=row["supplier"],
        recipient=row["recipient"],
        participants=None if row["participants"] is None else tuple(row["participants"]),
        status=row["status"],
        attribution=None if said is None else Attribution(said, row["attribution_country"], row["attribution_type"]),
        items=tuple(Item(**item) for item in row["items_list"]),
        when=None if when is None else When(row["when_start"], row["when_end"], when),
        evidence=(row["evidence_start"], row["evidence_end"]),
        rule_id=row["rule_id"],
        confidence=row["confidence"],
        trigger=None if row["trigger_start"] is None else (row["trigger_start"], row["trigger_end"]),
    )


def _event(row: dict[str, Any], claim: Claim, coded: Coded) -> dict[str, Any]:
    """Both sides of a mutual event are actors, as PLOVER has it."""
    return {
        "id": row["claim_id"],
        "date": f"{row['reported_at']:%Y-%m-%d}",
        "actor": list(claim.participants or ([claim.supplier] if claim.supplier else [])),
        "recipient": [claim.recipient] if claim.recipient else [],
        "event": [coded.plover_event],
        "mode": [coded.mode] if coded.mode else [],
        "context": [coded.context] if coded.context else [],
        "event_text": row["evidence"],
        "text_info": {"start": row["evidence_start"], "end": row["evidence_end"]},
        "cite_info": {"url": row["url"], "title": row["title"], "language": "ar", "publication": row["outlet"]},
        "cameo": coded.cameo,
        "certainty": coded.certainty,
        "auxiliary_mode": coded.auxiliary or None,
        "marsad": _own(row, claim),
    }


def _own(row: dict[str, Any], claim: Claim) -> dict[str, Any]:
    said, when = claim.attribution, claim.when
    return {
        "kind": claim.kind,
        "status": claim.status,
        "attribution": said and {"name": said.name, "country": said.country, "type": said.type},
        "items": row["items_list"],
        "when": when and {"start": when.start, "end": when.end, "text": when.text},
        "confidence": claim.confidence,
        "rule_id": claim.rule_id,
        "engine_version": row["engine_version"],
        "article_id": row["article_id"],
        "article_version": row["article_version"],
    }

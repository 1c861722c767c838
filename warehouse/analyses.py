"""The work of analysing, and what it found: mentions, entities, claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.articles import MAX_DEATHS
from warehouse.engines import ensure_engine
from warehouse.records import Analysis, Article, Claim, Item, Mention
from warehouse.rows import (
    REAL,
    TEXT,
    TEXTS,
    WHOLE,
    LoadCounts,
    Row,
    aware,
    identity,
    incoming,
    naive,
    records,
    register,
)
from warehouse.sql import run_file
from warehouse.summary import summarise_items
from warehouse.transaction import transaction

_KEY = {"article_id": TEXT, "article_version": WHOLE, "engine_version": TEXT}
_MENTION = {
    **_KEY,
    **dict.fromkeys(("text", "label", "entity_id", "backend"), TEXT),
    **dict.fromkeys(("start_offset", "end_offset"), WHOLE),
    "score": REAL,
}
_ENTITY = dict.fromkeys(("entity_id", "label", "kind", "name_ar", "name_en", "country", "engine_version"), TEXT)
_CLAIM = {
    **_KEY,
    **dict.fromkeys(("claim_id", "statement_id", "kind", "status", "supplier", "recipient", "items", "rule_id"), TEXT),
    **dict.fromkeys(("attribution_id", "attribution_name", "attribution_country", "attribution_type"), TEXT),
    **dict.fromkeys(("when_start", "when_end", "when_text"), TEXT),
    **dict.fromkeys(("evidence_start", "evidence_end", "trigger_start", "trigger_end"), WHOLE),
    "participants": TEXTS,
    "confidence": REAL,
}
_ITEM = {
    **dict.fromkeys(("claim_id", "category", "designation", "qualifier", "unit"), TEXT),
    **dict.fromkeys(("calibre_mm", "low", "high"), REAL),
    "item_no": WHOLE,
}
_ACTOR = dict.fromkeys(("claim_id", "role", "actor_id"), TEXT)


def claim_articles(
    connection: DuckDBPyConnection, *, engine_version: str, limit: int, now: datetime, lease: timedelta, run_id: str
) -> tuple[Article, ...]:
    """Lease the latest texts that this engine version has not read; its first call queues the whole archive."""
    values = {"engine_version": engine_version, "now": naive(now), "run_id": run_id}
    with transaction(connection):
        ensure_engine(connection, engine_version, run_id, now)
        run_file(connection, "work/give_up", stage="analyse", max_deaths=MAX_DEATHS, now=values["now"], run_id=run_id)
        run_file(connection, "work/claim_analyse", limit=limit, leased_until=naive(now + lease), **values)
        bounds = _find_versions(connection)
        return tuple(_article(row) for row in records(run_file(connection, "work/articles", **bounds)))


def _find_versions(connection: DuckDBPyConnection) -> dict[str, Any]:
    """Fill stage_versions for stage_claimed, and return where their texts are."""
    since, until, unqueued = run_file(connection, "work/window").fetchall()[0]
    if unqueued:
        since, until = run_file(connection, "work/window_of_all").fetchall()[0]
    run_file(connection, "work/versions", since=since, until=until)
    first, last = run_file(connection, "work/body_window").fetchall()[0]
    return {"first_no": first, "last_no": last}


def _article(row: dict[str, Any]) -> Article:
    times = {name: aware(row[name]) for name in ("published_at", "fetched_at")}
    return Article(**{**row, **times, "authors": tuple(row["authors"])})


def save_analyses(
    connection: DuckDBPyConnection, analyses: Sequence[Analysis], run_id: str, now: datetime
) -> LoadCounts:
    _register(connection, analyses)
    stamp = {"run_id": run_id, "now": naive(now)}
    with transaction(connection):
        for engine_version in sorted({analysis.engine_version for analysis in analyses}):
            ensure_engine(connection, engine_version, run_id, now)
        run_file(connection, "analyses/stage")
        bounds = _find_versions(connection)
        since, until = _earlier_analyses(connection)
        run_file(connection, "analyses/decide", since=since, until=until, now=stamp["now"], **bounds)
        run_file(connection, "analyses/check")
        run_file(connection, "analyses/load", **stamp)
        run_file(connection, "refusals/quarantine", **stamp)
        *counts, hidden = run_file(connection, "analyses/counts").fetchall()[0]
        if hidden:
            run_file(connection, "analyses/supersede")
    return LoadCounts(*counts)


def _earlier_analyses(connection: DuckDBPyConnection) -> tuple[datetime | None, datetime | None]:
    """Between which times the articles of stage_claimed were analysed before."""
    if run_file(connection, "analyses/first").fetchall()[0][0]:
        return None, None
    since, until = run_file(connection, "analyses/window").fetchall()[0]
    return since, until


def _register(connection: DuckDBPyConnection, analyses: Sequence[Analysis]) -> None:
    claims = [_with_ids(analysis, claim) for analysis in analyses for claim in analysis.claims]
    mentions = [(analysis, mention) for analysis in analyses for mention in analysis.mentions]
    entities = [(analysis, entity) for analysis in analyses for entity in analysis.entities]
    items = [(ids, number, item) for ids, _, claim in claims for number, item in enumerate(claim.items, start=1)]
    register(
        connection,
        incoming("analyses", _KEY, analyses, _key),
        incoming("mentions", _MENTION, mentions, lambda pair: _mention_row(*pair)),
        incoming(
            "entities", _ENTITY, entities, lambda pair: {**asdict(pair[1]), "engine_version": pair[0].engine_version}
        ),
        incoming("claims", _CLAIM, claims, lambda triple: _claim_row(*triple)),
        incoming("claim_items", _ITEM, items, lambda triple: _item_row(*triple)),
        incoming("claim_actors", _ACTOR, [row for ids, _, claim in claims for row in _actors(ids, claim)], dict),
    )


def _key(analysis: Analysis) -> Row:
    return {
        "article_id": analysis.article_id,
        "article_version": analysis.version,
        "engine_version": analysis.engine_version,
    }


def _mention_row(analysis: Analysis, mention: Mention) -> Row:
    row = asdict(mention)
    return {**row, **_key(analysis), "start_offset": row.pop("start"), "end_offset": row.pop("end")}


def _with_ids(analysis: Analysis, claim: Claim) -> tuple[Row, Analysis, Claim]:
    stated = asdict(claim)
    for name in ("evidence", "rule_id", "confidence", "trigger"):
        stated.pop(name)
    statement = identity(analysis.article_id, stated)
    claim_id = identity(statement, analysis.version, analysis.engine_version, claim.evidence)
    return {"claim_id": claim_id, "statement_id": statement}, analysis, claim


def _claim_row(ids: Row, analysis: Analysis, claim: Claim) -> Row:
    names = ("kind", "status", "supplier", "recipient", "participants", "rule_id", "confidence")
    start, end = claim.evidence
    trigger_start, trigger_end = claim.trigger or (None, None)
    return {
        **ids,
        **_key(analysis),
        **{name: getattr(claim, name) for name in names},
        **_source_columns(claim),
        **_time_columns(claim),
        "items": summarise_items(claim.items),
        "evidence_start": start,
        "evidence_end": end,
        "trigger_start": trigger_start,
        "trigger_end": trigger_end,
    }


def _source_columns(claim: Claim) -> Row:
    source = claim.attribution
    if source is None:
        return {}
    return {
        "attribution_id": identity(source.name, source.country, source.type),
        "attribution_name": source.name,
        "attribution_country": source.country,
        "attribution_type": source.type,
    }


def _time_columns(claim: Claim) -> Row:
    return {} if claim.when is None else {f"when_{name}": value for name, value in asdict(claim.when).items()}


def _item_row(ids: Row, number: int, item: Item) -> Row:
    return {"claim_id": ids["claim_id"], "item_no": number, **asdict(item)}


def _actors(ids: Row, claim: Claim) -> Iterator[Row]:
    members = [("participant", actor) for actor in claim.participants or ()]
    for role, actor in (("supplier", claim.supplier), ("recipient", claim.recipient), *members):
        if actor is not None:
            yield {"claim_id": ids["claim_id"], "role": role, "actor_id": actor}

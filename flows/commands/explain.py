"""`marsad explain`: why a claim is what it is, for articles in a file or one claim of the snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.articles import ARTICLES_HELP, read_articles
from flows.console import (
    DEFAULT_CONFIG,
    ConfigOption,
    Exit,
    JsonOption,
    configuration_checked,
    fail,
    print_json_line,
    print_line,
    print_marked,
    print_table,
    settings_or_defaults,
)
from tasks.files import STDIN
from tasks.settings import Settings
from warehouse.records import Claim

if TYPE_CHECKING:
    from tasks.domain.analysis import Engine
    from tasks.domain.claims.explain import Explanation
    from warehouse.stored import StoredClaim

WhatArgument = Annotated[
    str, typer.Argument(metavar="FILE|CLAIM_ID", help=f"Articles as {ARTICLES_HELP}; or the id of a stored claim.")
]
_STYLES = {
    "trigger": "bold red",
    "actor": "bold blue",
    "equipment": "green",
    "quantity": "yellow",
    "time": "cyan",
    "source": "bold magenta",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """A claim with its explanation; `note` says what the reader must know about the engine that stored it."""

    id: str
    claim: Claim
    explanation: Explanation
    note: str = ""


def explain(what: WhatArgument, as_json: JsonOption = False, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Show the sentence of a claim with its marks, why each field has its value, and what weighed most."""
    from tasks.engine import engine_of

    settings = settings_or_defaults(config)
    with configuration_checked():
        engine = engine_of(settings)
    bad: list[str] = []
    is_file = what == STDIN or Path(what).exists()
    found = _of_file(engine, what, bad) if is_file else _of_snapshot(engine, what, settings)
    if as_json:
        print_json_line({"claims": [asdict(one) for one in found]})
    else:
        _print_all(found)
    if bad:
        raise typer.Exit(Exit.PARTLY)


def _of_file(engine: Engine, file: str, bad: list[str]) -> Iterator[Explained]:
    for row in read_articles(file, bad):
        explainer = engine.explainer(row.title, row.text, row.published)
        for claim in explainer.claims:
            yield Explained(row.id, claim, explainer.explain(claim))


def _of_snapshot(engine: Engine, claim_id: str, settings: Settings) -> Iterator[Explained]:
    stored = _stored(claim_id, settings)
    explainer = engine.explainer(stored.title, stored.text, stored.published)
    today = next((claim for claim in explainer.claims if _is_same(claim, stored.claim)), None)
    explanation = explainer.explain(today or stored.claim)
    yield Explained(claim_id, stored.claim, explanation, _note(stored, engine.version, today))


def _stored(claim_id: str, settings: Settings) -> StoredClaim:
    from warehouse.errors import WarehouseError
    from warehouse.read import open_snapshot
    from warehouse.stored import find_claim

    try:
        with open_snapshot(settings.shown) as snapshot:
            stored = find_claim(snapshot, claim_id)
    except WarehouseError as error:
        fail(f"{claim_id}: no file of this name, and as the id of a claim: {error}")
    if stored is None:
        fail(f"{claim_id}: neither a file nor the claim_id of a claim in {settings.shown}")
    return stored


def _is_same(claim: Claim, stored: Claim) -> bool:
    def key(one: Claim) -> tuple[Any, ...]:
        return one.kind, one.supplier, one.recipient, one.participants, one.evidence, one.status, one.attribution

    return key(claim) == key(stored)


def _note(stored: StoredClaim, version: str, today: Claim | None) -> str:
    """What differs between the engine that stored the claim and the one that explains it."""
    notes = [] if stored.is_current else ["Not shown any more: a later analysis of the article took its place."]
    if stored.engine_version != version:
        notes.append(f"Stored by engine {stored.engine_version}; explained by engine {version}.")
    if today is None:
        notes.append("This engine does not find the claim as stored, so the reasons are those stored with it.")
    return " ".join(notes)


def _print_all(found: Iterator[Explained]) -> None:
    shown = 0
    for shown, one in enumerate(found, 1):
        if shown > 1:
            print_line()
        _print(one)
    if not shown:
        print_line("no claims")


def _print(one: Explained) -> None:
    explanation = one.explanation
    start = explanation.span[0]
    confidence = "" if one.claim.confidence is None else f", confidence {one.claim.confidence:.2f}"
    print_line(f"{one.id}: {_headline(one.claim)}{confidence}")
    if one.note:
        print_line(one.note)
    marks = [(mark.start - start, mark.end - start, _STYLES[mark.label]) for mark in explanation.marks]
    print_marked(explanation.sentence, marks)
    print_table("Marks", ("mark", "words", "meaning"), [(m.label, m.text, m.detail) for m in explanation.marks])
    print_table("Why", ("field", "value", "because"), [(r.field, r.value, r.reason) for r in explanation.reasons])
    if explanation.weights:
        weights = [(f"{weight.weight:+.2f}", weight.name) for weight in explanation.weights]
        print_table("What weighed most", ("weight", "property"), weights)


def _headline(claim: Claim) -> str:
    if claim.participants:
        return f"{claim.kind} of {', '.join(claim.participants)}, {claim.status}"
    return f"{claim.kind} from {claim.supplier or '?'} to {claim.recipient or '?'}, {claim.status}"

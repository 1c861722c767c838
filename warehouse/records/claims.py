"""Mentions, entities and claims: what an article says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "arms_transfer",
    "military_aid",
    "agreement",
    "exercise",
    "deployment",
    "training",
    "technology",
    "intelligence",
    "consultation",
    "cooperation",
]
Status = Literal["occurred", "planned", "sought", "possible", "denied"]
SourceType = Literal[
    "government",
    "military",
    "intelligence",
    "international_org",
    "armed_group",
    "company",
    "media",
    "analyst",
    "imagery",
    "anonymous",
]
Category = Literal[
    "aircraft", "helicopter", "uav", "air_defence", "missile", "ballistic_missile", "rocket_artillery",
    "artillery", "ammunition", "tank", "armoured_vehicle", "small_arms", "ship", "submarine", "satellite",
    "radar_sensor", "engine", "nuclear", "electronic_warfare", "cargo", "personnel", "money", "other",
]  # fmt: skip
Qualifier = Literal["about", "more_than", "less_than", "at_least", "up_to", "range"]
Label = Literal["PERS", "LOC", "ORG", "MISC"]

DIRECTED_KINDS: frozenset[Kind] = frozenset(
    ("arms_transfer", "military_aid", "deployment", "training", "technology", "intelligence")
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A named entity in an article text. `entity_id` is None until it is linked; `score` is the backend's, 0 to 1."""

    start: int
    end: int
    text: str
    label: Label
    entity_id: str | None = None
    backend: str = "gazetteer"
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Something named: `country` is ISO 3166-1 alpha-3, the state itself or the one it belongs to."""

    entity_id: str
    label: Label
    kind: str
    name_ar: str
    name_en: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so. `country` is ISO 3166-1 alpha-3 or an organisation id (`NATO`), None where it is not known."""

    name: str
    country: str | None
    type: SourceType


@dataclass(frozen=True, slots=True)
class Item:
    """What moves. `low` and `high` bound the quantity (None: unbounded or unknown); `unit` of money is ISO 4217."""

    category: Category
    designation: str | None = None
    calibre_mm: float | None = None
    low: float | None = None
    high: float | None = None
    qualifier: Qualifier | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """The time of the cooperation, not of the statement: ISO dates as precise as `text` allows."""

    start: str | None
    end: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement that actors cooperate militarily, as the annotation guideline defines it.

    Directed kinds fill `supplier` and `recipient`, symmetric ones `participants` (sorted). `evidence` is the span of
    the sentence that says it. `confidence` is the share of such claims found right on the gold, None if unmeasured.
    """

    kind: Kind
    supplier: str | None
    recipient: str | None
    participants: tuple[str, ...] | None
    status: Status
    attribution: Attribution | None
    items: tuple[Item, ...]
    when: When | None
    evidence: tuple[int, int]
    rule_id: str
    confidence: float | None = None
    trigger: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything one engine version found in one article version."""

    article_id: str
    version: int
    engine_version: str
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = field(default=())

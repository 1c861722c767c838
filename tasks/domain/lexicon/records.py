"""What the lexicons are made of, and what they find in a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from warehouse.records import Category, Label, SourceType

GrammaticalNumber = Literal["sg", "du", "pl"]


class LexiconError(ValueError):
    """A lexicon file that cannot be read; the message names the file, the entry and the cure."""


@dataclass(frozen=True, slots=True)
class LexiconFile:
    """One TOML file already read: `name` is only for messages, `text` its content. Files of a user are not shipped."""

    name: str
    text: str
    is_shipped: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """When a form that has several meanings has this one. Words are folded.

    The rule holds if none of the `not_` words is there and, unless it names no evidence at all, one piece of evidence
    is: the neighbouring word, a preposition written onto the form, any word of the sentence, or a mark of the surface.
    """

    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    sentence: frozenset[str] = frozenset()
    proclitic: frozenset[str] = frozenset()
    surface: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    not_sentence: frozenset[str] = frozenset()

    @property
    def has_evidence(self) -> bool:
        """Say whether the rule asks for anything to be there."""
        return bool(self.before or self.after or self.sentence or self.proclitic or self.surface)


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a form. `key` is the id of the entry itself, `actor` whom it stands for (empty: not said).

    A number behind a form that `takes_number` is part of the name ("النجم الساطع 2023"). `is_shipped` is false for what
    a user's file says; `is_silent` forms only keep others from matching inside them.

    `joins` is set on heads ("وزارة الدفاع"): they take up a following nationality adjective, or a state's name; most
    name nothing alone ("الجيش"), some do (`is_labelled_bare`).
    """

    key: str
    actor: str
    role: str
    country: str | None = None
    category: Category | None = None
    designation: str | None = None
    number: GrammaticalNumber | None = None
    unit: str | None = None
    label: Label | None = None
    source_type: SourceType | None = None
    name_ar: str = ""
    name_en: str | None = None
    rule: Rule | None = None
    since: date | None = None
    until: date | None = None
    joins: Literal["adjective", "state", "both"] | None = None
    takes_number: bool = False
    is_labelled_bare: bool = False
    is_silent: bool = False
    is_shipped: bool = True
    file: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """One form found in a sentence; `first` and `last` are token indexes, inclusive, `start` and `end` offsets.

    The tokens are all that was read ("وكالة رويترز البريطانية"), the offsets those of the name itself ("رويترز").

    `entry_id` is whom the form stands for in a claim (`RUS`, `HEZBOLLAH`) and empty where the text leaves it open
    (a bare "وزارة الدفاع"); `key` names the thing itself and is what entities are linked to (`loc:moscow`). `unit` is
    an ISO 4217 code for currencies, else a noun ("battery"). `form` is the folded form that matched.
    """

    entry_id: str
    role: str
    country: str | None
    category: Category | None
    start: int
    end: int
    first: int
    last: int
    proclitic: str
    definite: bool
    form: str
    designation: str | None = None
    number: GrammaticalNumber | None = None
    unit: str | None = None
    label: Label | None = None
    source_type: SourceType | None = None
    key: str = ""
    name_ar: str = ""
    name_en: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something in the lexicon files that cannot be meant: where, what, and what to do."""

    file: str
    entry: str
    problem: str

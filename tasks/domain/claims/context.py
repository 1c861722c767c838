"""What every stage of the claims engine looks at: one scene per sentence, one frame per claim in the making."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.domain.arabic.document import Document, Sentence
from tasks.domain.arabic.tokens import Token
from tasks.domain.lexicon import Lexicon, Match, actors, equipment
from warehouse.records import Kind, Mention


@dataclass(frozen=True, slots=True)
class Lexicons:
    """Who may cooperate and with what: the packaged lexicons, or those a user has added to."""

    actors: Lexicon = field(default_factory=actors)
    equipment: Lexicon = field(default_factory=equipment)


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with everything found in it. Token indexes count from the start of the sentence."""

    document: Document
    sentence: Sentence
    tokens: tuple[Token, ...]
    actors: tuple[Match, ...]
    equipment: tuple[Match, ...]
    mentions: tuple[Mention, ...]
    lexicons: Lexicons

    @property
    def index(self) -> int:
        return self.sentence.index

    def before(self, scenes: Sequence[Scene]) -> Sequence[Scene]:
        """The scenes of the same document that come earlier, nearest last."""
        return scenes[: self.sentence.index]


@dataclass(frozen=True, slots=True)
class Frame:
    """Who does what to whom, before anyone is asked who says so and how certain it is.

    `first` and `last` bound the clause, `trigger` the words that gave it away: token indexes of the sentence,
    inclusive. `hints` names what the grammar already knows of its certainty: "denied", "planned", "sought", "possible".
    `parties` are the token spans of the actors that fill the roles, for stages that must not take them for a source.
    """

    kind: Kind
    supplier: str | None
    recipient: str | None
    participants: tuple[str, ...] | None
    first: int
    last: int
    trigger: tuple[int, int]
    rule_id: str
    evidence: tuple[int, int]
    hints: frozenset[str] = frozenset()
    score: float = 0.0
    parties: tuple[tuple[int, int], ...] = ()

    @property
    def actors(self) -> frozenset[str]:
        named = (self.supplier, self.recipient, *(self.participants or ()))
        return frozenset(actor for actor in named if actor)

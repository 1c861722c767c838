"""From anchors and parties to frames: every plausible filling of the roles is proposed, scored, and the best kept.

Two learned tables decide: one says how likely a party fills a role of an anchor, the other whether the whole candidate
is a claim. What they look at is in `features`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tasks.domain.claims.actors import Party
from tasks.domain.claims.anchors import Anchor
from tasks.domain.claims.features import Names, View, anchor_names, party_names
from tasks.domain.claims.model import Model, Role
from tasks.domain.claims.net import UNKNOWN, Verdict
from tasks.domain.claims.pair_features import pair_names
from warehouse.records import DIRECTED_KINDS, Kind

LEAST = -4.0
LIKELY = -2.0
NOBODY = 0.2


@dataclass(frozen=True, slots=True)
class Candidate:
    """One filling of one anchor. For a symmetric kind the two parties are participants, in the order of the text.

    `net` is what the network says of it, as log-odds. `again` is the same on other words of the sentence.
    """

    anchor: Anchor
    kind: Kind
    left: Party | None
    right: Party | None
    is_directed: bool
    odds: tuple[float, float]
    score: float = 0.0
    net: float = UNKNOWN
    again: tuple[Candidate, ...] = ()

    @property
    def supplier(self) -> str | None:
        return self.left.ids[0] if self.left and self.is_directed else None

    @property
    def recipient(self) -> str | None:
        return self.right.ids[0] if self.right and self.is_directed else None

    @property
    def participants(self) -> tuple[str, ...] | None:
        if self.is_directed:
            return None
        return tuple(sorted({i for party in (self.left, self.right) if party for i in party.ids}))

    @property
    def label(self) -> str:
        """The kind, marked where it is mutual though it usually has a direction."""
        return self.kind if self.is_directed or self.kind not in DIRECTED_KINDS else f"{self.kind}~"

    @property
    def roles(self) -> tuple[str | None, str | None, tuple[str, ...] | None]:
        return self.supplier, self.recipient, self.participants


def propose(
    view: View, parties: Sequence[Party], model: Model, verdict: Verdict, least: float = LEAST
) -> Iterator[Candidate]:
    """Every filling of every anchor that the network holds for possible: above `least`, as log-odds.

    A kind that it holds for likely and that no anchor could have may be that of any of them.
    """
    possible = _Possible(verdict, parties, least)
    carried = {kind for anchor in view.anchors for kind in anchor.kinds}
    others = tuple(kind for kind in verdict.kinds_above(LIKELY) if kind not in carried)
    for anchor in view.anchors:
        yield from _Filling(view, anchor, parties, model, possible).candidates((*anchor.kinds, *others))


_Unit = tuple[Party, list[int]]


class _Possible:
    """What the network holds for possible in one sentence, by kind: who gives whom, and which units act together."""

    def __init__(self, verdict: Verdict, parties: Sequence[Party], least: float) -> None:
        self._verdict, self._least = verdict, least
        self._units = _units(parties)
        self._together: dict[Kind, list[tuple[_Unit, _Unit | None]]] = {}
        self.directed: dict[Kind, list[tuple[str | None, str | None]]] = {}
        for supplier, recipient, kind in verdict.above(least):
            self.directed.setdefault(kind, []).append((supplier, recipient))

    def together(self, kind: Kind) -> list[tuple[_Unit, _Unit | None]]:
        """Two units, or one that is several actors by itself; looked for once, however many anchors ask."""
        if kind not in self._together:
            self._together[kind] = [pair for pair in self._pairs() if self._is_possible(pair, kind)]
        return self._together[kind]

    def _pairs(self) -> Iterator[tuple[_Unit, _Unit | None]]:
        for n, unit in enumerate(self._units):
            if len(unit[0].ids) > 1 or unit[0].role == "alliance":
                yield unit, None
            for other in self._units[n + 1 :]:
                if not set(unit[0].ids) & set(other[0].ids):
                    yield unit, other

    def _is_possible(self, pair: tuple[_Unit, _Unit | None], kind: Kind) -> bool:
        members = {actor for unit in pair if unit for actor in unit[0].ids}
        return self._verdict.together(sorted(members), kind) >= self._least


@dataclass(frozen=True, slots=True)
class _Filling:
    """The fillings of one anchor; what the role models say of a party is asked for once, when it is needed."""

    view: View
    anchor: Anchor
    parties: Sequence[Party]
    model: Model
    possible: _Possible
    known: dict[int, dict[Role, float]] = field(default_factory=dict)

    def candidates(self, kinds: Sequence[Kind]) -> Iterator[Candidate]:
        for kind in kinds:
            if kind in DIRECTED_KINDS:
                yield from self._directed(kind)
            if kind not in DIRECTED_KINDS or kind in ("intelligence", "technology"):
                yield from self._symmetric(kind)

    def _odds(self, at: int) -> dict[Role, float]:
        if at not in self.known:
            self.known[at] = self.model.role_odds(party_names(self.view, self.anchor, self.parties[at]))
        return self.known[at]

    def _directed(self, kind: Kind) -> Iterator[Candidate]:
        for supplier, recipient in self.possible.directed.get(kind, ()):
            left, right = self._best(supplier, "supplier"), self._best(recipient, "recipient")
            if left and right:
                yield Candidate(self.anchor, kind, left[0], right[0], True, (left[1], right[1]))

    def _best(self, actor: str | None, role: Role) -> tuple[Party | None, float] | None:
        """The likeliest mention of an actor, None where it is only named together with another."""
        if actor is None:
            return None, NOBODY
        places = [i for i, party in enumerate(self.parties) if party.ids == (actor,)]
        if not places:
            return None
        if len(places) > 1:
            places.sort(key=lambda i: -self._odds(i)[role])
        return self.parties[places[0]], self._odds(places[0])[role]

    def _symmetric(self, kind: Kind) -> Iterator[Candidate]:
        """Coordinated parties stand together: "between Iran, China and Russia" is one candidate and not three."""
        for (a, members), other in self.possible.together(kind):
            b, others = other or (None, [])
            odds = (self._share(members), self._share(others) if others else NOBODY)
            yield Candidate(self.anchor, kind, a, b, False, odds)

    def _share(self, members: Sequence[int]) -> float:
        return max(self._odds(i)["participant"] for i in members)


def _units(parties: Sequence[Party]) -> list[_Unit]:
    """Each coordination as one party, in the place of its first member, with the numbers of its members."""
    groups: dict[int, list[int]] = {}
    for i, party in enumerate(parties):
        groups.setdefault(party.group, []).append(i)
    return [(_joint([parties[i] for i in members]), members) for members in groups.values()]


def _joint(members: Sequence[Party]) -> Party:
    if len(members) == 1:
        return members[0]
    return replace(members[0], ids=tuple(sorted({actor for party in members for actor in party.ids})))


def claim_rows(view: View, candidates: Sequence[Candidate]) -> list[Names]:
    """One row per candidate."""
    bases: dict[int, Names] = {}
    rows = []
    for c in candidates:
        base = bases.get(id(c.anchor))
        if base is None:
            base = bases[id(c.anchor)] = anchor_names(view, c.anchor)
        rows.append(base + pair_names(view, c.anchor, c.label, c.left, c.right, c.odds))
    return rows


def score(view: View, candidates: Sequence[Candidate], model: Model, verdict: Verdict) -> list[Candidate]:
    """The candidates with their probabilities, the likeliest first, and with what the network says of each."""
    rows = claim_rows(view, candidates)
    # Rounded, so that equal candidates stay equal however their weights were added up, and the first anchor wins.
    scored = [
        replace(c, score=round(model.claim.odds(row), 9), net=_net_of(c, verdict))
        for c, row in zip(candidates, rows, strict=True)
    ]
    return sorted(scored, key=lambda c: (-c.score, c.anchor.first))


def _net_of(c: Candidate, verdict: Verdict) -> float:
    if c.is_directed:
        return verdict.directed(c.supplier, c.recipient, c.kind)
    return verdict.together(c.participants or (), c.kind)


def select(candidates: Sequence[Candidate], threshold: float) -> list[Candidate]:
    """Keep what is likely enough and contradicts nothing likelier."""
    kept: list[Candidate] = []
    for c in candidates:
        if c.score < threshold:
            break
        if not any(_contradicts(c, k) for k in kept):
            kept.append(c)
    return list(_united(kept))


def said_again(chosen: Sequence[Candidate]) -> list[Candidate]:
    """What other words of the sentence say of the chosen claims, perhaps by another source; as likely as they are."""
    return [replace(other, score=c.score) for c in chosen for other in c.again if other.roles == c.roles]


def _contradicts(c: Candidate, kept: Candidate) -> bool:
    if c.kind == kept.kind and c.roles == kept.roles:
        return True
    same_anchor = c.anchor is kept.anchor
    if c.is_directed != kept.is_directed:
        return same_anchor
    if not c.is_directed:
        return same_anchor and c.kind != kept.kind
    if {c.supplier, c.recipient} == {kept.supplier, kept.recipient}:
        return c.kind == kept.kind or same_anchor
    if c.kind == kept.kind and _is_vaguer(c, kept):
        return True
    return same_anchor and not _is_coordinated(c, kept)


def _is_vaguer(c: Candidate, kept: Candidate) -> bool:
    if c.supplier is None:
        return c.recipient == kept.recipient
    return c.recipient is None and c.supplier == kept.supplier


def _is_coordinated(c: Candidate, kept: Candidate) -> bool:
    """Two fillings of one anchor stand together only where "and" joins the parties that differ."""
    if c.supplier == kept.supplier and c.right and kept.right:
        return c.right.group == kept.right.group
    if c.recipient == kept.recipient and c.left and kept.left:
        return c.left.group == kept.left.group
    return False


def _united(kept: Sequence[Candidate]) -> Iterator[Candidate]:
    """Join the pairs of one symmetric anchor that share a member into one set."""
    done: list[Candidate] = []
    for c in kept:
        if c.is_directed:
            done.append(c)
            continue
        members = set(c.participants or ())
        at = next(
            (n for n, d in enumerate(done) if not d.is_directed and d.kind == c.kind and d.anchor is c.anchor
             and members & set(d.participants or ())),
            None,
        )  # fmt: skip
        if at is None:
            done.append(c)
        else:
            done[at] = _with_members(done[at], members)
    yield from done


def _with_members(c: Candidate, members: set[str]) -> Candidate:
    if c.left is None:
        return c
    ids = tuple(sorted({*(c.participants or ()), *members}))
    return replace(c, left=replace(c.left, ids=ids), right=None)

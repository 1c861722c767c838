"""From anchors and parties to frames: every plausible filling of the roles is proposed, scored, and the best kept.

Two learned tables decide: one says how likely a party fills a role of an anchor, the other whether the whole candidate
is a claim. What they look at is in `features`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.domain.claims.actors import Party
from tasks.domain.claims.anchors import Anchor
from tasks.domain.claims.features import Names, View, anchor_names, party_names
from tasks.domain.claims.model import ROLES, Model
from tasks.domain.claims.net import UNKNOWN, Verdict
from tasks.domain.claims.pair_features import pair_names
from warehouse.records import DIRECTED_KINDS, Kind

KEPT = 3
NOBODY = 0.2


@dataclass(frozen=True, slots=True)
class Candidate:
    """One filling of one anchor. For a symmetric kind the two parties are participants, in the order of the text.

    `net` is what the network says of it, as log-odds.
    """

    anchor: Anchor
    kind: Kind
    left: Party | None
    right: Party | None
    is_directed: bool
    odds: tuple[float, float]
    score: float = 0.0
    net: float = UNKNOWN

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


def role_rows(view: View, anchor: Anchor, parties: Sequence[Party]) -> list[Names]:
    """One row per party: how it stands to the anchor."""
    return [party_names(view, anchor, party) for party in parties]


def propose(view: View, parties: Sequence[Party], model: Model) -> Iterator[Candidate]:
    """Every candidate worth a second look: for each anchor the likeliest parties of each role, and nobody."""
    if not parties:
        return
    for anchor in view.anchors:
        odds = [model.role_odds(row) for row in role_rows(view, anchor, parties)]
        yield from _fill(anchor, parties, {role: [o[role] for o in odds] for role in ROLES})


def _fill(anchor: Anchor, parties: Sequence[Party], odds: Mapping[str, Sequence[float]]) -> Iterator[Candidate]:
    single = [i for i, party in enumerate(parties) if len(party.ids) == 1]
    for kind in anchor.kinds:
        if kind in DIRECTED_KINDS:
            yield from _directed(anchor, kind, parties, odds, single)
        if kind not in DIRECTED_KINDS or kind in ("intelligence", "technology"):
            yield from _symmetric(anchor, kind, parties, odds["participant"])


def _best(parties: Sequence[Party], odds: Sequence[float], among: Sequence[int], kept: int) -> list[int]:
    """The likeliest mention of each of the likeliest actors."""
    out: dict[tuple[str, ...], int] = {}
    for i in sorted(among, key=lambda i: -odds[i]):
        out.setdefault(parties[i].ids, i)
    return list(out.values())[:kept]


def _directed(
    anchor: Anchor, kind: Kind, parties: Sequence[Party], odds: Mapping[str, Sequence[float]], single: Sequence[int]
) -> Iterator[Candidate]:
    gives, gets = odds["supplier"], odds["recipient"]
    suppliers: list[int | None] = [*_best(parties, gives, single, KEPT), None]
    recipients: list[int | None] = [*_best(parties, gets, single, KEPT), None]
    for s in suppliers:
        for r in recipients:
            if (s is None and r is None) or (s is not None and r is not None and parties[s].ids == parties[r].ids):
                continue
            pair = (NOBODY if s is None else gives[s], NOBODY if r is None else gets[r])
            left = None if s is None else parties[s]
            right = None if r is None else parties[r]
            yield Candidate(anchor, kind, left, right, True, pair)


def _symmetric(anchor: Anchor, kind: Kind, parties: Sequence[Party], odds: Sequence[float]) -> Iterator[Candidate]:
    """Coordinated parties stand together: "between Iran, China and Russia" is one candidate and not three."""
    units, chances = _units(parties, odds)
    best = sorted(_best(units, chances, range(len(units)), KEPT + 2))
    for n, a in enumerate(best):
        if len(units[a].ids) > 1 or units[a].role == "alliance":
            yield Candidate(anchor, kind, units[a], None, False, (chances[a], NOBODY))
        for b in best[n + 1 :]:
            if not set(units[a].ids) & set(units[b].ids):
                yield Candidate(anchor, kind, units[a], units[b], False, (chances[a], chances[b]))


def _units(parties: Sequence[Party], odds: Sequence[float]) -> tuple[list[Party], list[float]]:
    """Each coordination as one party, in the place of its first member."""
    first: dict[int, int] = {}
    for i, party in enumerate(parties):
        first.setdefault(party.group, i)
    units, chances = [], []
    for group, i in first.items():
        members = [j for j, p in enumerate(parties) if p.group == group]
        ids = tuple(sorted({actor for j in members for actor in parties[j].ids}))
        units.append(replace(parties[i], ids=ids) if len(members) > 1 else parties[i])
        chances.append(max(odds[j] for j in members))
    return units, chances


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


def score(view: View, candidates: Sequence[Candidate], model: Model) -> list[Candidate]:
    """The candidates with their probabilities, the likeliest first."""
    rows = claim_rows(view, candidates)
    # Rounded, so that equal candidates stay equal however their weights were added up, and the first anchor wins.
    scored = [replace(c, score=round(model.claim.odds(row), 9)) for c, row in zip(candidates, rows, strict=True)]
    return sorted(scored, key=lambda c: (-c.score, c.anchor.first))


def with_verdict(candidates: Sequence[Candidate], verdict: Verdict) -> list[Candidate]:
    """The candidates of a sentence with what the network says of each."""
    return [replace(c, net=_net_of(c, verdict)) for c in candidates]


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

"""What a candidate looks like: named numbers about an anchor, a party beside it, and a pair in its roles.

Names are "field=value" for what is one of many and "field" for what is counted, so that a fired feature can be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.domain.arabic.normalise import fold
from tasks.domain.claims.actors import Party
from tasks.domain.claims.anchors import Anchor, Theme, clauses
from tasks.domain.claims.context import Scene
from tasks.domain.claims.triggers import Trigger
from warehouse.records import Kind

Features = dict[str, float]
_SAYING = frozenset(
    fold(word)
    for word in (
        "قال", "قالت", "أعلن", "أعلنت", "أكد", "أكدت", "كشف", "كشفت", "ذكر", "ذكرت", "أضاف", "أضافت", "أوضح", "أوضحت",
        "صرح", "صرحت", "نفى", "نفت", "اتهم", "اتهمت", "أفاد", "أفادت", "نقلت", "نقل", "رأى", "اعتبر", "يقول", "تقول",
        "أشار", "أشارت", "حذر", "حذرت", "وفق", "وفقا", "بحسب", "حسب", "حسبما", "زعم", "زعمت", "يرى", "رجح", "رجحت",
        "أورد", "أوردت", "تابع", "بين", "أقر", "أقرت", "اتهام", "نفي", "ينفي", "تنفي",
    )
)  # fmt: skip
_NEGATIVE = frozenset(fold(word) for word in ("لم", "لن", "لا", "ليس", "ليست", "دون", "عدم", "نفى", "نفت", "غير", "تنفي", "ينفي"))


@dataclass(frozen=True, slots=True)
class View:
    """A sentence with everything the features need, computed once."""

    scene: Scene
    triggers: tuple[Trigger, ...]
    parties: tuple[Party, ...]
    anchors: tuple[Anchor, ...]
    clauses: tuple[int, ...]
    flags: Mapping[str, float]
    counts: Mapping[str, int]
    finite: tuple[int, ...]
    saying: tuple[int, ...]
    title_ids: frozenset[str]
    previous_ids: frozenset[str]


def read_view(
    scene: Scene,
    triggers: tuple[Trigger, ...],
    parties: tuple[Party, ...],
    anchors: tuple[Anchor, ...],
    title_ids: frozenset[str],
    previous_ids: frozenset[str],
    counts: Mapping[str, int],
) -> View:
    names = {tag.name for t in triggers for tag in t.tags if tag.group == "theme"}
    flags = {f"has={name}": 1.0 for name in names}
    flags |= {f"has={m.category}": 1.0 for m in scene.equipment}
    flags["ids"] = float(len({i for p in parties for i in p.ids}))
    flags["length"] = float(len(scene.tokens))
    finite = tuple(t.first for t in triggers if any(tag.form in ("past", "present") for tag in t.tags))
    saying = tuple(i for i, t in enumerate(scene.tokens) if t.norm in _SAYING or t.norm.lstrip("وف") in _SAYING)
    return View(
        scene, triggers, parties, anchors, clauses(scene.tokens), flags, counts, finite, saying, title_ids, previous_ids
    )


def clip(value: int, bound: int = 12) -> float:
    return float(max(-bound, min(bound, value)))


def anchor_features(view: View, anchor: Anchor) -> Features:
    """What does not depend on who fills the roles."""
    out: Features = dict(view.flags)
    out[f"anchor={anchor.name}"] = 1.0
    out[f"form={anchor.form}"] = 1.0
    out[f"group={anchor.group}"] = 1.0
    out["pronoun"] = float(anchor.has_pronoun)
    out[f"clitic={anchor.proclitic}"] = 1.0
    for rank, theme in enumerate(anchor.themes[:3]):
        out[f"theme{rank}={_theme_name(theme)}"] = 1.0
        out[f"theme{rank}_at"] = clip(theme.first - anchor.last)
    for label, trigger in (("gov", _neighbour(view, anchor, -1)), ("next", _neighbour(view, anchor, 1))):
        if trigger:
            out[f"{label}={next(tag.name for tag in trigger.tags if tag.group == 'verb')}"] = 1.0
            out[f"{label}_at"] = clip(trigger.first - anchor.first)
    window = range(max(0, anchor.first - 6), anchor.first)
    out["negated"] = float(sum(view.scene.tokens[i].norm.lstrip("وف") in _NEGATIVE for i in window))
    out["anchor_at"] = clip(anchor.first, 40)
    return out


def _theme_name(theme: Theme) -> str:
    return theme.category or theme.name


def _neighbour(view: View, anchor: Anchor, step: int) -> Trigger | None:
    """The nearest verb of the lexicon before or after the anchor, in the same clause or the one beside it."""
    best: Trigger | None = None
    for trigger in view.triggers:
        gap = (trigger.first - anchor.first) * step
        if gap <= 0 or gap > 8 or not trigger.named("verb") or anchor.first <= trigger.first <= anchor.last:
            continue
        if best is None or gap < (best.first - anchor.first) * step:
            best = trigger
    return best


def party_features(view: View, anchor: Anchor, party: Party, label: str) -> Features:
    """How one party stands to the anchor; `label` prefixes the names."""
    if party.first < 0:
        return _remembered_features(view, party, label)
    gap = party.first - anchor.last if party.first > anchor.last else party.last - anchor.first
    low, high = sorted((anchor.first, party.first))
    between = [p for p in view.parties if low < p.first < high and p.group != party.group]
    out: Features = {
        f"{label}.gap": clip(gap, 25),
        f"{label}.after": float(gap > 0),
        f"{label}.phrase_gap": clip(party.phrase - anchor.last, 25),
        f"{label}.between": clip(len({p.group for p in between}), 5),
        f"{label}.verbs_between": clip(sum(low < i < high for i in view.finite), 4),
        f"{label}.clause": clip(view.clauses[party.first] - view.clauses[anchor.first], 5),
        f"{label}.prep={party.prep}": 1.0,
        f"{label}.role={party.role}": 1.0,
        f"{label}.head={party.head}": 1.0,
        f"{label}.head_theme={party.head_theme}": 1.0,
        f"{label}.kind={party.kind}": 1.0,
        f"{label}.first_in_sentence": float(party.group == view.parties[0].group),
        f"{label}.count": clip(max(view.counts.get(i, 0) for i in party.ids), 10),
        f"{label}.in_title": float(any(i in view.title_ids for i in party.ids)),
        f"{label}.in_previous": float(any(i in view.previous_ids for i in party.ids)),
        f"{label}.says": _speaks(view, party),
        f"{label}.grouped": float(sum(p.group == party.group for p in view.parties)),
    }
    if gap > 0:
        out[f"{label}.rank_after"] = float(len({p.group for p in view.parties if anchor.last < p.first < party.first}))
        out[f"{label}.adjacent"] = float(party.phrase == anchor.last + 1)
    else:
        out[f"{label}.rank_before"] = float(len({p.group for p in view.parties if party.first < p.first < anchor.first}))
    for rank, theme in enumerate(anchor.themes[:2]):
        out[f"{label}.to_theme{rank}"] = clip(party.first - theme.last, 20)
    return out


def _remembered_features(view: View, party: Party, label: str) -> Features:
    """A party of an earlier sentence: only how recent and how frequent it is."""
    return {
        f"{label}.kind=context": 1.0,
        f"{label}.context_rank": float(-party.group),
        f"{label}.count": clip(max(view.counts.get(i, 0) for i in party.ids), 10),
        f"{label}.in_title": float(any(i in view.title_ids for i in party.ids)),
        f"{label}.in_previous": float(any(i in view.previous_ids for i in party.ids)),
    }


def _speaks(view: View, party: Party) -> float:
    """How near a verb of saying stands before the noun phrase (1 touching, falling), negative where it follows."""
    for i in view.saying:
        if 0 < party.phrase - i <= 3:
            return 1.0 / (party.phrase - i)
        if 0 < i - party.last <= 6 and view.clauses[i] == view.clauses[party.last]:
            return -1.0 / (i - party.last)
    return 0.0


def pair_features(
    view: View, anchor: Anchor, kind: Kind, supplier: Party | None, recipient: Party | None, odds: Sequence[float]
) -> Features:
    """A whole candidate; `odds` are what the role model gave the two parties for their roles."""
    out: Features = {f"claim={kind}": 1.0, "odds0": odds[0], "odds1": odds[1], "odds": odds[0] * odds[1]}
    rank = anchor.kinds.index(kind)
    out["kind_rank"] = float(rank)
    out["kinds"] = float(len(anchor.kinds))
    at = next((i for i, t in enumerate(anchor.themes) if kind in t.kinds), 9)
    out["kind_theme_rank"] = float(at)
    out["missing"] = float(supplier is None) + 2.0 * float(recipient is None)
    if supplier and recipient and supplier.first >= 0 and recipient.first >= 0:
        out["order"] = clip(recipient.first - supplier.first, 20)
        out["same_group"] = float(supplier.group == recipient.group)
        out["around"] = float((supplier.first < anchor.first) != (recipient.first < anchor.first))
    for label, party in (("s", supplier), ("r", recipient)):
        if party:
            out |= party_features(view, anchor, party, label)
    return out

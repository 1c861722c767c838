"""What a candidate pair looks like in its roles: the names that the claim model weighs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks.domain.claims.actors import Party
from tasks.domain.claims.anchors import Anchor
from tasks.domain.claims.features import FORMS, Names, View, capped, distance, fitting_roles, slot, theme_name, tier
from tasks.domain.claims.paths import pair_route_names, path

MARGIN = 3


def pair_names(
    view: View, anchor: Anchor, claim: str, left: Party | None, right: Party | None, odds: Sequence[float]
) -> Names:
    """A whole candidate; `odds` are what the role model gave the two parties for their roles.

    `claim` is the kind, with a final "~" where a kind that usually has a direction is mutual.
    """
    kind = claim
    missing = f"{'-' if left is None else 's'}{'-' if right is None else 'r'}"
    theme = theme_name(anchor.themes[0]) if anchor.themes else "none"
    plain: str = claim.rstrip("~")
    at = next((i for i, t in enumerate(anchor.themes[:4]) if plain in t.kinds), 9)
    low, product = min(odds), odds[0] * odds[1]
    out = [
        "bias", kind, f"{kind}/{anchor.name}", f"{kind}/{anchor.name}/{FORMS[anchor.form]}", f"{kind}/theme={theme}",
        f"{kind}/{anchor.name}/theme={theme}",
        f"{kind}/rank={_rank(anchor, plain)}", f"{kind}/theme_rank={at}",
        f"filled={missing}", f"{kind}/filled={missing}", f"low={_bucket(low)}", f"odds={_bucket(product)}",
        f"{kind}/odds={_bucket(product)}", f"filled={missing}/odds={_bucket(product)}",
        f"{anchor.name}/odds={_bucket(product)}", f"{kind}/lemma={anchor.lemma}",
    ]  # fmt: skip
    members = len({i for party in (left, right) if party for i in party.ids})
    out.append(f"{kind}/members={capped(members, 4)}/{missing}")
    out += [f"{kind}/{flag}" for flag in view.flags]
    out += [f"{kind}/in={word}" for word in _words_around(view, anchor, left, right)]
    if left and right:
        out += _relation(view, anchor, kind, left, right)
    for label, party in (("left", left), ("right", right)):
        if party:
            out += _brief(view, anchor, kind, party, label)
    return out


def _rank(anchor: Anchor, kind: str) -> str:
    """The place of the kind among those the anchor could have."""
    kinds: list[str] = [*anchor.kinds]
    return capped(kinds.index(kind), 3) if kind in kinds else "none"


def _words_around(view: View, anchor: Anchor, left: Party | None, right: Party | None) -> Iterator[str]:
    """The words of the stretch that holds the anchor and its parties, and three on either side."""
    places = [anchor.first, anchor.last]
    places += [at for party in (left, right) if party and party.first >= 0 for at in (party.first, party.last)]
    stretch = view.words[max(0, min(places) - MARGIN) : max(places) + MARGIN + 1]
    return (word for word in dict.fromkeys(stretch) if word)


def _bucket(odds: float) -> str:
    return next((f"<{bound}" for bound in (0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75) if odds < bound), "high")


def _relation(view: View, anchor: Anchor, kind: str, left: Party, right: Party) -> Iterator[str]:
    yield f"{kind}/{tier(left)}>{tier(right)}"
    yield f"{anchor.name}/{tier(left)}>{tier(right)}"
    if left.first < 0 or right.first < 0:
        yield "remembered"
        yield f"remembered/{kind}"
        return
    order = "left-right" if left.first < right.first else "right-left"
    roles = view.function(anchor, left), view.function(anchor, right)
    yield f"{anchor.name}/{roles[0]}+{roles[1]}"
    fits = "supplier" in tuple(fitting_roles(anchor, roles[0])), "recipient" in tuple(fitting_roles(anchor, roles[1]))
    yield f"fits={fits[0]}{fits[1]}"
    yield f"fits={fits[0]}{fits[1]}/{anchor.name}"
    yield f"{anchor.name}/{order}"
    yield f"{order}/{_sides(anchor, left, right)}/{FORMS[anchor.form]}"
    yield f"{anchor.name}/{_sides(anchor, left, right)}"
    yield f"same_group={left.group == right.group}/{kind}"
    yield f"clauses={capped(abs(view.clauses[left.first] - view.clauses[right.first]), 3)}"
    first, second = (left, right) if left.first < right.first else (right, left)
    yield from pair_route_names(path(view.marks, first.last, second.phrase), order, kind)
    yield f"span={distance(max(left.last, right.last, anchor.last) - min(left.first, right.first, anchor.first))}"


def _sides(anchor: Anchor, left: Party, right: Party) -> str:
    return "".join("a" if p.first > anchor.last else "b" for p in (left, right))


def _brief(view: View, anchor: Anchor, kind: str, party: Party, label: str) -> Iterator[str]:
    yield f"{label}/{party.kind}"
    yield f"{label}/{party.role}/{kind}"
    yield f"{label}/{tier(party)}"
    if party.first < 0:
        yield f"{label}/context/{anchor.name}"
        return
    s = slot(view, anchor, party)
    yield f"{label}/{anchor.name}/{s.side}/{s.prep}"
    yield f"{label}/{s.side}/{s.prep}/{s.rank}"
    yield f"{label}/clause={s.clause}"
    yield f"{label}/gap={s.side}{s.gap}"
    yield f"{label}/between={s.side}{s.between}"
    yield f"{label}/head={party.head}/{party.head_theme}"
    yield f"{label}/says={s.says}"
    if any(i in view.title_ids for i in party.ids):
        yield f"{label}/in_title"

"""Arabic spellings of designators such as F-16, Su-35 or MQ-9, made from the ways to write their letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from tasks.domain.lexicon.records import Rule
from tasks.domain.lexicon.spelling import atoms

_SHAPE = re.compile(r"([A-Za-z]{1,4})[- ]?(\d{1,4})[- ]?([A-Z]{0,3})(\d{0,2})")
DASHES = frozenset("-‐‑–")
_MANY = 200


@dataclass(frozen=True, slots=True)
class Letters:
    """How Arabic editors write Latin letters (`names`), and makers' prefixes that are read as a word (`prefixes`).

    `risky` are the folded spellings that are also everyday words ("في", "ان"): with a number they count only if a
    dash joins them.
    """

    names: Mapping[str, tuple[str, ...]]
    prefixes: Mapping[str, tuple[str, ...]]
    risky: frozenset[str]


def designator_forms(name: str, letters: Letters) -> Iterator[tuple[str, Rule | None]]:
    """Write a designator in Arabic letters in every usual way; nothing for names of another shape ("Rafale")."""
    shape = _SHAPE.fullmatch(name)
    if shape is None:
        return
    prefix, number, variant, variant_number = shape.groups()
    heads = _prefix_spellings(prefix, letters)
    tails = _letter_spellings(variant, letters) if variant else ("",)
    for head, tail in list(product(heads, tails))[:_MANY]:
        form = " ".join(part for part in (head, number, tail, variant_number) if part)
        is_risky = not tail and form.split()[0] in letters.risky and len(form.split()) == 2
        yield form, Rule(surface=DASHES) if is_risky else None


def _prefix_spellings(prefix: str, letters: Letters) -> tuple[str, ...]:
    return letters.prefixes[prefix] if prefix in letters.prefixes else _letter_spellings(prefix, letters)


def _letter_spellings(run: str, letters: Letters) -> tuple[str, ...]:
    """Spell a run of letters apart ("إم كيو") and, where it is short, in one ("إمكيو")."""
    options = [tuple(dict.fromkeys(atoms(name)[0] for name in letters.names[letter.upper()])) for letter in run]
    combinations = list(product(*options))
    apart = [" ".join(names) for names in combinations]
    joined = ["".join(names) for names in combinations] if 1 < len(run) <= 2 else []
    return tuple(dict.fromkeys(apart + joined))

"""Loading of the word tables of this package: TOML files, every form folded once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from tasks.domain.arabic.normalise import fold


@cache
def load_table(name: str) -> dict[str, Any]:
    """Read `data/arabic/<name>.toml` as it stands."""
    return tomllib.loads((files("tasks.domain") / "data" / "arabic" / f"{name}.toml").read_text(encoding="utf-8"))


def words(text: str) -> frozenset[str]:
    """Fold the blank-separated forms of one entry."""
    return frozenset(fold(form) for form in text.split())


def by_form(section: Mapping[str, str]) -> dict[str, float]:
    """Turn `value = "form form"` entries round: folded form to value."""
    return {form: float(value) for value, forms in section.items() for form in words(forms)}


def phrases(section: Mapping[str, Iterable[str]]) -> dict[tuple[str, ...], str]:
    """Turn `name = ["phrase", ...]` entries round: folded words to name."""
    return {tuple(fold(phrase).split()): name for name, listed in section.items() for phrase in listed}

"""Items in one line, for people: `30 aircraft رافال; 3.75e+09 EUR`."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.records import Item

_SIGNS = {"about": "~", "more_than": ">", "less_than": "<", "at_least": "≥", "up_to": "≤"}


def summarise_items(items: Sequence[Item]) -> str:
    return "; ".join(summarise_item(item) for item in items)


def summarise_item(item: Item) -> str:
    """Quantity, unit, category, model, calibre: only what is known."""
    calibre = f"{item.calibre_mm:g} mm" if item.calibre_mm is not None else None
    words = (_quantity(item), item.unit, item.category, item.designation, calibre)
    return " ".join(word for word in words if word)


def _quantity(item: Item) -> str | None:
    if item.low is None and item.high is None:
        return None
    if item.low is not None and item.high is not None and item.low != item.high:
        return f"{_number(item.low)}–{_number(item.high)}"
    return _SIGNS.get(item.qualifier or "", "") + _number(item.low if item.low is not None else item.high or 0.0)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"

"""Every state of ISO 3166-1 is found by its name, its adjectives and its capital; every territory by its name."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from tasks.domain.arabic.tokens import tokenise
from tasks.domain.lexicon import actors
from tasks.domain.lexicon.spelling import expand

DATA = files("tasks.domain") / "data" / "actors"


def states(name: str) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((DATA / name).read_text(encoding="utf-8"))["state"]
    return table


STATES = states("states.toml")
TERRITORIES = states("territories_cldr.toml")
UN_MEMBERS = 193


def found(text: str) -> list[tuple[str, str]]:
    return [(match.entry_id, match.role) for match in actors().match(tokenise(text))]


def test_all_members_of_the_united_nations_are_there() -> None:
    others = {"PSE", "TWN", "VAT", "XKX", "ESH", "GRL", "HKG", "MAC", "PRI"}
    assert len(STATES.keys() - others) == UN_MEMBERS


@pytest.mark.parametrize("code", sorted(STATES))
def test_name(code: str) -> None:
    assert (code, "state") in found(f"سافر إلى {STATES[code]['ar']} وفد")


@pytest.mark.parametrize("code", sorted(TERRITORIES))
def test_name_in_cldr(code: str) -> None:
    assert found(f"سافر إلى {TERRITORIES[code]['ar']} وفد") == [(code, "state")]


@pytest.mark.parametrize("code", sorted(STATES))
def test_adjective_of_an_army(code: str) -> None:
    for stem in STATES[code].get("adjectives", []):
        for adjective in expand(stem):
            definite = " ".join(f"ال{word}" for word in adjective.split())
            assert found(f"قال الجيش {definite} في جزر القمر")[0] == (code, "army"), adjective


@pytest.mark.parametrize("code", [code for code in sorted(STATES) if "capital" in STATES[code]])
def test_capital(code: str) -> None:
    for form in STATES[code]["capital"]["forms"]:
        pattern = form if isinstance(form, str) else form["is"]
        context = "" if isinstance(form, str) else " ".join(["", *form.get("sentence", [])[:1]])
        for spelling in expand(pattern):
            assert code in [entry for entry, _ in found(f"وفد في العاصمة {spelling} اليوم{context}")], spelling


@pytest.mark.parametrize(
    ("stem", "forms"),
    [
        ("روسي", "روسي روسية الروسي الروسية روسيين روسيون الروسيات الروسيتين روسيان الروس روس"),
        ("كوري شمالي", "كوري_شمالي كورية_شمالية الكوري_الشمالي الكوريين_الشماليين كوريون_شماليون"),
    ],
)
def test_inflections(stem: str, forms: str) -> None:
    code = {"روسي": "RUS", "كوري شمالي": "PRK"}[stem]
    for form in forms.split():
        assert found(f"وفد {form.replace('_', ' ')}") == [(code, "adjective")], form

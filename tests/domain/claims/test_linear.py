from __future__ import annotations

import pytest

from tasks.domain.claims.linear import Linear
from tasks.domain.claims.model import Model, dump_model, load_model, packaged_model


def test_odds_follow_the_weights() -> None:
    linear = Linear({"a": 2.0, "b": -2.0})
    assert linear.odds(["a", "b", "unknown"]) == pytest.approx(0.5)
    assert linear.odds(["a"]) > 0.8 > 0.2 > linear.odds(["b"])


def test_strongest_are_those_present_by_size() -> None:
    assert Linear({"a": 1.0, "b": -3.0, "c": 9.0}).strongest(["a", "b"], 1) == [("b", -3.0)]


def test_a_model_survives_its_file() -> None:
    roles = {role: Linear({"x": 0.5}) for role in ("supplier", "recipient", "participant")}
    model = Model(roles, Linear({"y": -0.25}), 0.4)
    assert load_model(dump_model(model)) == model


def test_the_packaged_model_is_small_and_whole() -> None:
    model = packaged_model()
    assert 0 < model.threshold < 1
    assert len(model.claim.weights) < 60_000

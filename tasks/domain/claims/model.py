"""The learned weights of the frame stage, loaded once from the packaged file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Literal

from tasks.domain.claims.calibration import Table
from tasks.domain.claims.linear import Linear
from tasks.domain.claims.net import Net, packaged_net
from tasks.domain.claims.trees import Forest, forest_from_json, forest_to_json
from tasks.domain.claims.triggers import DATA

FILE = "frames.json"
Role = Literal["supplier", "recipient", "participant"]
ROLES: tuple[Role, ...] = ("supplier", "recipient", "participant")


@dataclass(frozen=True, slots=True)
class Model:
    """A linear model per role, one for whole candidates, trees that set candidates side by side, and the threshold.

    `ranking` is None only while training, before the trees are learned; `calibration` turns a score into a share;
    `net` reads whole sentences.
    """

    roles: Mapping[str, Linear]
    claim: Linear
    threshold: float
    ranking: Forest | None = None
    calibration: Table = ()
    net: Net | None = None

    @property
    def reader(self) -> Net:
        """Its own network, or the shipped one."""
        return self.net or packaged_net()

    def role_odds(self, names: Iterable[str]) -> dict[Role, float]:
        listed = tuple(names)
        return {role: self.roles[role].odds(listed) for role in ROLES}


@cache
def packaged_model() -> Model:
    """The model shipped with the engine; training/claims writes it."""
    return replace(load_model(resources.files(DATA).joinpath(FILE).read_text(encoding="utf-8")), net=packaged_net())


def load_model(text: str) -> Model:
    data = json.loads(text)
    roles: dict[str, Linear] = {role: Linear(data["roles"][role]) for role in ROLES}
    ranking = forest_from_json(data["ranking"]) if data["ranking"] else None
    calibration = tuple((score, share) for score, share in data.get("calibration", ()))
    return Model(roles, Linear(data["claim"]), data["threshold"], ranking, calibration)


def dump_model(model: Model) -> str:
    """JSON, one value a line, rounded: the file is meant to be read and compared."""
    data = {
        "threshold": model.threshold,
        "roles": {role: _rounded(model.roles[role]) for role in ROLES},
        "claim": _rounded(model.claim),
        "ranking": forest_to_json(model.ranking) if model.ranking else None,
        "calibration": model.calibration,
    }
    return json.dumps(data, ensure_ascii=False, indent=None, separators=(",\n", ":"), sort_keys=True) + "\n"


def _rounded(linear: Linear) -> dict[str, float]:
    return {name: round(weight, 3) for name, weight in linear.weights.items() if abs(weight) >= 0.005}

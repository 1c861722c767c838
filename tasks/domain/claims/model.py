"""The learned tables of the frame stage, loaded once from the packaged file."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from tasks.domain.claims.trees import Forest
from tasks.domain.claims.triggers import DATA

FILE = "frames.npz"
ROLES = ("supplier", "recipient", "participant")


@dataclass(frozen=True)
class Model:
    """Three role models over one set of columns, the claim model, and the threshold that was best on the gold."""

    roles: tuple[Forest, ...]
    claim: Forest
    threshold: float

    def role_odds(self, rows: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """Probabilities, one line per role, one column per row."""
        matrix = self.roles[0].matrix(rows)
        return np.stack([forest.score(matrix) for forest in self.roles])

    def claim_odds(self, rows: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        return self.claim.score(self.claim.matrix(rows))


@cache
def packaged_model() -> Model:
    """The model shipped with the engine; training/claims writes it."""
    return load_model(resources.files(DATA).joinpath(FILE).read_bytes())


def load_model(data: bytes) -> Model:
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        meta = json.loads(bytes(arrays["meta"]).decode("utf-8"))
        roles = tuple(_forest(arrays, meta, role) for role in ROLES)
        return Model(roles, _forest(arrays, meta, "claim"), float(meta["threshold"]))


def save_model(model: Model) -> bytes:
    out = io.BytesIO()
    meta: dict[str, object] = {"threshold": model.threshold}
    arrays: dict[str, NDArray[np.generic]] = {}
    for name, forest in zip((*ROLES, "claim"), (*model.roles, model.claim), strict=True):
        meta[name] = {"columns": list(forest.columns), "base": forest.base, "depth": forest.depth}
        for field in ("feature", "threshold", "left", "right", "value"):
            arrays[f"{name}.{field}"] = getattr(forest, field)
    text = json.dumps(meta, ensure_ascii=False).encode("utf-8")
    np.savez_compressed(out, allow_pickle=False, meta=np.frombuffer(text, dtype=np.uint8), **arrays)
    return out.getvalue()


def _forest(arrays: Mapping[str, NDArray[np.generic]], meta: Mapping[str, Mapping[str, object]], name: str) -> Forest:
    about = meta[name]
    columns = about["columns"]
    assert isinstance(columns, list)
    parts = {field: arrays[f"{name}.{field}"] for field in ("feature", "threshold", "left", "right", "value")}
    return Forest(
        {str(column): i for i, column in enumerate(columns)},
        base=float(str(about["base"])),
        depth=int(str(about["depth"])),
        **parts,  # type: ignore[arg-type]
    )

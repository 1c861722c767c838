"""Write a trained model as one npz file that numpy alone can run: vectors as int8, the rest as float16."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from training.entities.train import Model

HEADS = ("gold", "anercorp")


def export(model: Model, folder: Path) -> Path:
    """Write `weights.npz`; every text inside is UTF-8 bytes, one item a line."""
    state = {name: value.numpy() for name, value in model.network.state_dict().items()}
    vectors = state.pop("vectors.weight")[2:]
    scale = np.abs(vectors).max(1) / 127 + 1e-9
    arrays = {name: value.astype("f2") for name, value in state.items() if _is_shipped(name)}
    arrays["vectors"] = np.round(vectors / scale[:, None]).astype("i1")
    arrays["vector_scale"] = scale.astype("f2")
    arrays["words"] = _lines(model.words)
    arrays["characters"] = _lines(sorted(model.encoder.characters, key=lambda c: model.encoder.characters[c]))
    for name, known in model.encoder.features.lists.items():
        arrays[f"lists.{name}"] = _lines(list(known))
    for head in HEADS:
        arrays[f"labels.{head}"] = _lines(list(model.labels[head]))
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / "weights.npz", **arrays)
    return folder / "weights.npz"


def _is_shipped(name: str) -> bool:
    return not name.startswith(("heads.", "transitions.")) or name.split(".")[1] in HEADS


def _lines(items: list[str]) -> np.ndarray:
    return np.frombuffer("\n".join(items).encode(), dtype="u1")

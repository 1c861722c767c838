"""The packaged weights file: an npz of arrays, the texts inside as UTF-8 bytes, one item a line."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from tasks.domain.entities.packing import Floats
from tasks.domain.entities.recurrent import Network, load_network
from tasks.domain.entities.viterbi import best_paths

FOLDER = "entity_model"


class WeightsError(ValueError):
    """A weights file that cannot be used; the message says what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class Head:
    """One way to label the words: a linear layer and the scores of going from label to label."""

    labels: tuple[str, ...]
    weight: Floats
    bias: Floats
    transitions: Floats

    def tag(self, states: Sequence[Floats]) -> list[list[tuple[str, float]]]:
        """Return for each sentence the best label of each word and the share that the word's own scores give it."""
        lengths = [len(each) for each in states]
        if not sum(lengths):
            return [[] for _ in states]
        scores = np.concatenate([each for each in states if len(each)]) @ self.weight + self.bias
        path = best_paths(scores, lengths, self.transitions)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = odds[np.arange(len(path)), path] / odds.sum(axis=1)
        tagged = [(self.labels[label], share) for label, share in zip(path.tolist(), shares.tolist(), strict=True)]
        return [tagged[end - length : end] for end, length in zip(accumulate(lengths), lengths, strict=True)]


@dataclass(frozen=True, slots=True)
class Weights:
    """The network, its heads by name, and the first characters of the file's SHA-256."""

    network: Network
    heads: dict[str, Head]
    version: str


def read_weights(content: bytes) -> Weights:
    """Read a weights file."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        lists = {name.removeprefix("lists."): _lines(arrays[name]) for name in arrays if name.startswith("lists.")}
        network = load_network(arrays, lists, _lines(arrays["words"]), _lines(arrays["characters"]))
        names = [name.removeprefix("labels.") for name in arrays if name.startswith("labels.")]
        heads = {name: _head(arrays, name) for name in names}
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        message = (
            f"tasks/domain/data/{FOLDER}/weights.npz cannot be read ({error}): train it again with training/entities"
        )
        raise WeightsError(message) from error
    return Weights(network, heads, hashlib.sha256(content).hexdigest()[:12])


def _head(arrays: dict[str, npt.NDArray[np.generic]], name: str) -> Head:
    weight, bias = arrays[f"heads.{name}.weight"], arrays[f"heads.{name}.bias"]
    return Head(
        tuple(_lines(arrays[f"labels.{name}"])),
        np.ascontiguousarray(weight.T, dtype=np.float32),
        bias.astype(np.float32),
        arrays[f"transitions.{name}"].astype(np.float32),
    )


def _lines(array: npt.NDArray[np.generic]) -> list[str]:
    return array.tobytes().decode("utf-8").split("\n")


def weights_path() -> Path:
    """Say where the packaged weights lie."""
    return Path(str(files("tasks.domain"))) / "data" / FOLDER / "weights.npz"


@cache
def packaged_weights() -> Weights:
    """Load the weights that come with the package, once."""
    return read_weights(weights_path().read_bytes())

"""The trained network run by numpy: what each word brings to the gates, then one BiLSTM over packed sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from tasks.domain.entities.features import FeatureMaker
from tasks.domain.entities.inputs import Arrays, WordGates, floats
from tasks.domain.entities.packing import Floats, Packing

BATCH_WORDS = 1024


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Both directions of the LSTM, (direction, hidden, gates), as `prepared` orders the gates."""

    weights: Floats

    def run(self, gates: Floats, packing: Packing) -> Floats:
        """Turn gate inputs (direction, packed place, gates) into hidden states (direction, packed place, hidden)."""
        size = self.weights.shape[1]
        out = np.empty((*gates.shape[:2], size), np.float32)
        hidden = np.zeros((2, _even(packing.steps[0][1]), size), np.float32)
        cell = np.zeros_like(hidden)
        for first, end in packing.steps:
            count = end - first
            now = (hidden[:, : _even(count)] @ self.weights)[:, :count]
            now += gates[:, first:end]
            np.tanh(now, out=now)
            shares = now[..., : 3 * size]
            shares *= 0.5
            shares += 0.5
            cell = cell[:, :count]
            cell *= shares[..., size : 2 * size]
            cell += shares[..., :size] * now[..., 3 * size :]
            hidden[:, :count] = out[:, first:end] = shares[..., 2 * size :] * np.tanh(cell)
        return out


def _even(rows: int) -> int:
    """Round up to what matrix products are fast for; what the further rows hold is left unused."""
    return -(-rows // 8) * 8


@dataclass(frozen=True, slots=True)
class Network:
    """The encoder shared by all heads."""

    words: Mapping[str, int]
    features: FeatureMaker
    inputs: WordGates
    recurrence: Recurrence

    def states(self, sentences: Sequence[Sequence[str]]) -> list[Floats]:
        """Return for each sentence the hidden states of its words (words, 2 x hidden)."""
        found: list[Floats] = [np.zeros((0, 0), np.float32)] * len(sentences)
        for batch in _batches([len(sentence) for sentence in sentences]):
            flat, at = self._run([sentences[place] for place in batch]), 0
            for place in batch:
                found[place] = flat[at : at + len(sentences[place])]
                at += len(sentences[place])
        return found

    def _run(self, sentences: Sequence[Sequence[str]]) -> Floats:
        packing = Packing.of([len(sentence) for sentence in sentences])
        words = [[self.features.word(text) for text in sentence] for sentence in sentences]
        flags = list(chain.from_iterable(map(self.features.sentence, words)))
        gates = self.inputs.gates(list(chain.from_iterable(words)), flags)
        half = gates.shape[1] // 2
        packed = np.stack([gates[packing.ahead, :half], gates[packing.behind, half:]])
        ahead, behind = self.recurrence.run(packed, packing)
        states = np.empty((len(gates), 2 * ahead.shape[1]), np.float32)
        states[packing.ahead, : ahead.shape[1]] = ahead
        states[packing.behind, ahead.shape[1] :] = behind
        return states


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Gather the places of sentences of much the same length, the longest first, so many that memory stays bounded."""
    batch: list[int] = []
    size = 0
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        if batch and size + lengths[place] > BATCH_WORDS:
            yield batch
            batch, size = [], 0
        if lengths[place]:
            batch.append(place)
            size += lengths[place]
    if batch:
        yield batch


def prepared(matrix: npt.NDArray[np.generic]) -> Floats:
    """Reorder torch's gates (input, forget, cell, output; last axis) to input, forget, output, cell.

    The first three are halved, so that their logistic function is half a hyperbolic tangent, as the fourth gate's is.
    """
    into, forget, cell, output = np.split(floats(matrix), 4, axis=-1)
    return np.concatenate([into / 2, forget / 2, output / 2, cell], axis=-1)


def load_network(
    arrays: Arrays, lists: Mapping[str, Sequence[str]], words: Sequence[str], characters: Sequence[str]
) -> Network:
    """Put the network together from the arrays of the weights file, named as torch names them."""
    rank = {word: at for at, word in enumerate(words)}
    sides = ("", "_reverse")
    biases = (floats(arrays[f"lstm.bias_ih_l0{side}"]) + floats(arrays[f"lstm.bias_hh_l0{side}"]) for side in sides)
    entering = np.concatenate([prepared(arrays[f"lstm.weight_ih_l0{side}"].T) for side in sides], axis=1)
    inputs = WordGates.load(arrays, rank, characters, entering, np.concatenate([prepared(bias) for bias in biases]))
    turning = np.stack([prepared(arrays[f"lstm.weight_hh_l0{side}"].T) for side in sides])
    return Network(rank, FeatureMaker(rank, lists), inputs, Recurrence(turning))

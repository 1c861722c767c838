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

BATCH_WORDS = 4096


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Both directions of the LSTM, (direction, hidden, gates), as `prepared` orders the gates."""

    weights: Floats

    def run(self, gates: Floats, packing: Packing) -> Floats:
        """Turn gate inputs (direction, packed place, gates) into hidden states (direction, packed place, hidden)."""
        size = self.weights.shape[1]
        out = np.empty((*gates.shape[:2], size), np.float32)
        hidden = np.zeros((2, packing.steps[0][1] if packing.steps else 0, size), np.float32)
        cell = hidden.copy()
        for first, end in packing.steps:
            hidden, cell = hidden[:, : end - first], cell[:, : end - first]
            now = gates[:, first:end] + hidden @ self.weights
            np.tanh(now, out=now)
            shares = now[..., : 3 * size]
            shares *= 0.5
            shares += 0.5
            cell = shares[..., size : 2 * size] * cell + shares[..., :size] * now[..., 3 * size :]
            hidden = shares[..., 2 * size :] * np.tanh(cell)
            out[:, first:end] = hidden
        return out


@dataclass(frozen=True, slots=True)
class Network:
    """The encoder shared by all heads."""

    words: Mapping[str, int]
    features: FeatureMaker
    inputs: WordGates
    recurrence: Recurrence

    def states(self, sentences: Sequence[Sequence[str]]) -> list[Floats]:
        """Return for each sentence the hidden states of its words (words, 2 x hidden)."""
        found: list[Floats] = []
        for batch in _batches(sentences):
            flat = self._run(batch)
            ends = np.cumsum([len(sentence) for sentence in batch])
            found += np.split(flat, ends[:-1])
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


def _batches(sentences: Sequence[Sequence[str]]) -> Iterator[Sequence[Sequence[str]]]:
    """Cut a long document so that memory stays bounded; a sentence stays whole."""
    begin, size = 0, 0
    for at, sentence in enumerate(sentences):
        if size and size + len(sentence) > BATCH_WORDS:
            yield sentences[begin:at]
            begin, size = at, 0
        size += len(sentence)
    if begin < len(sentences):
        yield sentences[begin:]


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

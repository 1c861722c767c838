"""The trained network run by numpy: embeddings, character CNN, BiLSTM, one linear head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tasks.domain.entities.features import MAX_CHARACTERS, FeatureMaker, Word
from tasks.domain.entities.viterbi import Floats

BATCH = 48
_REMEMBERED = 20_000
Arrays = Mapping[str, npt.NDArray[np.generic]]


def _floats(array: npt.NDArray[np.generic]) -> Floats:
    return np.ascontiguousarray(array, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction of the LSTM, its matrices transposed; gates in the order input, forget, cell, output."""

    inputs: Floats
    states: Floats
    bias: Floats

    @staticmethod
    def load(arrays: Arrays, suffix: str) -> Direction:
        """Take the matrices as torch names and orders them."""
        bias = _floats(arrays[f"lstm.bias_ih_l0{suffix}"]) + _floats(arrays[f"lstm.bias_hh_l0{suffix}"])
        inputs, states = arrays[f"lstm.weight_ih_l0{suffix}"], arrays[f"lstm.weight_hh_l0{suffix}"]
        return Direction(_floats(inputs.T), _floats(states.T), bias)

    def run(self, batch: Floats, lengths: Sequence[int]) -> Floats:
        """Run over `batch` (time, row, feature), rows sorted by falling length; padding stays zero."""
        time, rows, _ = batch.shape
        size = self.states.shape[0]
        gates = (batch.reshape(time * rows, -1) @ self.inputs + self.bias).reshape(time, rows, -1)
        hidden, cell = np.zeros((rows, size), np.float32), np.zeros((rows, size), np.float32)
        out = np.zeros((time, rows, size), np.float32)
        alive = [sum(length > step for length in lengths) for step in range(time)]
        for step, count in enumerate(alive):
            now = gates[step, :count] + hidden[:count] @ self.states
            into, forget, output = (_sigmoid(now[:, at * size : (at + 1) * size]) for at in (0, 1, 3))
            cell[:count] = forget * cell[:count] + into * np.tanh(now[:, 2 * size : 3 * size])
            hidden[:count] = output * np.tanh(cell[:count])
            out[step, :count] = hidden[:count]
        return out


def _sigmoid(values: Floats) -> Floats:
    """Compute the logistic function without overflow."""
    half: Floats = 0.5 * np.tanh(0.5 * values) + 0.5
    return half


@dataclass(slots=True)
class Network:
    """The encoder shared by all heads. `vectors` are int8 with one scale a row; rows 0 and 1 of torch are left out."""

    words: Mapping[str, int]
    characters: Mapping[str, int]
    features: FeatureMaker
    vectors: npt.NDArray[np.int8]
    scale: Floats
    letters: Floats
    filters: tuple[Floats, ...]
    filter_bias: Floats
    forward: Direction
    backward: Direction
    _spelled: dict[str, Floats] = field(default_factory=dict)

    def states(self, sentences: Sequence[Sequence[str]]) -> list[Floats]:
        """Return for each sentence the hidden states of its words (words, 2 x hidden)."""
        found: list[Floats] = [np.zeros((0, 0), np.float32)] * len(sentences)
        order = sorted((at for at in range(len(sentences)) if sentences[at]), key=lambda at: -len(sentences[at]))
        for begin in range(0, len(order), BATCH):
            chosen = order[begin : begin + BATCH]
            for at, states in zip(chosen, self._run([self._inputs(sentences[at]) for at in chosen]), strict=True):
                found[at] = states
        return found

    def _run(self, inputs: Sequence[Floats]) -> list[Floats]:
        lengths = [len(rows) for rows in inputs]
        ahead = np.zeros((lengths[0], len(inputs), inputs[0].shape[1]), np.float32)
        behind = np.zeros_like(ahead)
        for row, values in enumerate(inputs):
            ahead[: lengths[row], row] = values
            behind[: lengths[row], row] = values[::-1]
        left, right = self.forward.run(ahead, lengths), self.backward.run(behind, lengths)
        return [
            np.concatenate([left[:length, row], right[:length, row][::-1]], axis=1)
            for row, length in enumerate(lengths)
        ]

    def _inputs(self, sentence: Sequence[str]) -> Floats:
        words = [self.features.word(text) for text in sentence]
        flags = np.zeros((len(words), len(self.features.names)), np.float32)
        for at, known in enumerate(self.features.sentence(words)):
            flags[at, list(known)] = 1
        spelled = np.array([self._spell(word) for word in words], np.float32).reshape(len(words), -1)
        return np.concatenate(
            [self._embed([word.form for word in words]), self._embed([word.stem for word in words]), spelled, flags],
            axis=1,
        )

    def _embed(self, words: Sequence[str]) -> Floats:
        """Look words up; an unknown one is all zeros."""
        rows = np.array([self.words.get(word, -1) for word in words], dtype=np.int64)
        values: Floats = self.vectors[rows].astype(np.float32) * self.scale[rows][:, None]
        values[rows < 0] = 0
        return values

    def _spell(self, word: Word) -> Floats:
        known = self._spelled.get(word.form)
        if known is None:
            if len(self._spelled) >= _REMEMBERED:
                self._spelled.clear()
            known = self._spelled[word.form] = self._convolve(word.form)
        return known

    def _convolve(self, form: str) -> Floats:
        """Run three-letter filters over the letters and the padding behind them, as in a padded batch of training."""
        numbers = [self.characters.get(character, 1) for character in form[:MAX_CHARACTERS]] or [1]
        places = len(numbers) + 2
        padded = np.zeros((places + 2, self.letters.shape[1]), np.float32)
        padded[1 : len(numbers) + 1] = self.letters[numbers]
        values = sum(padded[offset : offset + places] @ kernel for offset, kernel in enumerate(self.filters))
        strongest: Floats = np.maximum(values + self.filter_bias, 0).max(axis=0)
        return strongest


def load_network(
    arrays: Arrays, lists: Mapping[str, Sequence[str]], words: Sequence[str], characters: Sequence[str]
) -> Network:
    """Put the network together from the arrays of the weights file."""
    kernel = arrays["filters.weight"]
    rank = {word: at for at, word in enumerate(words)}
    return Network(
        rank,
        {character: at + 2 for at, character in enumerate(characters)},
        FeatureMaker(rank, lists),
        arrays["vectors"].astype(np.int8, copy=False),
        _floats(arrays["vector_scale"]),
        _floats(arrays["characters.weight"]),
        tuple(_floats(kernel[:, :, at].T) for at in range(kernel.shape[2])),
        _floats(arrays["filters.bias"]),
        Direction.load(arrays, ""),
        Direction.load(arrays, "_reverse"),
    )

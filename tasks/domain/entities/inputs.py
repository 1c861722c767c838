"""What each word brings to the gates of the network: vectors, letters and list features.

All but the list features depends on the word alone and is remembered, for news repeats its words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt

from tasks.domain.entities.features import MAX_CHARACTERS, Word
from tasks.domain.entities.packing import Floats

REMEMBERED = 4096  # words, some 5 kB each
Arrays = Mapping[str, npt.NDArray[np.generic]]


def floats(array: npt.NDArray[np.generic]) -> Floats:
    """Read stored numbers as the 32-bit floats that are computed with."""
    return np.ascontiguousarray(array, dtype=np.float32)


@dataclass(slots=True)
class Letters:
    """The character CNN: three-letter filters over a word, of each the strongest place."""

    numbers: Mapping[str, int]
    vectors: Floats
    filters: Floats
    bias: Floats

    def spell(self, forms: Sequence[str]) -> Floats:
        """Return (words, filters); the padding behind a word counts, as in a padded batch of training."""
        spelled = [[self.numbers.get(letter, 1) for letter in form[:MAX_CHARACTERS]] or [1] for form in forms]
        places = max(map(len, spelled)) + 2
        padded = np.zeros((len(forms), places + 2), np.intp)
        for row, numbers in enumerate(spelled):
            padded[row, 1 : len(numbers) + 1] = numbers
        letters = self.vectors[padded]
        found = sum(letters[:, at : at + places] @ kernel for at, kernel in enumerate(self.filters))
        strongest: Floats = np.maximum(found.max(axis=1) + self.bias, 0)
        return strongest


@dataclass(slots=True)
class WordGates:
    """Gate inputs of words: `weights` of everything but the list features, `flag_weights` of those.

    `vectors` are int8 with one scale a row.
    """

    rank: Mapping[str, int]
    vectors: npt.NDArray[np.int8]
    scale: Floats
    letters: Letters
    weights: Floats
    flag_weights: Floats
    bias: Floats
    _rows: dict[str, int] = field(default_factory=dict)
    _table: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    @staticmethod
    def load(
        arrays: Arrays, rank: Mapping[str, int], characters: Sequence[str], weights: Floats, bias: Floats
    ) -> WordGates:
        """Take the arrays as torch names them; `weights` are the prepared matrices of both directions."""
        vectors, kernel = arrays["vectors"].astype(np.int8, copy=False), floats(arrays["filters.weight"])
        letters = Letters(
            {character: at + 2 for at, character in enumerate(characters)},
            floats(arrays["characters.weight"]),
            floats(kernel.transpose(2, 1, 0)),
            floats(arrays["filters.bias"]),
        )
        alone = 2 * vectors.shape[1] + kernel.shape[0]
        scale = floats(arrays["vector_scale"])
        return WordGates(rank, vectors, scale, letters, weights[:alone], weights[alone:], bias)

    def gates(self, words: Sequence[Word], flags: Sequence[Collection[int]]) -> Floats:
        """Return (words, gates of both directions); `flags` number the binary features of each word."""
        marks = np.zeros((len(words), len(self.flag_weights)), np.float32)
        marks[np.repeat(np.arange(len(words)), [len(each) for each in flags]), list(chain.from_iterable(flags))] = 1
        rows = self._rows_of(words)
        found: Floats = marks @ self.flag_weights
        found += self._table[rows]
        return found

    def _rows_of(self, words: Sequence[Word]) -> list[int]:
        new = {word.form: word for word in words if word.form not in self._rows}
        if len(self._rows) + len(new) > len(self._table):
            self._rows.clear()
            new = {word.form: word for word in words}
            self._table = np.empty((max(REMEMBERED, len(new)), len(self.bias)), np.float32)
        if new:
            begin = len(self._rows)
            self._table[begin : begin + len(new)] = self._project(list(new.values()))
            self._rows.update((form, begin + at) for at, form in enumerate(new))
        return [self._rows[word.form] for word in words]

    def _project(self, words: Sequence[Word]) -> Floats:
        forms = [word.form for word in words]
        parts = [self._embed(forms), self._embed([word.stem for word in words]), self.letters.spell(forms)]
        projected: Floats = np.concatenate(parts, axis=1) @ self.weights + self.bias
        return projected

    def _embed(self, words: Sequence[str]) -> Floats:
        """Look words up; an unknown one is all zeros."""
        rows = np.array([self.rank.get(word, -1) for word in words], dtype=np.intp)
        values: Floats = self.vectors[rows].astype(np.float32) * self.scale[rows][:, None]
        values[rows < 0] = 0
        return values

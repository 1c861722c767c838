"""The network that reads a sentence whole and says of every two actors what they do together: run by numpy.

Word vectors and properties are summed into one vector a place, two BiLSTM layers read them, and each pair of mentions
is scored for every kind, once with a direction and once without. training/claims/net.py trains it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from tasks.domain.claims.net_input import Marked, without_conjunction
from tasks.domain.claims.triggers import bare_forms
from tasks.domain.entities.packing import Packing
from tasks.domain.entities.recurrent import Recurrence, prepared
from warehouse.records import Kind

FOLDER = "tasks.domain.data.claims_net"
FILE = "weights.npz"
KINDS: tuple[Kind, ...] = (
    "arms_transfer", "military_aid", "agreement", "exercise", "deployment", "training", "technology", "intelligence",
    "consultation", "cooperation",
)  # fmt: skip
UNKNOWN = -6.0
NEAR = 6
STEPS = 12
LAYERS = 2
REMEMBERED_WORDS = 50_000
Floats = NDArray[np.float32]
Arrays = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True, eq=False)
class Verdict:
    """What the network says of one sentence: log-odds by actor, actor and kind; the first actor is nobody."""

    actors: tuple[str | None, ...]
    logits: Floats

    def directed(self, supplier: str | None, recipient: str | None, kind: Kind) -> float:
        """The log-odds that one supplies the other; None stands for nobody."""
        if supplier not in self.actors or recipient not in self.actors:
            return UNKNOWN
        at = self.actors.index(supplier), self.actors.index(recipient), KINDS.index(kind)
        return float(self.logits[at])

    def above(self, least: float) -> Iterator[tuple[str | None, str | None, Kind]]:
        """Suppliers, recipients and kinds of a direction that are at least so likely; one of the two may be nobody."""
        for supplier, recipient, kind in np.argwhere(self.logits[:, :, : len(KINDS)] >= least).tolist():
            if supplier != recipient:
                yield self.actors[supplier], self.actors[recipient], KINDS[kind]

    def kinds_above(self, least: float) -> list[Kind]:
        """The kinds of which something is at least so likely."""
        best = self.logits.max(axis=(0, 1))
        return [kind for at, kind in enumerate(KINDS) if max(best[at], best[at + len(KINDS)]) >= least]

    def together(self, members: Sequence[str], kind: Kind) -> float:
        """The log-odds that all of them take part, the mean over their pairs."""
        if any(member not in self.actors for member in members):
            return UNKNOWN
        places = sorted(self.actors.index(member) for member in members)
        if len(places) == 1:
            places = [0, *places]
        at = len(KINDS) + KINDS.index(kind)
        pairs = [(a, b) for n, a in enumerate(places) for b in places[n + 1 :]]
        return sum(float(self.logits[a, b, at]) for a, b in pairs) / len(pairs)


@dataclass(frozen=True, eq=False)
class Layer:
    """One BiLSTM layer; the columns of `entering` are the gates forwards, then backwards."""

    entering: Floats
    bias: Floats
    recurrence: Recurrence

    @staticmethod
    def load(arrays: Arrays, number: int) -> Layer:
        sides = [f"l{number}", f"l{number}_reverse"]
        entering = np.concatenate([prepared(arrays[f"rnn.weight_ih_{side}"].T) for side in sides], axis=1)
        biases = [
            arrays[f"rnn.bias_ih_{side}"].astype(np.float32) + arrays[f"rnn.bias_hh_{side}"].astype(np.float32)
            for side in sides
        ]
        turning = np.stack([prepared(arrays[f"rnn.weight_hh_{side}"].T) for side in sides])
        return Layer(entering, np.concatenate([prepared(bias) for bias in biases]), Recurrence(turning))

    def run(self, inputs: Floats, packing: Packing) -> Floats:
        """From vectors to states, both in the order of the text."""
        gates = inputs @ self.entering + self.bias
        half = gates.shape[1] // 2
        packed = np.stack([gates[packing.ahead, :half], gates[packing.behind, half:]])
        ahead, behind = self.recurrence.run(packed, packing)
        states = np.empty((len(gates), 2 * ahead.shape[1]), np.float32)
        states[packing.ahead, : ahead.shape[1]] = ahead
        states[packing.behind, ahead.shape[1] :] = behind
        return states


@dataclass(frozen=True, eq=False)
class Net:
    """`forms` and `stems` are the word vectors, already projected; `names` the vectors of the properties.

    `rows` remembers which vectors a word has.
    """

    words: Mapping[str, int]
    properties: Mapping[str, int]
    forms: Floats
    stems: Floats
    bias: Floats
    names: Floats
    layers: tuple[Layer, ...]
    heads: Mapping[str, Floats]
    rows: dict[str, tuple[int, int]] = field(default_factory=dict)

    def read(self, sentences: Sequence[Marked]) -> list[Verdict]:
        """One verdict a sentence."""
        if not sentences:
            return []
        lengths = [len(sentence.words) for sentence in sentences]
        states = np.maximum(np.concatenate([self._places(sentence) for sentence in sentences]), 0)
        packing = Packing.of(lengths)
        for layer in self.layers:
            states = layer.run(states, packing)
        ends = np.cumsum(lengths)
        return [
            self._verdict(sentence, states[end - length : end])
            for sentence, length, end in zip(sentences, lengths, ends.tolist(), strict=True)
        ]

    def _places(self, sentence: Marked) -> Floats:
        """One vector a place: the bias, the vectors of its word and stem, and those of its properties."""
        out: Floats = np.tile(self.bias, (len(sentence.words), 1))
        found = [(place, *self._rows(word)) for place, word in enumerate(sentence.words) if word]
        for column, table in ((1, self.forms), (2, self.stems)):
            known = [(one[0], one[column]) for one in found if one[column] >= 0]
            if known:
                places, rows = zip(*known, strict=True)
                out[list(places)] += table[list(rows)]
        self._add_properties(out, sentence.names)
        return out

    def _add_properties(self, out: Floats, names: Sequence[Sequence[str]]) -> None:
        numbers = self.properties
        listed = [[numbers[name] for name in one if name in numbers] for one in names]
        full = [place for place, one in enumerate(listed) if one]
        if full:
            starts = np.cumsum([0, *(len(listed[place]) for place in full[:-1])])
            out[full] += np.add.reduceat(self.names[[row for one in listed for row in one]], starts)

    def _rows(self, word: str) -> tuple[int, int]:
        """Where the vectors of the word and of its stem are, -1 where they have none."""
        known = self.rows.get(word)
        if known is None:
            if len(self.rows) >= REMEMBERED_WORDS:
                self.rows.clear()
            known = self.rows[word] = self.words.get(word, -1), stem_row(self.words, word)
        return known

    def _verdict(self, sentence: Marked, states: Floats) -> Verdict:
        actors = tuple(dict.fromkeys(actor for actor, _ in sentence.parties))
        owners = np.array([actors.index(actor) for actor, _ in sentence.parties])
        logits = np.full((len(actors), len(actors), 2 * len(KINDS)), UNKNOWN * 5, np.float32)
        np.maximum.at(logits, (owners[:, None], owners[None, :]), self._pairs(sentence, states))
        return Verdict(actors, logits)

    def _pairs(self, sentence: Marked, states: Floats) -> Floats:
        """The log-odds of every two mentions (mention, mention, kinds twice)."""
        heads = self.heads
        places = np.array([place for _, place in sentence.parties])
        found = states[places]
        left, right = found @ heads["bil"], found @ heads["bir"]
        inner = (found @ heads["a"] + heads["a_bias"])[:, None] + (found @ heads["b"] + heads["b_bias"])[None]
        inner += heads["dist"][gaps(places)] + (states.max(axis=0) @ heads["pool"] + heads["pool_bias"])
        inner += left[:, None] * right[None]
        out: Floats = np.maximum(inner, 0) @ heads["out"] + heads["out_bias"]
        return out


def stem_row(words: Mapping[str, int], word: str) -> int:
    """The row of the first of the word's bare forms that has a vector, -1 where none has."""
    whole = without_conjunction(word)
    return next((words[form] for form in (whole, *bare_forms(whole)) if form in words), -1)


def gaps(places: NDArray[np.intp]) -> NDArray[np.intp]:
    """The distance of every two places, in steps that widen; places further left count from `STEPS`."""
    gap = places[None, :] - places[:, None]
    size = np.abs(gap)
    far = NEAR + np.floor(np.log2(np.maximum(size, NEAR) / NEAR) * 1.6).astype(np.intp)
    steps = np.minimum(STEPS - 1, np.where(size < NEAR, size, far))
    found: NDArray[np.intp] = np.where(gap >= 0, steps, steps + STEPS)
    return found


def load_net(content: bytes) -> Net:
    """Read what `training.claims.net` wrote. The projection is folded into the word vectors."""
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    vectors = arrays["vectors"].astype(np.float32) * arrays["vector_scale"].astype(np.float32)[:, None]
    size = vectors.shape[1]
    projection = arrays["wv.weight"].astype(np.float32)
    words = {word: at for at, word in enumerate(_lines(arrays["words"]))}
    properties = {name: at for at, name in enumerate(_lines(arrays["properties"]))}
    layers = tuple(Layer.load(arrays, number) for number in range(LAYERS))
    return Net(
        words, properties, vectors @ projection[:, :size].T, vectors @ projection[:, size:].T,
        arrays["wv.bias"].astype(np.float32), arrays["emb.weight"].astype(np.float32), layers, _heads(arrays),
    )  # fmt: skip


def _heads(arrays: Arrays) -> dict[str, Floats]:
    heads = {name: arrays[f"{name}.weight"].astype(np.float32).T for name in ("a", "b", "pool", "out", "bil", "bir")}
    heads |= {f"{name}_bias": arrays[f"{name}.bias"].astype(np.float32) for name in ("a", "b", "pool", "out")}
    return heads | {"dist": arrays["dist.weight"].astype(np.float32)}


def _lines(array: NDArray[np.generic]) -> list[str]:
    return array.tobytes().decode().split("\n")


def packaged_bytes() -> bytes:
    """The file of the shipped network."""
    return resources.files(FOLDER).joinpath(FILE).read_bytes()


@cache
def packaged_net() -> Net:
    """The network shipped with the engine."""
    return load_net(packaged_bytes())

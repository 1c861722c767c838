"""Train the network of the frame stage: `python -m training.claims.net [--folds]`.

It learns from the development gold, the articles written for training and the made-up sentences. Word vectors are
those of the entity model (`tasks/domain/data/entity_model`, CC BY-SA 4.0), the most frequent ones. `--folds` trains it
without each fold as well, into var/training, for cross-validation; each takes some quarter of an hour of one core.
"""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from tasks.domain.claims.engine import Reading
from tasks.domain.claims.net import FILE, KINDS, STEPS, Net, gaps, load_net, stem_row
from tasks.domain.claims.net_input import Marked, mark
from training.claims.examples import FOLDS, MADE_UP, Sample, claims_in, load_gold, load_written, read_samples
from training.claims.patterns import made_up_articles
from training.claims.short import short_articles

ROOT = Path(__file__).parents[2]
OUT = ROOT / "tasks" / "domain" / "data" / "claims_net" / FILE
VECTORS = ROOT / "tasks" / "domain" / "data" / "entity_model" / "weights.npz"
FOLDED = ROOT / "var" / "training" / "claims"
WORDS = 20_000
SIZE, PAIR = 128, 128
EPOCHS, BATCH, RATE, DECAY = 16, 64, 4e-3, 0.01
DROPOUT, WORD_DROPOUT, PROPERTY_DROPOUT = 0.35, 0.15, 0.1
POSITIVE, MADE_UP_WEIGHT = 2.0, 0.4
LOWEST = -30.0
Batch = dict[str, Tensor]


@dataclass(frozen=True, eq=False)
class Example:
    """One sentence; `labels` and `counted` are by actor, actor and kind, as the verdict is."""

    sentence: Marked
    actors: tuple[str | None, ...]
    labels: NDArray[np.int8]
    counted: NDArray[np.int8]
    fold: int


@dataclass(frozen=True, eq=False)
class Vocabulary:
    words: Mapping[str, int]
    vectors: NDArray[np.int8]
    scale: NDArray[np.float16]
    properties: dict[str, int]

    def inputs(self, sentence: Marked) -> NDArray[np.float32]:
        """The vectors of the word and of its stem, side by side."""
        rows = np.array([self._rows(word) if word else (-1, -1) for word in sentence.words])
        values = self.vectors[rows].astype(np.float32) * self.scale[rows].astype(np.float32)[..., None]
        values[rows < 0] = 0
        found: NDArray[np.float32] = values.reshape(len(rows), -1)
        return found

    def _rows(self, word: str) -> tuple[int, int]:
        return self.words.get(word, -1), stem_row(self.words, word)


def example_of(sample: Sample, reading: Reading) -> Example:
    """Label every two actors of a sentence; what only optional claims say is not counted."""
    sentence = mark(reading.view, reading.parties)
    actors = tuple(dict.fromkeys(actor for actor, _ in sentence.parties))
    count = len(actors)
    labels, counted = (
        np.zeros((count, count, 2 * len(KINDS)), np.int8),
        np.ones((count, count, 2 * len(KINDS)), np.int8),
    )
    counted[np.arange(count), np.arange(count)] = 0
    counted[:, :, len(KINDS) :] *= np.triu(np.ones((count, count), np.int8))[:, :, None]
    claims = sorted(claims_in(sample, reading), key=lambda claim: not claim.get("optional"))
    for claim in claims:
        for cell in _cells(claim, actors):
            labels[cell] = not claim.get("optional")
            counted[cell] = not claim.get("optional")
    return Example(sentence, actors, labels, counted, sample.fold)


def _cells(claim: Mapping[str, Any], actors: Sequence[str | None]) -> Iterator[tuple[int, int, int]]:
    kind = KINDS.index(claim["kind"])
    if not claim["participants"]:
        if claim["supplier"] in actors and claim["recipient"] in actors:
            yield actors.index(claim["supplier"]), actors.index(claim["recipient"]), kind
        return
    places = sorted(actors.index(member) for member in claim["participants"] if member in actors)
    if len(claim["participants"]) == 1:
        places = [0, *places]
    for n, a in enumerate(places):
        for b in places[n + 1 :]:
            yield a, b, len(KINDS) + kind


class Scorer(nn.Module):
    """The network as torch has it; `load_net` reads its parameters by their names."""

    def __init__(self, properties: int, width: int) -> None:
        super().__init__()
        self.emb = nn.EmbeddingBag(properties + 1, SIZE, mode="sum", padding_idx=properties)
        nn.init.normal_(self.emb.weight, 0, 0.1)
        self.wv = nn.Linear(width, SIZE)
        self.drop = nn.Dropout(DROPOUT)
        self.rnn = nn.LSTM(SIZE, SIZE // 2, 2, bidirectional=True, batch_first=True, dropout=DROPOUT)
        self.a, self.b, self.pool = (nn.Linear(SIZE, PAIR) for _ in range(3))
        self.bil, self.bir = (nn.Linear(SIZE, PAIR, bias=False) for _ in range(2))
        self.dist = nn.Embedding(2 * STEPS, PAIR)
        self.out = nn.Linear(PAIR, 2 * len(KINDS))
        nn.init.constant_(self.out.bias, -4)

    def forward(self, batch: Batch) -> Tensor:
        """Log-odds (sentence, actor, actor, kinds twice)."""
        names = batch["names"]
        summed = self.emb(names.view(-1, names.shape[-1])).view(*names.shape[:2], -1)
        states = self._encode(self.drop(torch.relu(self.wv(batch["words"]) + summed)), batch["lengths"])
        pooled = states.masked_fill(~batch["inside"][:, :, None], -9).amax(dim=1)
        found = torch.gather(states, 1, batch["places"][:, :, None].expand(-1, -1, SIZE))
        inner = self.a(found)[:, :, None] + self.b(found)[:, None] + self.dist(batch["gaps"])
        inner = inner + self.pool(pooled)[:, None, None] + self.bil(found)[:, :, None] * self.bir(found)[:, None]
        return self._by_actor(self.out(self.drop(torch.relu(inner))), batch)

    def _encode(self, inputs: Tensor, lengths: Tensor) -> Tensor:
        packed = nn.utils.rnn.pack_padded_sequence(inputs, lengths, batch_first=True, enforce_sorted=False)
        states, _ = nn.utils.rnn.pad_packed_sequence(
            self.rnn(packed)[0], batch_first=True, total_length=inputs.shape[1]
        )
        dropped: Tensor = self.drop(states)
        return dropped

    def _by_actor(self, pairs: Tensor, batch: Batch) -> Tensor:
        """The best pair of mentions for every pair of actors."""
        known = batch["known"]
        pairs = pairs.masked_fill(~(known[:, :, None] & known[:, None])[..., None], LOWEST)
        owners, size = batch["owners"], batch["labels"].shape[1]
        cells = (owners[:, :, None] * size + owners[:, None]).view(len(pairs), -1, 1)
        flat = torch.full((len(pairs), size * size, pairs.shape[-1]), LOWEST)
        best = flat.scatter_reduce(1, cells.expand(-1, -1, pairs.shape[-1]), pairs.flatten(1, 2), "amax")
        return best.view(len(pairs), size, size, -1)


def batch_of(examples: Sequence[Example], vocabulary: Vocabulary, draw: random.Random) -> Batch:
    """Pad the sentences and drop some words and properties, so that none is leant on alone."""
    none = len(vocabulary.properties)
    count, time = len(examples), max(len(e.sentence.words) for e in examples)
    mentions, actors = (
        max(sizes) for sizes in zip(*((len(e.sentence.parties), len(e.actors)) for e in examples), strict=True)
    )
    widest = max(len(names) for e in examples for names in e.sentence.names)
    width = 2 * vocabulary.vectors.shape[1]
    words, names = np.zeros((count, time, width), np.float32), np.full((count, time, widest), none)
    places, owners = np.zeros((2, count, mentions), np.int64)
    known, inside = np.zeros((count, mentions), bool), np.zeros((count, time), bool)
    labels, counted = np.zeros((2, count, actors, actors, 2 * len(KINDS)), np.float32)
    for row, e in enumerate(examples):
        length, size, people = len(e.sentence.words), len(e.sentence.parties), len(e.actors)
        inside[row, :length] = known[row, :size] = True
        kept = np.array([[draw.random() > WORD_DROPOUT] for _ in range(length)])
        words[row, :length] = vocabulary.inputs(e.sentence) * kept
        for at, listed in enumerate(e.sentence.names):
            left = [vocabulary.properties[name] for name in listed if draw.random() > PROPERTY_DROPOUT]
            names[row, at, : len(left)] = left
        places[row, :size] = [place for _, place in e.sentence.parties]
        owners[row, :size] = [e.actors.index(actor) for actor, _ in e.sentence.parties]
        labels[row, :people, :people], counted[row, :people, :people] = e.labels, e.counted
    arrays = {
        "words": words, "names": names, "places": places, "owners": owners, "known": known, "inside": inside,
        "labels": labels, "counted": counted, "gaps": np.stack([gaps(row) for row in places]),
        "lengths": np.array([len(e.sentence.words) for e in examples]),
        "weights": np.array([MADE_UP_WEIGHT if e.fold == MADE_UP else 1.0 for e in examples], np.float32),
    }  # fmt: skip
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def fit(examples: Sequence[Example], vocabulary: Vocabulary, seed: int = 1) -> Scorer:
    """Train from scratch; the same seed and number of threads give the same network."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    model = Scorer(len(vocabulary.properties), 2 * vocabulary.vectors.shape[1])
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * -(-len(examples) // BATCH) + EPOCHS * 8
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.15)
    model.train()
    for _ in range(EPOCHS):
        for chosen in _batches(examples, draw):
            loss = _loss(model, batch_of(chosen, vocabulary, draw))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
    return model


def _loss(model: Scorer, batch: Batch) -> Tensor:
    losses = functional.binary_cross_entropy_with_logits(
        model(batch), batch["labels"], reduction="none", pos_weight=torch.tensor(POSITIVE)
    )
    total: Tensor = ((losses * batch["counted"]).sum(dim=(1, 2, 3)) * batch["weights"]).mean()
    return total


def _batches(examples: Sequence[Example], draw: random.Random) -> Iterator[list[Example]]:
    """Shuffled, with sentences of much the same length together."""
    order = list(examples)
    draw.shuffle(order)
    stretch = 8 * BATCH
    stretches = [
        sorted(order[at : at + stretch], key=lambda e: len(e.sentence.words)) for at in range(0, len(order), stretch)
    ]
    batches = [one[at : at + BATCH] for one in stretches for at in range(0, len(one), BATCH)]
    draw.shuffle(batches)
    yield from batches


def dump(model: Scorer, vocabulary: Vocabulary) -> bytes:
    """The file that `load_net` reads."""
    arrays: dict[str, Any] = {name: value.numpy().astype(np.float16) for name, value in model.state_dict().items()}
    arrays |= {"vectors": vocabulary.vectors, "vector_scale": vocabulary.scale}
    for name, lines in (("words", vocabulary.words), ("properties", vocabulary.properties)):
        arrays[name] = np.frombuffer("\n".join(lines).encode(), np.uint8)
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def read_vocabulary(examples: Sequence[Example]) -> Vocabulary:
    with np.load(VECTORS, allow_pickle=False) as stored:
        words = stored["words"].tobytes().decode().split("\n")[:WORDS]
        vectors, scale = stored["vectors"][:WORDS], stored["vector_scale"][:WORDS]
    properties = dict.fromkeys(name for e in examples for names in e.sentence.names for name in names)
    return Vocabulary(
        {word: at for at, word in enumerate(words)}, vectors, scale, {name: at for at, name in enumerate(properties)}
    )


def read_examples() -> list[Example]:
    """Every sentence to learn from, in the folds that `training.claims.frames` has."""
    samples = read_samples([*load_gold(), *load_written(), *short_articles()])
    samples += read_samples(made_up_articles(), fold=MADE_UP)
    return [example_of(sample, reading) for sample in samples for reading in sample.readings]


def folded_net(fold: int) -> Net:
    """The network that has not seen a fold; where it is not kept in var/training yet, it is trained now."""
    file = FOLDED / f"net-{fold}.npz"
    if not file.exists():
        train([fold])
    return load_net(file.read_bytes())


def train(folds: Sequence[int | None]) -> None:
    """Train the network without each of the folds; None stands for the one that is shipped."""
    torch.set_num_threads(1)
    examples = read_examples()
    vocabulary = read_vocabulary(examples)
    FOLDED.mkdir(parents=True, exist_ok=True)
    for fold in folds:
        file = OUT if fold is None else FOLDED / f"net-{fold}.npz"
        print(f"training {file}: some quarter of an hour", flush=True)
        chosen = [e for e in examples if fold is None or e.fold != fold]
        file.write_bytes(dump(fit(chosen, vocabulary), vocabulary))


def main() -> None:
    train(range(FOLDS) if "--folds" in sys.argv else [None])


if __name__ == "__main__":
    main()

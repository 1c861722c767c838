"""The network in torch: words, stems, letters and list features into a BiLSTM, one CRF head for each corpus."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from tasks.domain.entities.features import MAX_CHARACTERS, FeatureMaker

CHARACTER_SIZE = 30
CHARACTER_FILTERS = 60


@dataclass(frozen=True, slots=True)
class Encoded:
    """One sentence as numbers; `tags` index the labels of its head."""

    words: list[int]
    stems: list[int]
    characters: list[list[int]]
    flags: Sequence[Collection[int]]
    tags: list[int]


@dataclass(frozen=True, slots=True)
class Encoder:
    """Numbers words (0 padding, 1 unknown) and characters the same way."""

    features: FeatureMaker
    words: Mapping[str, int]
    characters: Mapping[str, int]

    def encode(self, words: Sequence[str], tags: Sequence[int] = ()) -> Encoded:
        """Encode one sentence; without tags every tag is the first label."""
        looked = [self.features.word(word) for word in words]
        return Encoded(
            [self.words.get(word.form, 1) for word in looked],
            [self.words.get(word.stem, 1) for word in looked],
            [[self.characters.get(c, 1) for c in word.form[:MAX_CHARACTERS]] or [1] for word in looked],
            self.features.sentence(looked),
            list(tags) or [0] * len(looked),
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences padded to one length."""

    words: Tensor
    stems: Tensor
    characters: Tensor
    flags: Tensor
    tags: Tensor
    mask: Tensor


def make_batch(sentences: Sequence[Encoded], flag_count: int) -> Batch:
    """Pad sentences into tensors."""
    rows, length = len(sentences), max(len(s.words) for s in sentences)
    widest = max(3, max(len(c) for s in sentences for c in s.characters))
    words, stems, tags = (np.zeros((rows, length), "i8") for _ in range(3))
    characters = np.zeros((rows, length, widest), "i8")
    flags, mask = np.zeros((rows, length, flag_count), "f4"), np.zeros((rows, length), "f4")
    for row, sentence in enumerate(sentences):
        size = len(sentence.words)
        words[row, :size], stems[row, :size], tags[row, :size] = sentence.words, sentence.stems, sentence.tags
        mask[row, :size] = 1
        for at in range(size):
            characters[row, at, : len(sentence.characters[at])] = sentence.characters[at]
            flags[row, at, list(sentence.flags[at])] = 1
    return Batch(*(torch.from_numpy(array) for array in (words, stems, characters, flags, tags, mask)))


class Network(nn.Module):
    """Frozen word vectors, a character CNN and binary features into one BiLSTM with several CRF heads."""

    def __init__(
        self,
        vectors: np.ndarray,
        character_count: int,
        flag_count: int,
        heads: Mapping[str, int],
        hidden: int,
        dropout: float,
    ) -> None:
        super().__init__()
        self.vectors: nn.Embedding = nn.Embedding.from_pretrained(  # type: ignore[no-untyped-call]
            torch.from_numpy(vectors), freeze=True
        )
        self.characters = nn.Embedding(character_count, CHARACTER_SIZE, padding_idx=0)
        self.filters = nn.Conv1d(CHARACTER_SIZE, CHARACTER_FILTERS, 3, padding=1)
        size = vectors.shape[1] * 2 + CHARACTER_FILTERS + flag_count
        self.dropout = nn.Dropout(dropout)
        self.lstm = nn.LSTM(size, hidden, batch_first=True, bidirectional=True)
        self.heads = nn.ModuleDict({name: nn.Linear(2 * hidden, count) for name, count in heads.items()})
        self.transitions = nn.ParameterDict(
            {name: nn.Parameter(torch.zeros(count, count)) for name, count in heads.items()}
        )

    def encode(self, batch: Batch) -> Tensor:
        """Give the hidden state of every word."""
        rows, length, widest = batch.characters.shape
        letters = self.characters(batch.characters.view(rows * length, widest)).transpose(1, 2)
        spelled = functional.relu(self.filters(letters)).max(2)[0].view(rows, length, -1)
        inputs = torch.cat([self.vectors(batch.words), self.vectors(batch.stems), spelled, batch.flags], -1)
        packed = nn.utils.rnn.pack_padded_sequence(
            self.dropout(inputs), batch.mask.sum(1).long(), batch_first=True, enforce_sorted=False
        )
        states, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        hidden: Tensor = self.dropout(states)
        return hidden

    def loss(self, batch: Batch, head: str) -> Tensor:
        """Give the mean negative log likelihood of the tags under the CRF of one head."""
        scores: Tensor = self.heads[head](self.encode(batch))
        transitions, tags, mask = self.transitions[head], batch.tags, batch.mask
        path = scores[:, 0].gather(1, tags[:, :1]).squeeze(1)
        total = scores[:, 0]
        for at in range(1, scores.shape[1]):
            step = scores[:, at].gather(1, tags[:, at : at + 1]).squeeze(1) + transitions[tags[:, at - 1], tags[:, at]]
            path = path + mask[:, at] * step
            following = torch.logsumexp(total.unsqueeze(2) + transitions.unsqueeze(0), 1) + scores[:, at]
            total = torch.where(mask[:, at].unsqueeze(1).bool(), following, total)
        return (torch.logsumexp(total, 1) - path).mean()

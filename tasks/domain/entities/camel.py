"""The tagger on an installed CAMeL model of named entities: a BERT fine-tuned on ANERcorp, loaded from disk, offline.

It replaces `camel_tools.ner.NERecognizer`, which pads every sentence to 256 pieces, loses the words that yield no
piece and gives no scores. Labels are the same on the same input.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasks.domain.arabic.document import Document
from tasks.domain.entities.clitics import clitics_before, document_forms
from tasks.domain.entities.features import FeatureMaker
from tasks.domain.entities.spans import decode, mention
from warehouse.records import Mention

MAX_WORD_PIECES = 32
# Pieces in one batch, padding included; small batches of like length are fastest on a processor.
BATCH_PIECES = 2048
_HASHED = 1 << 20

Tags = list[tuple[str, float | None]]


class CamelModelError(RuntimeError):
    """A model that is there but cannot be loaded; the message names the folder and the cure."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Part of a sentence that fits the model: word `words[i]` begins at piece `starts[i]`."""

    sentence: int
    pieces: tuple[int, ...]
    words: tuple[int, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CamelTagger:
    """One label for every word, whatever its length; `version` is the begin of the weights' SHA-256."""

    model: Any
    tokenizer: Any
    labels: tuple[str, ...]
    limit: int
    version: str
    features: FeatureMaker
    name: str = "camel"

    def tag_words(self, sentences: Sequence[Sequence[str]]) -> list[Tags]:
        """Return one (label, probability) for each word of each sentence; a word without pieces counts as unknown."""
        found: list[Tags] = [[("O", None)] * len(words) for words in sentences]
        chunks = sorted(self._chunks(sentences), key=lambda chunk: len(chunk.pieces))
        for batch in _batches(chunks):
            for chunk, row in zip(batch, self._run(batch), strict=True):
                for word, start in zip(chunk.words, chunk.starts, strict=True):
                    found[chunk.sentence][word] = row[start]
        return found

    def tag(self, document: Document) -> tuple[Mention, ...]:
        """Return the mentions in order, clitics left out of their spans."""
        tagged = self.tag_words([[token.text for token in sentence.tokens] for sentence in document.sentences])
        seen = document_forms(document)
        return tuple(
            mention(
                document, sentence, span, clitics_before(sentence.tokens, span.first, self.features, seen), self.name
            )
            for sentence, tags in zip(document.sentences, tagged, strict=True)
            for span in decode(tags)
        )

    def _chunks(self, sentences: Sequence[Sequence[str]]) -> Iterator[_Chunk]:
        for at, words in enumerate(sentences):
            pieces: list[int] = []
            placed: list[tuple[int, int]] = []
            for word, text in enumerate(words):
                new = self._pieces(text)
                if pieces and len(pieces) + len(new) > self.limit:
                    yield _chunk(at, pieces, placed)
                    pieces, placed = [], []
                placed.append((word, len(pieces) + 1))
                pieces += new
            if placed:
                yield _chunk(at, pieces, placed)

    def _pieces(self, text: str) -> list[int]:
        from camel_tools.utils.dediac import dediac_ar

        pieces = self.tokenizer.tokenize(dediac_ar(text))[: min(MAX_WORD_PIECES, self.limit)] or [
            self.tokenizer.unk_token
        ]
        return [int(number) for number in self.tokenizer.convert_tokens_to_ids(pieces)]

    def _run(self, batch: Sequence[_Chunk]) -> list[Tags]:
        import torch

        length = max(len(chunk.pieces) for chunk in batch) + 2
        numbers = torch.full((len(batch), length), self.tokenizer.pad_token_id or 0, dtype=torch.long)
        mask = torch.zeros((len(batch), length), dtype=torch.long)
        for row, chunk in enumerate(batch):
            pieces = [self.tokenizer.cls_token_id, *chunk.pieces, self.tokenizer.sep_token_id]
            numbers[row, : len(pieces)] = torch.tensor(pieces)
            mask[row, : len(pieces)] = 1
        with torch.inference_mode():
            shares, best = self.model(input_ids=numbers, attention_mask=mask).logits.softmax(-1).max(-1)
        return [
            [(self.labels[label], share) for label, share in zip(labels, row, strict=True)]
            for labels, row in zip(best.tolist(), shares.tolist(), strict=True)
        ]


def _chunk(sentence: int, pieces: Sequence[int], placed: Sequence[tuple[int, int]]) -> _Chunk:
    return _Chunk(sentence, tuple(pieces), tuple(word for word, _ in placed), tuple(start for _, start in placed))


def _batches(chunks: Sequence[_Chunk]) -> Iterator[Sequence[_Chunk]]:
    """Group chunks sorted by length so that no padded batch is larger than `BATCH_PIECES`."""
    begin = 0
    for end in range(1, len(chunks) + 1):
        is_full = end == len(chunks) or (end + 1 - begin) * (len(chunks[end].pieces) + 2) > BATCH_PIECES
        if is_full:
            yield chunks[begin:end]
            begin = end


def load_camel(path: Path, features: FeatureMaker) -> CamelTagger:
    """Load an installed model; nothing is downloaded, whatever is missing. `features` know which stems are words."""
    from transformers import BertForTokenClassification, BertTokenizer

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tokenizer = BertTokenizer.from_pretrained(path, local_files_only=True)
            model = BertForTokenClassification.from_pretrained(path, local_files_only=True)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        message = f"the CAMeL model in {path} cannot be loaded ({error}); delete it and install it again"
        raise CamelModelError(message) from error
    model.train(False)
    config: Any = model.config
    labels = tuple(str(config.id2label[number]) for number in range(config.num_labels))
    limit = min(int(config.max_position_embeddings), 512) - 2
    return CamelTagger(model, tokenizer, labels, limit, _hash_of(path), features)


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    weights = next(path / name for name in ("model.safetensors", "pytorch_model.bin") if (path / name).is_file())
    with weights.open("rb") as file:
        while block := file.read(_HASHED):
            digest.update(block)
    return digest.hexdigest()[:12]

"""Word vectors from unlabelled news: skip-gram over folded words, digits reduced to 0."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from tasks.domain.entities.features import word_form

SIZE = 100
MIN_COUNT = 3
EPOCHS = 12


def train_vectors(sentences: Callable[[], Iterable[list[str]]], seed: int, cache: Path) -> tuple[list[str], np.ndarray]:
    """Return the words, commonest first, and their vectors (words by SIZE), trained once and kept in `cache`."""
    if not cache.exists():
        # For training alone, so that the network can be tested without it.
        from gensim.models import Word2Vec

        model = Word2Vec(
            [[word_form(word) for word in sentence] for sentence in sentences()],
            vector_size=SIZE,
            window=3,
            min_count=MIN_COUNT,
            sg=1,
            negative=8,
            epochs=EPOCHS,
            workers=1,
            seed=seed,
        )
        np.savez_compressed(cache, words=np.array(model.wv.index_to_key), vectors=model.wv.vectors.astype("float32"))
    stored = np.load(cache)
    return [str(word) for word in stored["words"]], stored["vectors"]

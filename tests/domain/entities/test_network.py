"""The network as numpy runs it against torch, which trained it."""

from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
import torch

from tasks.domain.entities.embedded import EmbeddedTagger
from tasks.domain.entities.features import FeatureMaker
from tasks.domain.entities.weights import Weights, WeightsError, read_weights
from training.entities.export import export
from training.entities.network import Encoder, Network, make_batch
from training.entities.train import LABELS, Model

WORDS = ["قال", "الوزير", "في", "موسكو", "بوتين", "من", "000"]
SENTENCES = [
    ["قال", "الوزير", "في", "موسكو"],
    ["بوتين"],
    [
        "وبموسكو",
        "قال",
        "بوتين",
        "إن",
        "250",
        "صاروخا",
        "من",
        "طراز",
        "إف-16",
        "وصلت",
        "،",
        "وغادر",
        "الإسكندرية",
        "لاحقا",
        ".",
        "جدا",
    ],
]


def _model() -> Model:
    torch.manual_seed(3)
    lists = {"gazetteer": ["موسكو", "القاهرة"], "title": ["الوزير"], "person": ["بوتين", "قال بوتين"]}
    features = FeatureMaker({word: rank for rank, word in enumerate(WORDS)}, lists)
    vectors = np.random.default_rng(1).normal(size=(len(WORDS) + 2, 12)).astype("f4")
    vectors[:2] = 0
    characters = {letter: at + 2 for at, letter in enumerate("ابتقلوزيرفمسكن0-")}
    heads = {"gold": len(LABELS), "anercorp": len(LABELS)}
    network = Network(vectors, len(characters) + 2, len(features.names), heads, hidden=10, dropout=0.5)
    for transitions in network.transitions.values():
        torch.nn.init.normal_(transitions)
    encoder = Encoder(features, {word: at + 2 for at, word in enumerate(WORDS)}, characters)
    return Model(encoder, network.eval(), {"gold": LABELS, "anercorp": LABELS}, WORDS)


@pytest.fixture(scope="module")
def model() -> Model:
    return _model()


@pytest.fixture(scope="module")
def weights(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Weights:
    return read_weights(export(model, tmp_path_factory.mktemp("weights")).read_bytes())


def test_numpy_and_torch_agree(model: Model, weights: Weights) -> None:
    batch = make_batch([model.encoder.encode(sentence) for sentence in SENTENCES], len(model.encoder.features.names))
    with torch.inference_mode():
        expected = model.network.encode(batch).numpy()
    for row, states in enumerate(weights.network.states(SENTENCES)):
        assert states.shape == (len(SENTENCES[row]), 20)
        assert np.abs(states - expected[row, : len(states)]).max() < 0.02  # int8 vectors, float16 matrices


def test_a_sentence_is_tagged_the_same_alone_and_in_company(weights: Weights) -> None:
    tagger = EmbeddedTagger(weights)
    together = tagger.tag_words([*SENTENCES, [], *SENTENCES])
    alone = [tagger.tag_words([sentence])[0] for sentence in SENTENCES]
    labels = [[label for label, _ in tags] for tags in together]
    assert labels == [[label for label, _ in tags] for tags in [*alone, [], *alone]]


def test_the_path_is_the_best_of_all_paths(weights: Weights) -> None:
    head = weights.heads["gold"]
    states = weights.network.states([SENTENCES[0][:3]])[0]
    scores = states @ head.weight + head.bias

    def total(path: tuple[int, ...]) -> float:
        steps = sum(float(head.transitions[a, b]) for a, b in pairwise(path))
        return steps + sum(float(scores[at, label]) for at, label in enumerate(path))

    best = max(product(range(len(LABELS)), repeat=3), key=total)
    assert [label for label, _ in head.tag([states])[0]] == [head.labels[label] for label in best]


def test_the_version_is_that_of_the_content(weights: Weights, tmp_path: Path) -> None:
    assert len(weights.version) == 12
    torch.manual_seed(9)
    other = _model()
    assert read_weights(export(other, tmp_path).read_bytes()).version == weights.version
    with torch.no_grad():
        other.network.transitions["gold"].add_(1)
    assert read_weights(export(other, tmp_path).read_bytes()).version != weights.version


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_damaged_weights_name_the_file_and_the_cure(content: bytes) -> None:
    with pytest.raises(WeightsError, match=r"weights\.npz.*training/entities"):
        read_weights(content)

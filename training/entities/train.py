"""Train the entity tagger.

    python -m training.entities.train --data DATA --gold FILE... --work FOLDER --out tasks/domain/data/entity_model

DATA holds `ant/` (text files), `newsfane_wikifane/`, `anercorp/` and `names/`; README.md says where they come from.
The base model sees no gold; `--gold` fine-tunes it on labelled articles and writes the weights that are shipped.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from tasks.domain.entities.features import FeatureMaker, word_form
from training.entities import corpora
from training.entities.corpora import Tagged
from training.entities.export import export
from training.entities.lists import build_lists
from training.entities.names import name_lists
from training.entities.network import Encoded, Encoder, Network, make_batch
from training.entities.vectors import train_vectors

HIDDEN = 160
DROPOUT = 0.5
BATCH = 32
WORD_DROPOUT = 0.05
# Names that nobody has heard of are most of a newspaper's: in training, words as rare as names are often unknown.
RARE_DROPOUT = 0.3
RARE_RANK = 8000
VECTOR_NORM = 3.0
EPOCH_SENTENCES = 3000  # of each auxiliary corpus in one epoch
CHARACTERS = "ءابةتثجحخدذرزسشصضطظعغفقكلمنهويپچڤگآABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0.,-'/«»\"()،؛:!؟%"
LABELS = ("B-LOC", "B-MISC", "B-ORG", "B-PERS", "I-LOC", "I-MISC", "I-ORG", "I-PERS", "O")

Corpora = dict[str, list[Tagged]]


@dataclass(slots=True)
class Model:
    """A network with what turns sentences into its numbers; `labels` names the tags of each head."""

    encoder: Encoder
    network: Network
    labels: Mapping[str, Sequence[str]]
    words: list[str]

    def encode(self, head: str, sentences: Sequence[Tagged]) -> list[Encoded]:
        """Number the sentences of one corpus."""
        index = {label: at for at, label in enumerate(self.labels[head])}
        return [self.encoder.encode([w for w, _ in s], [index[t] for _, t in s]) for s in sentences if s]


def read_corpora(data: Path) -> Corpora:
    """Read what the base model learns from; the ANERcorp test part and its text in NewsFANE stay out."""
    fane = data / "newsfane_wikifane"
    return {
        "anercorp": corpora.read_anercorp(data / "anercorp" / "aner_train.txt"),
        "wikifane": corpora.read_fane(fane / "WikiFANE_Gold_2014_500K.txt"),
        "newsfane": corpora.read_fane(fane / "NewsFANE_Gold_2014_170K.txt", corpora.ANERCORP_TEST_IN_NEWSFANE),
    }


def build(data: Path, work: Path, states: Path, seed: int) -> tuple[Model, Corpora]:
    """Prepare vectors, lists and an untrained network."""
    texts = read_corpora(data)
    plain = [[w for w, _ in s] for name in ("wikifane", "anercorp") for s in texts[name]]
    words, vectors = train_vectors(lambda: [*corpora.plain_sentences(data / "ant"), *plain], seed, work / "vectors.npz")
    scaled = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9) * VECTOR_NORM
    table = np.concatenate([np.zeros((2, vectors.shape[1]), "f4"), scaled.astype("f4")])
    lists = _lists(work / "lists.json", states, data / "names" / "names.sqlite3", texts["wikifane"])
    features = FeatureMaker({word: rank for rank, word in enumerate(words)}, lists)
    numbers = {word: rank + 2 for rank, word in enumerate(words)}
    characters = {
        character: at + 2 for at, character in enumerate(dict.fromkeys(word_form(c) or c for c in CHARACTERS))
    }
    labels = {name: sorted({t for s in sentences for _, t in s}) for name, sentences in texts.items()}
    labels = labels | {"anercorp": list(LABELS), "gold": list(LABELS)}
    counts = {name: len(tags) for name, tags in labels.items()}
    network = Network(table, len(characters) + 2, len(features.names), counts, HIDDEN, DROPOUT)
    return Model(Encoder(features, numbers, characters), network, labels, words), texts


def _lists(cache: Path, states: Path, names: Path, wiki: Sequence[Tagged]) -> dict[str, list[str]]:
    """Build the name lists once: a base model is only right for the lists it was trained with."""
    if not cache.exists():
        lists = build_lists(states, Path(__file__).with_name("triggers.toml"), wiki) | name_lists(names)
        cache.write_text(json.dumps(lists, ensure_ascii=False), encoding="utf-8")
    stored: dict[str, list[str]] = json.loads(cache.read_text(encoding="utf-8"))
    return stored


def fit(
    model: Model,
    data: Mapping[str, Sequence[Encoded]],
    epochs: int,
    rate: float,
    limits: Mapping[str, int],
    log: bool = True,
) -> None:
    """Train with Adam on a falling rate; the weights are the average over the second half of the epochs."""
    network = model.network
    optimiser = torch.optim.Adam([p for p in network.parameters() if p.requires_grad], lr=rate)
    average: dict[str, torch.Tensor] = {}
    averaged = 0
    for epoch in range(epochs):
        network.train()
        began, losses = time.time(), list[float]()
        for group in optimiser.param_groups:
            group["lr"] = rate * max(0.05, 1 - epoch / epochs)
        for head, batch in _batches(data, limits):
            losses.append(_step(model, optimiser, head, batch))
        if epoch >= epochs // 2:
            averaged += 1
            for name, value in network.state_dict().items():
                average[name] = value.clone() if averaged == 1 else average[name] + (value - average[name]) / averaged
        if log:
            print(f"epoch {epoch} loss {np.mean(losses):.3f} seconds {time.time() - began:.0f}", flush=True)
    network.load_state_dict(average)


def _batches(data: Mapping[str, Sequence[Encoded]], limits: Mapping[str, int]) -> list[tuple[str, list[Encoded]]]:
    batches: list[tuple[str, list[Encoded]]] = []
    for head, sentences in data.items():
        chosen = random.sample(list(sentences), min(len(sentences), limits.get(head, len(sentences))))
        chosen.sort(key=lambda sentence: len(sentence.words) + random.random() * 6)
        batches += [(head, chosen[at : at + BATCH]) for at in range(0, len(chosen), BATCH)]
    random.shuffle(batches)
    return batches


def _step(model: Model, optimiser: torch.optim.Optimizer, head: str, sentences: Sequence[Encoded]) -> float:
    batch = make_batch(sentences, len(model.encoder.features.names))
    chance = torch.rand(batch.words.shape)
    for numbers in (batch.words, batch.stems):
        numbers[chance < torch.where(numbers > RARE_RANK, RARE_DROPOUT, WORD_DROPOUT)] = 1
    loss = model.network.loss(batch, head)
    optimiser.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(model.network.parameters(), 5.0)
    optimiser.step()
    return float(loss.item())


def train_base(model: Model, texts: Corpora, epochs: int, rate: float = 3e-3) -> None:
    """Train all heads but the gold one."""
    encoded = {head: model.encode(head, sentences) for head, sentences in texts.items()}
    fit(model, encoded, epochs, rate, {"wikifane": EPOCH_SENTENCES, "newsfane": EPOCH_SENTENCES})


def tune(model: Model, gold: Sequence[Tagged], texts: Corpora, epochs: int, rate: float = 1.5e-3) -> Model:
    """Return a copy fine-tuned on gold sentences, its gold head begun from the ANERcorp one.

    Half as much ANERcorp is mixed into every epoch, so that nothing general is forgotten.
    """
    tuned = copy.copy(model)
    tuned.network = copy.deepcopy(model.network)
    tuned.network.heads["gold"].load_state_dict(tuned.network.heads["anercorp"].state_dict())
    tuned.network.transitions["gold"].data.copy_(tuned.network.transitions["anercorp"].data)
    general = random.sample(texts["anercorp"], min(len(gold), len(texts["anercorp"])))
    encoded = {"gold": tuned.encode("gold", gold), "anercorp": tuned.encode("anercorp", general)}
    fit(tuned, encoded, epochs, rate, {"anercorp": len(gold) // 2}, log=True)
    return tuned


def gold_sentences(paths: Sequence[Path]) -> dict[str, list[Tagged]]:
    """Read labelled articles as tagged sentences, by article."""
    found: dict[str, list[Tagged]] = {}
    for path in paths:
        for name, document, spans in corpora.read_gold(path):
            found[name] = [corpora.tag_sentence(sentence, spans) for sentence in document.sentences]
    return found


def main() -> None:
    """Read the arguments, train, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--states", type=Path, default=Path("tasks/domain/data/actors/states.toml"))
    parser.add_argument("--out", type=Path, default=Path("tasks/domain/data/entity_model"))
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--tuning-epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    seed_everything(arguments.seed)
    model, texts = build(arguments.data, arguments.work, arguments.states, arguments.seed)
    base = arguments.work / "base.pt"
    if base.exists():
        model.network.load_state_dict(torch.load(base))
    else:
        train_base(model, texts, arguments.epochs)
        torch.save(model.network.state_dict(), base)
    gold = [sentence for sentences in gold_sentences(arguments.gold).values() for sentence in sentences]
    if gold:
        model = tune(model, gold, texts, arguments.tuning_epochs)
    export(model, arguments.out)
    print(json.dumps({"gold_sentences": len(gold), "out": str(arguments.out)}))


def seed_everything(seed: int) -> None:
    """Fix every random choice but the order of floating-point sums."""
    random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(1)


if __name__ == "__main__":
    main()

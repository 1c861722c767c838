"""Five-fold score on the development gold: each fifth is tagged by weights tuned on the other four.

The base model has seen no gold at all, so nothing of a tested article is in the weights that tag it. What was found is
kept in a file, one article a line, so that it can be scored again without training (`python -m evaluation.entities`).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

import torch

from tasks.domain.entities.combined import CombinedTagger
from tasks.domain.entities.embedded import EmbeddedTagger
from tasks.domain.entities.weights import read_weights
from training.entities.corpora import read_gold
from training.entities.evaluate import Found, score_found, tag_articles, write_found
from training.entities.export import export
from training.entities.train import build, gold_sentences, seed_everything, tune

FOLDS = 5


def main() -> None:
    """Tune, tag and score each fold, then print the sums: the whole tagger, and the network alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--states", type=Path, default=Path("tasks/domain/data/actors/states.toml"))
    parser.add_argument("--tuning-epochs", type=int, default=6)
    parser.add_argument("--also", type=Path, nargs="*", default=[], help="labelled articles to learn from in each fold")
    parser.add_argument("--out", type=Path, default=Path("evaluation/entities_found.jsonl"))
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    seed_everything(arguments.seed)
    model, texts = build(arguments.data, arguments.work, arguments.states, arguments.seed)
    model.network.load_state_dict(torch.load(arguments.work / "base.pt"))
    gold = gold_sentences(arguments.gold)
    names = sorted(gold)
    more = [sentence for sentences in gold_sentences(arguments.also).values() for sentence in sentences]
    articles = [article for path in arguments.gold for article in read_gold(path)]
    whole, alone = Found(), Found()
    for fold in range(FOLDS):
        tested = frozenset(names[fold::FOLDS])
        seen = [*more, *(sentence for name in names if name not in tested for sentence in gold[name])]
        tuned = tune(model, seen, texts, arguments.tuning_epochs)
        with TemporaryDirectory() as folder:
            weights = read_weights(export(tuned, Path(folder)).read_bytes())
        network = EmbeddedTagger(weights)
        combined = CombinedTagger((network,), rank=weights.network.words)
        fifth = [article for article in articles if article[0] in tested]
        alone |= tag_articles(network, fifth)
        whole |= tag_articles(combined, fifth)
        print(f"fold {fold}: {len(tested)} articles", flush=True)
    print("network alone\n" + score_found(alone, articles).table())
    print("whole tagger\n" + score_found(whole, articles).table())
    write_found(whole, arguments.out)


if __name__ == "__main__":
    main()

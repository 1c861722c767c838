"""Score the packaged tagger on labelled articles and on ANERcorp.

The packaged weights have seen the development gold: for an honest figure on it see folds.py. They have not seen the
test part of ANERcorp.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tasks.domain.entities.embedded import EmbeddedTagger
from tasks.domain.entities.tagger import Tagger, default_tagger
from training.entities.corpora import read_anercorp, read_gold
from training.entities.scores import Scores, bio_spans


def score_articles(tagger: Tagger, paths: Iterable[Path], only: frozenset[str] | None = None) -> Scores:
    """Score exact spans and labels over labelled articles, all or those whose id is in `only`."""
    scores = Scores()
    for path in paths:
        for name, document, spans in read_gold(path):
            if only is None or name in only:
                mentions = tagger.tag(document)
                gold = [((start, end), label) for start, end, label in spans]
                scores.add(gold, [((mention.start, mention.end), mention.label) for mention in mentions])
    return scores


def score_anercorp(tagger: EmbeddedTagger, path: Path) -> Scores:
    """Score the network alone on a file of words and tags."""
    sentences = read_anercorp(path)
    found = tagger.tag_words([[word for word, _ in sentence] for sentence in sentences])
    scores = Scores()
    for sentence, tags in zip(sentences, found, strict=True):
        scores.add(bio_spans(tag for _, tag in sentence), bio_spans(tag for tag, _ in tags))
    return scores


def speed(tagger: EmbeddedTagger, sentences: Sequence[Sequence[str]]) -> float:
    """Measure words a second of processor time, everything warm."""
    tagger.tag_words(sentences[:50])
    began = time.process_time()
    tagger.tag_words(sentences)
    return sum(map(len, sentences)) / (time.process_time() - began)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    parser.add_argument("--anercorp", type=Path)
    arguments = parser.parse_args()
    if arguments.gold:
        print("articles, whole tagger\n" + score_articles(default_tagger(), arguments.gold).table())
    if arguments.anercorp:
        tagger = EmbeddedTagger(head="anercorp")
        print("ANERcorp, network alone\n" + score_anercorp(tagger, arguments.anercorp).table())
        words = [[word for word, _ in sentence] for sentence in read_anercorp(arguments.anercorp)]
        print(f"words a second of processor time: {speed(tagger, words):,.0f}")


if __name__ == "__main__":
    main()

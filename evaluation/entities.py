"""How well names are found: the development articles in five folds, ANERcorp, speed.

    python -m evaluation.entities [--anercorp FILE] [--also FILE...]

The folds were tagged by weights that had not seen the article; what they found is kept beside this file, and
`python -m training.entities.folds` finds it anew. The packaged weights have seen all labelled articles of this project
but those of `--also`, and no part of ANERcorp's test file.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tasks.domain.entities.embedded import EmbeddedTagger
from tasks.domain.entities.tagger import default_tagger
from tasks.domain.entities.weights import packaged_weights, read_weights, weights_path
from training.entities.corpora import read_gold
from training.entities.evaluate import (
    Article,
    read_found,
    score_anercorp,
    score_anercorp_in_articles,
    score_found,
    speed,
    tag_articles,
)

GOLD = tuple(sorted(Path("tests/gold").glob("dev-*.jsonl")))
FOUND = Path(__file__).with_name("entities_found.jsonl")


def report(anercorp: Path | None, also: Sequence[Path]) -> Iterator[str]:
    """Give the tables, one text each."""
    articles = _articles(GOLD)
    yield f"{len(articles)} development articles, five folds\n" + score_found(read_found(FOUND), articles).table()
    for path in also:
        more = _articles([path])
        yield f"{path}\n" + score_found(tag_articles(default_tagger(), more), more).table()
    if anercorp is not None:
        tagger = EmbeddedTagger(head="anercorp")
        yield "ANERcorp, network alone\n" + score_anercorp(tagger, anercorp).table()
        yield "ANERcorp, with what 15 sentences tell of a name\n" + score_anercorp_in_articles(tagger, anercorp).table()
    yield _pace(articles)


def _articles(paths: Sequence[Path]) -> list[Article]:
    return [article for path in paths for article in read_gold(path)]


def _pace(articles: Sequence[Article]) -> str:
    """Measure in processor time of one core, once warm; a busy machine counts against it."""
    content = weights_path().read_bytes()
    began = time.process_time()
    read_weights(content)
    loading = (time.process_time() - began) * 1000
    sentences = [[t.text for t in sentence.tokens] for _, document, _ in articles for sentence in document.sentences]
    words = speed(EmbeddedTagger(packaged_weights()), sentences)
    tagger = default_tagger()
    tag_articles(tagger, articles)
    began = time.process_time()
    tag_articles(tagger, articles)
    whole = sum(map(len, sentences)) / (time.process_time() - began)
    return f"network {words:,.0f} tokens/s, whole tagger by article {whole:,.0f} tokens/s, loaded in {loading:.0f} ms"


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--anercorp", type=Path, help="ANERcorp's test file: a word, a blank and its tag a line")
    parser.add_argument("--also", type=Path, nargs="*", default=[], help="further labelled articles")
    arguments = parser.parse_args()
    for table in report(arguments.anercorp, arguments.also):
        print(table + "\n")


if __name__ == "__main__":
    main()

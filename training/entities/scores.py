"""Precision, recall and F1 of entity spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from tasks.domain.entities.spans import decode

LABELS = ("PERS", "LOC", "ORG", "MISC")


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts by label, summed over documents."""

    hits: Counter[str] = field(default_factory=Counter)
    misses: Counter[str] = field(default_factory=Counter)
    extras: Counter[str] = field(default_factory=Counter)

    def add(self, gold: Iterable[tuple[Hashable, str]], predicted: Iterable[tuple[Hashable, str]]) -> None:
        """Compare the (place, label) pairs of one document; both must agree."""
        wanted, given = set(gold), set(predicted)
        self.hits.update(label for _, label in wanted & given)
        self.misses.update(label for _, label in wanted - given)
        self.extras.update(label for _, label in given - wanted)

    def f1(self, label: str | None = None) -> float:
        """Give F1 of one label, or of all together."""
        return self.measures(label)[2]

    def measures(self, label: str | None = None) -> tuple[float, float, float]:
        """Give precision, recall and F1."""
        hits, misses, extras = (
            counts[label] if label else counts.total() for counts in (self.hits, self.misses, self.extras)
        )
        precision, recall = hits / max(1, hits + extras), hits / max(1, hits + misses)
        return precision, recall, 2 * hits / max(1, 2 * hits + misses + extras)

    def table(self) -> str:
        """Write one line a label and one for all."""
        lines = ["label      P      R     F1   gold"]
        for label in (*LABELS, None):
            precision, recall, f1 = self.measures(label)
            count = self.hits.total() + self.misses.total() if label is None else self.hits[label] + self.misses[label]
            lines.append(f"{label or 'micro':6} {precision:.3f}  {recall:.3f}  {f1:.3f}  {count:5}")
        return "\n".join(lines)


def bio_spans(tags: Iterable[str]) -> set[tuple[tuple[int, int], str]]:
    """Turn the BIO tags of a sentence into (first and last word, label)."""
    return {((span.first, span.last), span.label) for span in decode([(tag, None) for tag in tags])}

"""A linear model over named properties: the weight of a name, summed, through the logistic function."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


def logistic(total: float) -> float:
    """The probability for a sum of weights."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by name; what is not named weighs nothing."""

    weights: Mapping[str, float]

    def odds(self, names: Iterable[str]) -> float:
        """The probability of a candidate with these properties."""
        weights = self.weights
        return logistic(sum([weights[name] for name in names if name in weights]))

    def strongest(self, names: Iterable[str], count: int) -> list[tuple[str, float]]:
        """The properties that spoke loudest for or against it."""
        weighed = {name: self.weights[name] for name in names if name in self.weights}
        return sorted(weighed.items(), key=lambda pair: (-abs(pair[1]), pair[0]))[:count]

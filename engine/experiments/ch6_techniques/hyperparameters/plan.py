"""Which trials are planned, in which order, and with which rate and decay."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.experiments.ch6_techniques.hyperparameters.params import HyperparametersParams
from engine.nn.hyperparameter_search import grid_search, linear_scale, log_scale, random_search


@dataclass(frozen=True)
class Planned:
    """A trial to be done; ``key`` begins with its search and tells it apart from all others of a run."""

    key: tuple[object, ...]
    rate: float
    decay: float


class Plans:
    """The plan for any parameters that may change within a run: what is drawn for a trial does not depend on how many
    there are.
    """

    def __init__(self, most: int, random: np.random.Generator) -> None:
        self._drawn = random_search(most, random)
        self._order = random.uniform(size=most)

    def plan(self, params: HyperparametersParams) -> tuple[Planned, ...]:
        """All trials in their order; where there are two searches, they take turns."""
        rows = [self._search(params, search) for search in params.searches]
        return tuple(trial for turn in zip(*rows, strict=True) for trial in turn)

    def _search(self, params: HyperparametersParams, search: str) -> list[Planned]:
        count = params.count
        keys: list[tuple[object, ...]]
        shares, keys = self._drawn[:count], [("random", place) for place in range(count)]
        if search == "grid":
            # In an order by chance, or a search that is stopped early would have seen one side only.
            order = np.argsort(self._order[:count])
            shares, keys = grid_search(math.isqrt(count))[order], [("grid", count, place) for place in order.tolist()]
        scale = linear_scale if params.pitfall == "linear" else log_scale
        rates, decays = scale(shares[:, 0], *params.rate_range), scale(shares[:, 1], *params.decay_range)
        return [Planned(*one) for one in zip(keys, rates.tolist(), decays.tolist(), strict=True)]

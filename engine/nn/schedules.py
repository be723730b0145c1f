"""The learning-rate schedules: each is a function and a record, from which its field, texts, code and curves are
derived.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from engine.contract.text import Text


def constant(rate: float, update: int, total: int) -> float:
    """η_t = η: the same rate for every update, whatever ``update`` and ``total`` are."""
    return rate


def step_decay(rate: float, update: int, total: int) -> float:
    """η_t = η / 10^n for the update with index t = ``update`` from 0; n is how many of T/2 and 3T/4 have been passed.

    T is ``total``, the number of updates that are planned; after them n stays 2. So the rate is divided by ten at half
    and at three quarters of the way, as in He et al., arXiv:1512.03385, section 4.2 (at 32,000 and 48,000 of 64,000
    updates).
    """
    drops = (2 * update >= total) + (4 * update >= 3 * total)
    return rate / 10.0**drops


def cosine(rate: float, update: int, total: int) -> float:
    """η_t = η·(1 + cos(π·t/T)) / 2 for the update with index t = ``update`` from 0; 0 from T = ``total`` on.

    That is the schedule of Loshchilov and Hutter, arXiv:1608.03983, equation 5, down to 0 and without restarts.
    """
    if update >= total:
        return 0.0
    return rate * (1.0 + math.cos(math.pi * update / total)) / 2.0


def inverse_time(rate: float, update: int, total: int) -> float:
    """η_t = η / (1 + 9t/T) for the update with index t = ``update`` from 0: a tenth of η after T = ``total`` updates.

    That is the schedule of Robbins and Monro, whose rates add up without limit while their squares do not, in the form
    η / (1 + λt) of Bottou, "Stochastic Gradient Descent Tricks" (2012), section 5.2. There λ is weight decay times η;
    here it is chosen so that the run ends at a tenth.
    """
    return rate / (1.0 + 9.0 * update / total)


def warm_up(rate: float, update: int, total: int) -> float:
    """η_t = η·(t + 1)/W for the first W updates, a tenth of ``total`` but at least one, then ``cosine`` over the rest.

    t = ``update`` is the update's index from 0. The first update already has a small rate, and the W-th has the full
    rate η. The growth is the gradual warm-up of Goyal et al., arXiv:1706.02677, section 2.2; a cosine follows as in He
    et al., arXiv:1812.01187, section 5.1, and in "Dive into Deep Learning", section 12.11. These warm up for a
    twentieth to a quarter of the way; a tenth is the choice made here.
    """
    warm = max(1, round(total / 10))
    if update < warm:
        return rate * (update + 1) / warm
    return cosine(rate, update - warm, total - warm)


Rule = Callable[[float, int, int], float]
"""A schedule: ``rule(rate, update, total)`` is the learning rate of the update with this index (from 0), where
``total`` updates are planned, at least 1.
"""

_POINTS = 257
"""The number of points of a schedule's curve."""


@dataclass(frozen=True)
class ScheduleRecord:
    """A schedule: ``id`` is its value in parameters, ``name`` its name for people, and ``rule`` gives the rate of every
    update.
    """

    id: str
    name: Text
    rule: Rule

    def plan(self, total: int, reached: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """The curve of the schedule: update indices (K,), from 0 to ``total`` or, if larger, to ``reached``, and the
        share (K,) of the base rate that is used at each.
        """
        updates = np.unique(np.linspace(0, max(total, reached), _POINTS).round().astype(np.int64))
        return updates, np.array([self.rule(1.0, update, total) for update in updates.tolist()])


CONSTANT = "constant"

SCHEDULES: Mapping[str, ScheduleRecord] = MappingProxyType(
    {
        one.id: one
        for one in (
            ScheduleRecord(CONSTANT, Text("constant"), constant),
            ScheduleRecord("step", Text("in steps"), step_decay),
            ScheduleRecord("inverse", Text("like 1/t"), inverse_time),
            ScheduleRecord("cosine", Text("cosine"), cosine),
            ScheduleRecord("warm_up", Text("warm-up, then cosine"), warm_up),
        )
    }
)
"""All schedules by ``id``, the simplest first."""


def range_rates(low: float, high: float, count: int) -> np.ndarray:
    """The learning rates (count,) of a range test, from 10^low to 10^high, each larger than the last by the same
    factor.

    The test is that of Smith, arXiv:1506.01186, section 3.3, with rates that grow by factors instead of linearly, so
    that every power of ten gets as many batches.
    """
    return 10.0 ** np.linspace(low, high, count)


def smoothed(losses: np.ndarray, reach: int) -> np.ndarray:
    """The running mean (N,) of the losses (N,), each over up to ``reach`` losses on either side, fewer near both ends.

    Equally many are taken before and after, so that falls and rises are not shifted, except at the ends.
    """
    sums, at = np.concatenate([[0.0], np.cumsum(losses)]), np.arange(len(losses))
    first, end = np.maximum(at - reach, 0), np.minimum(at + reach + 1, len(losses))
    return (sums[end] - sums[first]) / (end - first)


def steepest_fall(rates: np.ndarray, losses: np.ndarray, reach: int) -> float | None:
    """The rate at which the loss falls fastest in a range test; None if it falls nowhere, or there are too few losses.

    The fall at a loss is the slope of the straight line, over log10 of the rates, that best fits it and ``reach``
    losses on either side, so that single batches hardly change it. Falls after the lowest running mean do not count:
    there the loss only recovers from a jump that too large a rate has caused.
    """
    aside = np.arange(-reach, reach + 1.0)
    if len(losses) < len(aside):
        return None
    lowest = int(np.argmin(smoothed(losses, reach)))
    falls = -np.correlate(losses, aside, "valid")[: max(1, lowest - reach + 1)]
    place = int(np.argmax(falls))
    return float(rates[place + reach]) if falls[place] > 0 else None


def loss_at_start(losses: np.ndarray, reach: int) -> float | None:
    """The mean of the first ``reach`` losses of a range test, at rates too small to have an effect; None if there are
    no losses.
    """
    return float(np.mean(losses[:reach])) if len(losses) else None


def rises_above_start(rates: np.ndarray, losses: np.ndarray, reach: int) -> float | None:
    """The first rate after the lowest running mean of the losses at which that mean is higher than at the start, so
    that larger steps do harm; None if it never is.
    """
    start = loss_at_start(losses, reach)
    if start is None:
        return None
    means = smoothed(losses, reach)
    lowest = int(np.argmin(means))
    above = np.flatnonzero(means[lowest:] > start)
    return float(rates[lowest + above[0]]) if len(above) else None

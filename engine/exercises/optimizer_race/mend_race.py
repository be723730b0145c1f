"""Repair exercise: a comparison of optimizers in which each starts from other random weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.book.optimizers import loss
from engine.contract.text import Text
from engine.exercises import giving
from engine.exercises.exercise import Check, Exercise, Inputs, Values
from engine.pieces.mistakes.optimizers import RACE_FAULT
from engine.pieces.piece import Piece

_chance = np.random.default_rng(0)


def _randn(*shape: int) -> np.ndarray:
    return _chance.normal(size=shape)


class _Racer:
    """Plain gradient descent that records its first weights (``start``), its current ones (``W``), and its calls
    (``asked``).
    """

    def __init__(self, rate: float) -> None:
        self._rate, self.asked = rate, 0
        self.start, self.W = np.full(4, np.nan), np.full(4, np.nan)

    def update(self, W: np.ndarray, grad: np.ndarray) -> None:
        self.asked += 1
        if self.asked == 1:
            self.start = W.copy()
        W -= self._rate * grad
        self.W = W


def _use(written: Any, rates: tuple[float, ...], updates: int) -> Values:
    """The outputs of a race between gradient descents with these learning rates; none depends on what is drawn.

    In order: each start minus the first one's, the updates of each, whether the start was random, the returned losses
    minus those at the final weights, and how far two of the same rate end apart, relative to the loss at the start.
    ``L`` is only for losses that are no array with one for each.
    """
    global _chance
    _chance = np.random.default_rng(0)
    racers = [_Racer(rate) for rate in rates]
    losses = written(racers, updates)
    if not isinstance(losses, np.ndarray) or losses.shape != (len(rates),):
        yield "L", losses
        return
    starts = [racer.start for racer in racers]
    yield "ΔW", np.array([start - starts[0] for start in starts])
    yield "updates", np.array([float(racer.asked) for racer in racers])
    yield "drawn", int(np.ptp(starts[0]) > 0)
    yield "losses − loss(W)", losses - np.array([loss(racer.W) for racer in racers])
    apart = losses - losses[[rates.index(rate) for rate in rates]]
    yield "ΔL", apart / (loss(starts[0]) or 1.0)
    yield "L", apart


def _between(*rates: float, updates: int = 5) -> Inputs:
    return {"rates": rates, "updates": updates}


EXERCISE = Exercise(
    id="mend_race",
    order=101,
    title=Text("a fair race"),
    task=Text(
        "This race says which optimizer ends with the smallest loss. Run twice, it names another winner; two that are "
        "quite alike do not end alike. Mend it."
    ),
    piece=Piece("optimizers.race"),
    use=_use,
    names={"updates": Text("updates"), "drawn": Text("drawn", context="samples")},
    gives=lambda: {"randn": _randn},
    counts={"randn": giving.of_shape},
    checks=(
        Check(Text("one optimizer alone"), lambda: _between(0.1), ("ΔW", "updates")),
        Check(Text("two that are alike end alike"), lambda: _between(0.1, 0.1), ("ΔW", "ΔL")),
        Check(Text("three begin at the same weights"), lambda: _between(0.1, 0.3, 0.05), ("ΔW",)),
        Check(
            Text("the first weights are drawn by chance"),
            lambda: _between(0.1, 0.3),
            ("ΔW", "updates", "drawn"),
        ),
        Check(
            Text("the losses are those at the end"),
            lambda: _between(0.1, 0.3),
            ("ΔW", "updates", "drawn", "losses − loss(W)"),
        ),
    ),
    hints=(
        Text("How often is randn called in a race of three?"),
        Text("The start is drawn once, before the loop. update changes the array which it is given."),
        Text("So each gets a copy of its own."),
    ),
    mends="unequal_start",
    fault=RACE_FAULT,
)

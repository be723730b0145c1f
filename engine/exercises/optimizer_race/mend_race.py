"""Repair exercise: a comparison of optimizers in which each starts from other random weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import counts
from engine.exercises.exercise import Check, Exercise, Inputs, Values
from engine.exercises.mending import Mending
from engine.experiments.ch6_techniques.optimizer_race.process import race_of
from engine.nn.optimizers import SGD

_SLOPES = np.array([0.1, 0.5, 1.0, 2.0])
_chance = np.random.default_rng(0)


def _randn(*shape: int) -> np.ndarray:
    return _chance.normal(size=shape)


def _loss(W: np.ndarray) -> float:
    return float(np.sum(_SLOPES * W**2) / 2)


def _gradient(W: np.ndarray) -> np.ndarray:
    return _SLOPES * W


def _given() -> Mapping[str, Any]:
    return {"randn": _randn, "loss": _loss, "gradient": _gradient}


class _Racer:
    """Plain gradient descent that records its first weights (``start``), its current ones (``W``), and its calls
    (``asked``).
    """

    def __init__(self, rate: float) -> None:
        self._descent, self.asked = SGD(rate), 0
        self.start: np.ndarray | None = None
        self.W = np.full(4, np.nan)

    def update(self, W: np.ndarray, grad: np.ndarray) -> None:
        self.asked += 1
        if self.start is None:
            self.start = W.copy()
        self._descent.update({"W": W}, {"W": grad})
        self.W = W


_LOOP = "    for optimizer in optimizers:\n"
_START = "        W = randn(4)\n"
_CODE = f"""    losses = []
{_LOOP}{_START}        for _ in range(updates):
            optimizer.update(W, gradient(W))
        losses.append(loss(W))
    return np.array(losses)
"""
_FAULTY = Text('def race(optimizers, updates):\n    """update changes W; randn, loss, gradient are given"""\n{code}')(
    code=_CODE
)
_MENDING = Mending("race", _FAULTY, _given)


def _ours(optimizers: Sequence[_Racer], updates: int) -> np.ndarray:
    first, losses = _randn(4), []
    for optimizer in optimizers:
        W = first.copy()
        for _ in range(updates):
            optimizer.update(W, _gradient(W))
        losses.append(_loss(W))
    return np.array(losses)


def _use(written: Any, rates: tuple[float, ...], updates: int) -> Values:
    """The outputs of a race between gradient descents with these learning rates.

    In order: each start minus the first one's, the updates of each, whether the start was random, the returned losses
    minus those at the final weights, the losses minus the first one's (relative to the loss at the start), and the
    losses relative to that loss.
    """
    global _chance
    _chance = np.random.default_rng(0)
    racers = [_Racer(rate) for rate in rates]
    losses = written(racers, updates)
    if not isinstance(losses, np.ndarray) or losses.shape != (len(rates),):
        yield "L", losses
        return
    starts = [racer.start if racer.start is not None else np.full(4, np.nan) for racer in racers]
    yield "ΔW", np.array([start - starts[0] for start in starts])
    yield "updates", np.array([float(racer.asked) for racer in racers])
    yield "drawn", int(np.ptp(starts[0]) > 0)
    yield "losses − loss(W)", losses - np.array([_loss(racer.W) for racer in racers])
    first = _loss(starts[0])
    yield "ΔL", np.array([loss - losses[0] for loss in losses]) / first if first else losses
    yield "L", losses / first if first else losses


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
    name="race",
    blank=_FAULTY,
    use=_use,
    names={"updates": Text("updates"), "drawn": Text("drawn", context="samples")},
    reference=_ours,
    given=_given,
    counts={"randn": counts.of_shape},
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
    ours=(race_of,),
    mistakes=(
        _MENDING.none(Text("Each begins at weights of its own: who is lucky begins further down.")),
        _MENDING.wrong(
            "shared",
            Text("There is only one array, whatever its names: the second begins where the first has ended."),
            (_START, ""),
            (_LOOP, "    W = randn(4)\n" + _LOOP),
        ),
        _MENDING.wrong(
            "zeros",
            Text("They do begin alike, but nothing is drawn: a start without chance tells little of the optimizers."),
            (_START, "        W = np.zeros(4)\n"),
        ),
        _MENDING.wrong(
            "one_update",
            Text("Each took a single step. The race has as many as updates says."),
            (_START, "        W = start.copy()\n"),
            (_LOOP, "    start = randn(4)\n" + _LOOP),
            ("range(updates)", "range(1)"),
        ),
        _MENDING.wrong(
            "of_the_start",
            Text("The losses are those of the start. What counts is where each has arrived."),
            (_START, "        W = start.copy()\n"),
            (_LOOP, "    start = randn(4)\n" + _LOOP),
            ("(loss(W))", "(loss(start))"),
        ),
        _MENDING.wrong(
            "turned",
            Text("The losses have the wrong sign: so the worst of all would win."),
            (_START, "        W = start.copy()\n"),
            (_LOOP, "    start = randn(4)\n" + _LOOP),
            ("(loss(W))", "(-loss(W))"),
        ),
    ),
    mends="unequal_start",
)

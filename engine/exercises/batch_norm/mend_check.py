"""Repair exercise: a gradient check of batch normalization that finds no fault in any layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.calculus.gradient_check import gradient_check
from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text
from engine.exercises import counts
from engine.exercises.exercise import Check, Exercise, Inputs, Search, Values
from engine.exercises.mending import Mending
from engine.exercises.normalizing import EPSILON
from engine.nn.layers import BatchNormalization

_FEATURES = 3
_NOTICED = 1e-4
_ENOUGH = 3
"""The fewest samples of a useful check: with two, x̂ is always +1 and −1, whatever the input."""
_chance = np.random.default_rng(0)


class _Layer:
    """The engine's batch normalization of three features, as the gradient check calls it.

    ``samples`` is the largest batch passed to it; ``alike`` is whether all samples were nearly equal each time.
    """

    def __init__(self) -> None:
        self._layer = BatchNormalization(np.full(_FEATURES, 1.5), np.zeros(_FEATURES), 0.9, EPSILON)
        self.samples, self.alike = 0, True

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.samples = max(self.samples, len(x))
        self.alike = self.alike and float(np.ptp(x, axis=0).max()) < 0.01
        return self._layer.forward(x)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        return self._layer.backward(dout)


class _Doubled(_Layer):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return 2 * super().backward(dout)


class _Turned(_Layer):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return -super().backward(dout)


class _FixedSpread(_Layer):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        down = dout * 1.5
        return (down - down.mean(axis=0)) / self._layer._deviation


_LAYERS = {"right": _Layer, "doubled": _Doubled, "turned": _Turned, "fixed_spread": _FixedSpread}


def _rand(*shape: int) -> np.ndarray:
    return _chance.random(shape)


def _given() -> Mapping[str, Any]:
    return {"rand": _rand, "numerical_gradient": numerical_gradient}


_X = "    x = rand(samples, 3)\n"
_CODE = f"""{_X}    weights = rand(samples, 3)
    layer.forward(x)
    dx = layer.backward(weights)

    def loss(x):
        return np.sum(weights * layer.forward(x))

    return np.max(np.abs(dx - numerical_gradient(loss, x)))
"""
_FAULTY = Text(
    'def difference(layer, samples=1):\n    """backward beside central differences; rand is given"""\n{code}'
)(code=_CODE)
_MENDING = Mending("difference", _FAULTY, _given)


def _ours(layer: Any, samples: int = 5) -> float:
    x, weights = _rand(samples, _FEATURES), _rand(samples, _FEATURES)
    layer.forward(x)
    dx = layer.backward(weights)
    return float(np.max(np.abs(dx - numerical_gradient(lambda x: float(np.sum(weights * layer.forward(x))), x))))


def _use(written: Any, layer: str, samples: int | None = None) -> Values:
    """Runs the learner's gradient check on a layer of ``_LAYERS``, whose gradients are right or wrong.

    Yields whether it found an error (None if it returned nothing), the size of its batch (at most ``_ENOUGH``), whether
    all rows of the batch were nearly equal, and the difference between gradients that it returned.
    """
    global _chance
    _chance = np.random.default_rng(0)
    looked_at = _LAYERS[layer]()
    found = written(looked_at) if samples is None else written(looked_at, samples)
    if found is None:
        yield "caught", None
        return
    yield "caught", int(found > _NOTICED)
    yield "N", min(looked_at.samples, _ENOUGH)
    yield "alike", int(looked_at.alike)
    yield "difference", found


def _layer(name: str) -> Inputs:
    return {"layer": name}


_LOOKED_AT = ("caught", "N", "alike")
EXERCISE = Exercise(
    id="mend_check",
    order=101,
    title=Text("a check that finds nothing"),
    task=Text(
        "This gradient check is content with every batch normalization, also with layers whose backward is wrong. The "
        "layers are as they are; mend the check."
    ),
    name="difference",
    blank=_FAULTY,
    use=_use,
    names={
        "caught": Text("caught"),
        "alike": Text("alike"),
        "difference": Text("difference", context="of two gradients"),
    },
    reference=_ours,
    given=_given,
    counts={"rand": counts.of_shape, "numerical_gradient": counts.of_differences},
    checks=(
        Check(Text("a layer that is right passes"), lambda: _layer("right"), ("caught",)),
        Check(Text("twice the gradient is caught"), lambda: _layer("doubled"), _LOOKED_AT),
        Check(Text("the wrong sign is caught"), lambda: _layer("turned"), _LOOKED_AT),
        Check(
            Text("a σ that is taken as fixed is caught"),
            lambda: _layer("fixed_spread"),
            _LOOKED_AT,
        ),
    ),
    hints=(
        Text("Normalize a batch of one sample by hand: x minus its mean. How does that depend on x?"),
        Text("If the output does not depend on x, every gradient is 0; twice 0, and minus 0, is 0, too."),
        Text("Two samples become +1 and −1, whatever they are. How many does it take?"),
    ),
    ours=(gradient_check,),
    mistakes=(
        _MENDING.none(Text("With one sample the output does not depend on x: all gradients are 0, right or wrong.")),
        _MENDING.wrong(
            "two",
            Text(
                "With two samples one becomes +1 and the other −1, whatever they are: all gradients are as good as 0."
            ),
            ("samples=1", "samples=2"),
        ),
        _MENDING.wrong(
            "alike",
            Text("All samples are alike, so after normalization there is nothing left of them."),
            ("samples=1", "samples=5"),
            (_X, "    x = np.ones((samples, 3))\n"),
        ),
        _MENDING.wrong(
            "equal_weights",
            Text("All outputs count the same in this loss. Their sum depends on β alone, not on x: the gradient is 0."),
            ("samples=1", "samples=5"),
            ("weights = rand(samples, 3)", "weights = np.ones((samples, 3))"),
        ),
        _MENDING.wrong(
            "answer",
            Text("This says True where both agree. What is asked for is how far they are apart."),
            ("samples=1", "samples=5"),
            ("np.max(np.abs(dx - numerical_gradient(loss, x)))", "np.allclose(dx, numerical_gradient(loss, x))"),
        ),
        _MENDING.wrong(
            "other_loss",
            Text(
                "The slopes are those of another loss: weights were handed to backward, so they belong into loss, too."
            ),
            ("samples=1", "samples=5"),
            ("np.sum(weights * layer.forward(x))", "np.sum(layer.forward(x))"),
        ),
        _MENDING.wrong(
            "sizes",
            Text("Only the largest numbers of both were compared. Gradients have to agree in every cell."),
            ("samples=1", "samples=5"),
            (
                "np.max(np.abs(dx - numerical_gradient(loss, x)))",
                "abs(np.max(np.abs(dx)) - np.max(np.abs(numerical_gradient(loss, x))))",
            ),
        ),
    ),
    mends="one_sample_check",
    search=Search(
        Text(
            "Find it first. One layer is right, the other gives twice the gradient: for how many samples N does this "
            "check tell them apart?"
        ),
        "N",
        lambda samples: {"layer": "doubled", "samples": samples},
        start=1,
        bounds=(1, 10),
        quantities=("difference",),
        beside=lambda samples: {"layer": "right", "samples": samples},
        sides=(Text("the wrong layer"), Text("the right one", context="layer")),
    ),
)

"""Exercise: He initialization, random weights for a layer before ReLU, in the shape of W."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import counts, returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.initializers import he, xavier


class _Draws:
    """Replaces a random generator: ``randn`` returns ``value`` for every element; ``count`` is how many were drawn."""

    def __init__(self) -> None:
        self.value, self.count = 1.0, 0

    def begin(self, value: float) -> None:
        """Sets the value that ``randn`` returns, which shows the factor of each weight, and resets ``count``."""
        self.value, self.count = value, 0

    def randn(self, *shape: int) -> np.ndarray:
        """An array of this shape, as ``np.random.randn`` returns."""
        self.count += int(np.prod(shape, dtype=int))
        return np.full(shape, self.value)


_DRAWS = _Draws()


def _ours(n: int, m: int) -> np.ndarray:
    return he(n) * _DRAWS.randn(n, m)


def _spread_by(std: Callable[[int, int], float]) -> Callable[[int, int], np.ndarray]:
    """Returns a function with a mistake: it uses another standard deviation, ``std(n, m)``."""
    return lambda n, m: std(n, m) * _DRAWS.randn(n, m)


def _use(written: Any, n: int, m: int, z: float) -> Values:
    _DRAWS.begin(z)
    yield "W", written(n, m)
    yield "drawn", _DRAWS.count


def _of(n: int, m: int, z: float) -> Inputs:
    return {"n": n, "m": m, "z": z}


def _at_work(written: Any) -> Mapping[Any, Any]:
    def yours(inputs: int) -> float:
        """The learner's function with the engine's signature.

        With 1 for every random number, each weight equals the standard deviation.
        """
        _DRAWS.begin(1.0)
        return float(returned.array(written(inputs, 1), (inputs, 1))[0, 0])

    return {he: yours}


EXERCISE = Exercise(
    id="he",
    order=2,
    title=Text("He: the first weights before ReLU"),
    task=Text(
        "ReLU makes 0 of half of the sums, so a layer's inputs keep half of their mean square. Draw the weights W "
        "(n, m) by randn, so wide that this is made up for. For the checks randn gives the same number z everywhere."
    ),
    name="he",
    blank=Text(
        '''def he(n, m):
    """n inputs, m neurons -> W (n, m)

    randn(n, m) is given: numbers with mean 0 and
    standard deviation 1, in any shape
    """
'''
    ),
    use=_use,
    names={"drawn": Text("numbers from randn")},
    reference=_ours,
    given=lambda: {"randn": _DRAWS.randn},
    counts={"randn": counts.of_shape},
    checks=(
        Check(Text("2 inputs, 3 neurons, z = 1"), lambda: _of(2, 3, 1.0), ("drawn", "W")),
        Check(Text("8 inputs, 2 neurons, z = 3"), lambda: _of(8, 2, 3.0), ("W",), hint=0),
        Check(Text("each weight is drawn by itself"), lambda: _of(3, 5, -2.0), hint=2),
        Check(Text("50 inputs, one neuron, z = −2"), lambda: _of(50, 1, -2.0)),
        Check(Text("the first layer for digits: 784 inputs, 50 neurons"), lambda: _of(784, 50, 1.0)),
    ),
    hints=(
        Text("If only half of the inputs' mean square arrives, how much larger must the variance of the weights be?"),
        Text("Numbers with standard deviation 1 become some with standard deviation σ when multiplied by it."),
        Text("randn takes the sides of the array one by one: rows are inputs, columns are neurons."),
    ),
    ours=(he,),
    mistakes=(
        Mistake(
            "xavier",
            _spread_by(lambda n, m: xavier(n)),
            Text("This is Xavier's. Before ReLU twice the variance is needed."),
        ),
        Mistake(
            "of_neurons",
            _spread_by(lambda n, m: he(m)),
            Text("This goes by the number of neurons. What a neuron sums up are its inputs: the rows of W."),
        ),
        Mistake(
            "variance",
            _spread_by(lambda n, m: 2 / n),
            Text("The numbers are multiplied by the variance. It takes its root, the standard deviation."),
        ),
        Mistake(
            "twice",
            _spread_by(lambda n, m: 2 * xavier(n)),
            Text("The standard deviation is doubled. It is the variance that is."),
        ),
        Mistake("unscaled", _spread_by(lambda n, m: 1.0), Text("The numbers of randn are left as they came.")),
        Mistake(
            "divided",
            _spread_by(lambda n, m: 1 / he(n)),
            Text("The numbers are divided by the standard deviation: the more inputs, the wider the weights."),
        ),
        Mistake(
            "added",
            lambda n, m: he(n) + _DRAWS.randn(n, m),
            Text("The standard deviation is added: that moves all weights, and makes them no wider or narrower."),
        ),
        Mistake(
            "turned",
            lambda n, m: _ours(n, m).T,
            Text("Rows and columns are exchanged: a row of W belongs to an input."),
            of_code=True,
        ),
        Mistake(
            "fixed",
            _spread_by(lambda n, m: 0.01),
            Text("The standard deviation is 0.01, whatever the layer's shape is."),
            of_code=True,
        ),
    ),
    by_hand=ByHand(
        Text("A layer has 50 inputs and 20 neurons, and for W[0,0] randn gave z = 3. What is W[0,0]?"),
        lambda: _of(50, 20, 3.0),
        "W",
        (0, 0),
    ),
    stage={"view": "train", "activation": "relu"},
    works_in=("initialization", "optimizer_race", "overfitting", "hyperparameters"),
    works_with={"optimizer_race": {}, "overfitting": {}, "hyperparameters": {}},
    at_work=_at_work,
)

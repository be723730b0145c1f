"""Exercise: He initialization, random weights for a layer before ReLU, in the shape of W."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text
from engine.exercises import giving
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.exercises.giving import Draws
from engine.pieces.piece import Piece

_DRAWS = Draws()


def _use(written: Any, n: int, m: int, z: float) -> Values:
    _DRAWS.begin(z)  # the same for every weight, which shows its factor
    yield "W", written(n, m)
    yield "drawn", _DRAWS.count


def _of(n: int, m: int, z: float) -> Inputs:
    return {"n": n, "m": m, "z": z}


EXERCISE = Exercise(
    id="he",
    order=2,
    title=Text("He: the first weights before ReLU"),
    task=Text(
        "ReLU makes 0 of half of the sums, so a layer's inputs keep half of their mean square. Draw the weights W "
        "(n, m) by randn, so wide that this is made up for. For the checks randn gives the same number z everywhere."
    ),
    piece=Piece("techniques.he"),
    use=_use,
    names={"drawn": Text("numbers from randn")},
    gives=lambda: {"randn": _DRAWS.randn},
    counts={"randn": giving.of_shape},
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
    by_hand=ByHand(
        Text("A layer has 50 inputs and 20 neurons, and for W[0,0] randn gave z = 3. What is W[0,0]?"),
        lambda: _of(50, 20, 3.0),
        "W",
        (0, 0),
    ),
    stage={"view": "train", "activation": "relu"},
    works_in=("initialization", "optimizer_race", "overfitting", "hyperparameters"),
    works_with={"optimizer_race": {}, "overfitting": {}, "hyperparameters": {}},
)

"""Exercise: the standard deviation of initial weights by Xavier, from the shape of W."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.pieces.piece import Piece


def _use(written: Any, n: int, m: int) -> Values:
    yield "σ", written(n, m)


def _of(n: int, m: int) -> Inputs:
    return {"n": n, "m": m}


EXERCISE = Exercise(
    id="xavier",
    order=1,
    title=Text("Xavier: how widely weights scatter"),
    task=Text(
        "Each of m neurons multiplies n inputs by its weights and sums up. Inputs and weights are independent, with "
        "mean 0. Write the standard deviation of W (n, m) with which the sums scatter as widely as the inputs."
    ),
    piece=Piece("techniques.xavier"),
    use=_use,
    checks=(
        Check(Text("4 inputs, one neuron"), lambda: _of(4, 1), hint=0),
        Check(Text("one input, 8 neurons"), lambda: _of(1, 8), hint=2),
        Check(Text("100 inputs, 100 neurons"), lambda: _of(100, 100)),
        Check(Text("50 inputs, 10 neurons"), lambda: _of(50, 10)),
        Check(Text("the first layer for digits: 784 inputs, 50 neurons"), lambda: _of(784, 50)),
    ),
    hints=(
        Text("Of independent numbers the variances add. How does the sum of n products scatter, compared with one?"),
        Text("n times the variance of the weights has to be 1. The standard deviation is the root of the variance."),
        Text("Every neuron has weights of its own. Does it matter to one of them how many others there are?"),
    ),
    by_hand=ByHand(
        Text("A layer of 30 neurons has 25 inputs. Which standard deviation do its weights need?"),
        lambda: _of(25, 30),
        "σ",
    ),
    stage={"view": "train", "activation": "tanh"},
    works_in=("initialization",),
)

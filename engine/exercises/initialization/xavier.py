"""Exercise: the standard deviation of initial weights by Xavier, from the shape of W."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.initializers import he, xavier


def _ours(n: int, m: int) -> float:
    return xavier(n)


def _use(written: Any, n: int, m: int) -> Values:
    yield "σ", written(n, m)


def _of(n: int, m: int) -> Inputs:
    return {"n": n, "m": m}


def _at_work(written: Any) -> Mapping[Any, Any]:
    def yours(inputs: int) -> float:
        """The learner's function with the engine's signature, which is given only the number of inputs."""
        return returned.number(written(inputs, inputs))

    return {xavier: yours}


EXERCISE = Exercise(
    id="xavier",
    order=1,
    title=Text("Xavier: how widely weights scatter"),
    task=Text(
        "Each of m neurons multiplies n inputs by its weights and sums up. Inputs and weights are independent, with "
        "mean 0. Write the standard deviation of W (n, m) with which the sums scatter as widely as the inputs."
    ),
    name="xavier",
    blank=Text(
        '''def xavier(n, m):
    """W (n, m): n inputs, m neurons -> a number"""
'''
    ),
    use=_use,
    reference=_ours,
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
    ours=(xavier,),
    mistakes=(
        Mistake(
            "of_neurons",
            lambda n, m: xavier(m),
            Text("This goes by the number of neurons. What a neuron sums up are its inputs: the rows of W."),
        ),
        Mistake(
            "variance",
            lambda n, m: 1 / n,
            Text("This is the variance. The standard deviation is its root."),
        ),
        Mistake("he", lambda n, m: he(n), Text("This is He's, made for ReLU, which lets only half of the sums pass.")),
        Mistake(
            "both",
            lambda n, m: math.sqrt(2 / (n + m)),
            Text("Inputs and neurons both count, as in the paper by Glorot and Bengio. In the book inputs alone do."),
        ),
        Mistake(
            "turned",
            lambda n, m: math.sqrt(n),
            Text("The more inputs, the wider these weights. They have to be the narrower."),
        ),
        Mistake(
            "of_all",
            lambda n, m: xavier(n * m),
            Text("All weights of the layer are counted. A neuron has one weight for each input."),
        ),
        Mistake(
            "of_sum",
            lambda n, m: xavier(n + m),
            Text("The neurons are counted, too. A neuron has one weight for each input, and no more."),
        ),
        Mistake(
            "fixed",
            lambda n, m: 0.01,
            Text("This is 0.01, whatever the layer's shape is."),
            of_code=True,
        ),
    ),
    by_hand=ByHand(
        Text("A layer of 30 neurons has 25 inputs. Which standard deviation do its weights need?"),
        lambda: _of(25, 30),
        "σ",
    ),
    stage={"view": "train", "activation": "tanh"},
    works_in=("initialization",),
    at_work=_at_work,
)

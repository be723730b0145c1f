"""Station 2: a network of two layers with ``predict``, ``loss`` and ``accuracy``."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Inputs, Values
from engine.exercises.returned import entry
from engine.own_network.station import NAMES, Activation, Station, form_of, network_with, probabilities

_WIDE = 10.0


def small(samples: int = 5) -> Inputs:
    """The parameters of a network of 3, 4 and 2 neurons with ordinary values, and a batch with one-hot labels.

    No sum of the hidden layer is near 0, the kink of ReLU.
    """
    drawn = np.random.default_rng(7)
    params = {"W1": drawn.normal(size=(3, 4)), "b1": np.array([0.3, -0.2, 0.5, 0.1]),
              "W2": drawn.normal(size=(4, 2)), "b2": np.array([0.2, -0.1])}  # fmt: skip
    candidates = drawn.normal(size=(200, 3))
    sums = candidates @ params["W1"] + params["b1"]
    x = candidates[np.min(np.abs(sums), axis=1) > 0.05][:samples]
    return {**params, "x": x, "t": np.eye(2)[np.array([0, 1, 1, 0, 1, 0, 0, 1])[:samples]]}


def _begun(written: Any, sizes: tuple[int, int, int]) -> Values:
    """Yields the shapes of a new network's arrays, and their roughly rounded standard deviations."""
    network = written.TwoLayerNet(*sizes)
    held = network.params
    for name in NAMES:
        yield name, form_of(entry(held, name))
    for name in ("W1", "W2"):
        yield f"spread of {name}", min(_WIDE, float(np.round(2 * np.std(held[name]) / 0.01)) / 2)
    for name in ("b1", "b2"):
        yield f"{name} at first", np.array(held[name])


def _use(written: Any, sizes: Any = None, x: Any = None, t: Any = None, **params: np.ndarray) -> Values:
    if sizes is not None:
        yield from _begun(written, sizes)
        return
    network = network_with(written, params)
    before = network.predict(x)
    network.params["W2"][...] = -params["W2"]
    yield "moved", float(not np.array_equal(before, network.predict(x)))
    network.params["W2"][...] = params["W2"]
    yield "y", probabilities(network.predict(x))
    yield "y, one by one", np.concatenate([np.atleast_2d(probabilities(network.predict(one[None]))) for one in x])
    yield "loss", network.loss(x, t)
    yield "accuracy", network.accuracy(x, t)


def station(activation: Activation) -> Station:
    """Makes station 2 for networks with this activation in the hidden layer."""
    return Station(
        id="network_answers",
        order=2,
        needs=(1,),
        title=Text("A network that answers"),
        task=Text(
            "Write the class TwoLayerNet, with its arrays in params, and with predict, loss and accuracy. It has "
            "learned nothing yet: of ten digits it reads about one."
        ),
        does="reads",
        use=_use,
        activation=activation,
        checks=(
            Check(Text("four arrays in params, each of the right shape"), lambda: {"sizes": (4, 3, 2)}, NAMES),
            Check(
                Text("weights begin small and random, biases at 0"),
                lambda: {"sizes": (60, 50, 40)},
                ("spread of W1", "spread of W2", "b1 at first", "b2 at first"),
                by_chance=True,
            ),
            Check(Text("predict computes with the arrays in params"), small, ("moved",)),
            Check(Text("predict, with given numbers in params"), small, ("y",), tolerance=1e-5),
            Check(
                Text("a batch gives the same as its samples one by one"), small, ("y", "y, one by one"), tolerance=1e-5
            ),
            Check(Text("the loss of a batch"), small, ("loss",), tolerance=1e-5),
            Check(Text("the loss of another batch"), lambda: small(8), ("loss",), tolerance=1e-5),
            Check(Text("accuracy"), small, ("accuracy",)),
            Check(Text("accuracy of another batch"), lambda: small(8), ("accuracy",)),
        ),
        hints=(
            Text("np.random.randn(3, 4) draws an array of that shape; times weight_init_std its numbers are small."),
            Text("predict goes forward through both layers with the functions of station 1, as in chapter 3."),
            Text("loss and accuracy call self.predict. Along which axis does argmax find the class of a sample?"),
        ),
        names={
            "moved": Text("whether other numbers in params change the answer (1: they do)"),
            "y, one by one": Text("y, one by one"),
            "spread of W1": Text("the spread of W1, as a multiple of weight_init_std (10 stands for 10 or more)"),
            "spread of W2": Text("the spread of W2, as a multiple of weight_init_std (10 stands for 10 or more)"),
            "b1 at first": Text("b1 at the beginning"),
            "b2 at first": Text("b2 at the beginning"),
        },
        defines=("TwoLayerNet", "TwoLayerNet.predict", "TwoLayerNet.loss", "TwoLayerNet.accuracy"),
    )

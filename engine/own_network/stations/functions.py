"""Station 1: the functions of chapters 3 and 4 that a network needs."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Inputs, Values
from engine.own_network.station import Activation, Station


def _use(written: Any, x: Any = None, a: Any = None, y: Any = None, t: Any = None) -> Values:
    if x is not None:
        yield "sigmoid", written.sigmoid(x)
    if a is not None:
        yield "softmax", written.softmax(a)
    if y is not None:
        yield "E", written.cross_entropy_error(y, t)


def _batch(one_hot: bool) -> Inputs:
    classes = np.array([1, 3, 0])
    return {"y": [[0.1, 0.6, 0.2, 0.1], [0.3, 0.3, 0.2, 0.2], [0.7, 0.1, 0.1, 0.1]],
            "t": np.eye(4)[classes] if one_hot else classes}  # fmt: skip


def _square() -> Inputs:
    return {"y": [[0.2, 0.7, 0.1], [0.5, 0.3, 0.2], [0.1, 0.1, 0.8]], "t": np.array([1, 0, 2])}


def _scores(samples: int, classes: int) -> Inputs:
    return {"a": np.random.default_rng(samples).normal(0, 2, (samples, classes))}


def station(activation: Activation) -> Station:
    """Makes station 1 for networks with this activation in the hidden layer."""
    return Station(
        id="network_functions",
        order=1,
        title=Text("Three functions"),
        task=Text(
            "Begin your file with sigmoid, softmax and cross_entropy_error. softmax has to work row by row, with "
            "large scores too; the error is the mean over the batch, with 1e-7 added inside the logarithm, and takes "
            "labels one-hot or as class numbers."
        ),
        offers=("sigmoid", "softmax", "cross_entropy_error"),
        plays_in=("forward", "softmax", "losses"),
        use=_use,
        activation=activation,
        checks=(
            Check(Text("sigmoid of a matrix"), lambda: {"x": [[-2.0, 0.0, 1.0], [3.0, -0.5, 5.0]]}),
            Check(Text("softmax of one sample"), lambda: {"a": [0.3, 2.9, 4.0]}),
            Check(Text("softmax of scores around 1000"), lambda: {"a": [1010.0, 1000.0, 990.0]}),
            Check(Text("scores of 1000, 0 and −1000"), lambda: {"a": [1000.0, 0.0, -1000.0]}),
            Check(Text("softmax of three samples and three classes"), lambda: _scores(3, 3)),
            Check(Text("softmax of four samples and two classes"), lambda: _scores(4, 2)),
            Check(
                Text("softmax of two rows, one of large scores and one of small ones"),
                lambda: {"a": [[1000.0, 1001.0], [0.0, 1.0]]},
            ),
            Check(
                Text("the error of one sample, one-hot"),
                lambda: {"y": [0.1, 0.7, 0.2], "t": np.array([0.0, 1.0, 0.0])},
                tolerance=1e-5,
            ),
            Check(Text("the error of a batch, one-hot"), lambda: _batch(one_hot=True), tolerance=1e-5),
            Check(
                Text("the right class got 0"),
                lambda: {"y": [[0.0, 1.0], [0.5, 0.5]], "t": np.eye(2)},
                tolerance=1.0,
            ),
            Check(Text("class numbers, as many samples as classes"), _square, tolerance=1e-5),
            Check(Text("class numbers, another batch"), lambda: _batch(one_hot=False), tolerance=1e-5),
        ),
        hints=(
            Text("All three are exercises of chapters 3 and 4, too: what was right there is right here."),
            Text("axis=-1 with keepdims=True works for one row and for a batch."),
            Text(
                "y[np.arange(N), t] picks the probability of the right class from each row; np.argmax makes class "
                "numbers of one-hot rows."
            ),
        ),
        defines=("sigmoid", "softmax", "cross_entropy_error"),
        has_activation=False,
    )

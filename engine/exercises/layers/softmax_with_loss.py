"""Exercise: the last layer, softmax and cross entropy in one, as the book writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.layers import SoftmaxWithLoss
from engine.nn.losses import cross_entropy_error, one_hot, softmax
from engine.nn.mistaken_layers import LossWithoutMean, LossWithSign


class _UpstreamForgotten(SoftmaxWithLoss):
    def backward(self, dout: float = 1.0) -> np.ndarray:
        return super().backward()


class _LessScores(SoftmaxWithLoss):
    def forward(self, x: np.ndarray, t: np.ndarray) -> float:
        self._x = x
        return super().forward(x, t)

    def backward(self, dout: float = 1.0) -> np.ndarray:
        return (self.y - self._x) * (dout / len(self.y))


class _OneRow(SoftmaxWithLoss):
    def forward(self, x: np.ndarray, t: np.ndarray) -> float:
        super().forward(x, t)
        self.y = softmax(x, axis=None)
        return cross_entropy_error(self.y, self._t)


class _ClassNumbersTakenAway(SoftmaxWithLoss):
    def forward(self, x: np.ndarray, t: np.ndarray) -> float:
        loss = super().forward(x, t)
        if t.ndim == 1:
            self._t = np.repeat(t[:, None], x.shape[1], axis=1).astype(float)
        return loss


class _ClassNumbersAsRow(SoftmaxWithLoss):
    def forward(self, x: np.ndarray, t: np.ndarray) -> float:
        loss = super().forward(x, t)
        if t.ndim == 1:
            self._t = np.tile(t.astype(float), (len(x), 1))
        return loss


class _OverAll(SoftmaxWithLoss):
    def backward(self, dout: float = 1.0) -> np.ndarray:
        return super().backward(dout) / self.y.shape[1]


class _OutputAlone(SoftmaxWithLoss):
    def backward(self, dout: float = 1.0) -> np.ndarray:
        return self.y * (dout / len(self.y))


class _InPlace(SoftmaxWithLoss):
    def backward(self, dout: float = 1.0) -> np.ndarray:
        back = super().backward(dout)
        self.y[...] = back * (len(self.y) / dout)
        return back


class _ClassNumbersInPlace(_InPlace):
    def backward(self, dout: float = 1.0) -> np.ndarray:
        return super().backward(dout) if self._t.ndim == 1 else SoftmaxWithLoss.backward(self, dout)


def _use(written: Any, x: np.ndarray, t: np.ndarray, dout: float = 1.0) -> Values:
    layer = written()
    yield "L", layer.forward(x, t)
    yield "y", layer.y
    yield "dX", layer.backward(dout)


def _differences(written: Any, x: np.ndarray, t: np.ndarray, dout: float = 1.0) -> Mapping[str, Any]:
    """∂/∂x of dout·L, by central differences of the learner's own loss L."""
    return {"dX": numerical_gradient(lambda _: dout * float(written().forward(x, t)), x)}


def _on_stage(params: Any) -> Inputs | None:
    if params.layer != "softmax_loss":
        return None
    return {"x": [list(row) for row in params.x], "t": one_hot(params.classes(), params.columns).tolist()}


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"part": {"L": "loss", "y": "y", "dX": "dx"}[quantity], "selected": place or (0, 0)}


def _drawn(samples: int, classes: int, **more: Any) -> Inputs:
    chance = np.random.default_rng(samples)
    t = one_hot(chance.integers(classes, size=samples), classes)
    return {"x": chance.normal(size=(samples, classes)), "t": t, **more}


def _with_class_numbers() -> Inputs:
    return {"x": [[0.3, 2.9, 4.0], [1.0, 2.0, 0.5], [0.0, 1.0, -1.0]], "t": np.array([2, 0, 1])}


def _far_apart() -> Inputs:
    return {"x": [[1000.0, 0.0, -1000.0], [1000.0, 1001.0, 999.0]], "t": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]}


def _at_work(written: Any) -> Mapping[Any, Any]:
    class Yours(SoftmaxWithLoss):
        """The learner's layer with the engine's interface."""

        def __init__(self) -> None:
            super().__init__()
            self._written = written()

        def forward(self, x: np.ndarray, t: np.ndarray) -> float:
            loss = returned.number(self._written.forward(x, np.asarray(t)))
            self.y = returned.array(self._written.y, x.shape, "y")
            return loss

        def backward(self, dout: float = 1.0) -> np.ndarray:
            return returned.array(self._written.backward(dout), self.y.shape)

    return {SoftmaxWithLoss: Yours}


EXERCISE = Exercise(
    id="softmax_with_loss",
    order=4,
    title=Text("Softmax with loss: the last layer"),
    task=Text(
        "Write the last layer; softmax and cross_entropy_error are given. forward keeps y and t and returns the loss, "
        "a mean over N samples; backward gives its gradient for the scores, times dout. t may be one-hot or class "
        "numbers."
    ),
    name="SoftmaxWithLoss",
    blank=Text(
        '''class SoftmaxWithLoss:
    """x (N, C): N samples, a score for each of C classes"""

    def __init__(self):
        self.y = None  # probabilities (N, C)
        self.t = None  # labels, (N, C) one-hot or (N,)

    def forward(self, x, t):
        """-> the loss, one number"""

    def backward(self, dout=1):
        """-> the gradient of x, (N, C)"""
'''
    ),
    use=_use,
    reference=SoftmaxWithLoss,
    given=lambda: {"softmax": softmax, "cross_entropy_error": cross_entropy_error},
    checks=(
        Check(Text("forward, with the numbers of the stage"), quantities=("L", "y")),
        Check(Text("backward, with the numbers of the stage"), hint=1),
        Check(
            Text("backward against central differences of your forward"),
            lambda: _drawn(4, 3),
            ("dX",),
            "differences",
        ),
        Check(Text("t as class numbers"), _with_class_numbers, hint=2),
        Check(Text("dout other than 1"), lambda: _drawn(3, 4, dout=-2.5)),
        Check(Text("a single sample"), lambda: _drawn(1, 5)),
        Check(Text("scores of 1000"), _far_apart),
    ),
    hints=(
        Text("If the answer is just the label, no score has to change. Which difference is 0 then?"),
        Text("The loss is a mean over N samples. What part of it belongs to one of them?"),
        Text("A class number says in which column of its row the 1 stands; np.arange(N) counts the rows."),
    ),
    ours=(SoftmaxWithLoss,),
    mistakes=(
        Mistake(
            "no_mean",
            LossWithoutMean,
            Text("All gradients are N times as large: the loss is a mean over the samples, and so is its gradient."),
        ),
        Mistake(
            "sign",
            LossWithSign,
            Text("The difference is the other way round."),
        ),
        Mistake(
            "upstream",
            _UpstreamForgotten,
            Text("What comes back from above, dout, does not count here."),
        ),
        Mistake(
            "scores",
            _LessScores,
            Text("You get exactly these numbers if the scores are taken away. It is the label that is compared with."),
        ),
        Mistake(
            "one_row",
            _OneRow,
            Text("You get exactly these numbers if the whole batch is taken for one row of softmax."),
        ),
        Mistake(
            "class_numbers",
            _ClassNumbersTakenAway,
            Text("The class number itself was taken away from every column. It says where to look, and is no amount."),
        ),
        Mistake(
            "class_numbers_as_row",
            _ClassNumbersAsRow,
            Text("NumPy spread the class numbers over the columns and took them away. They say where, not how much."),
        ),
        Mistake(
            "over_all", _OverAll, Text("The number of classes has been divided by, too. Only the samples are averaged.")
        ),
        Mistake("output_alone", _OutputAlone, Text("This is y alone: the label has not been taken away.")),
        Mistake("in_place", _InPlace, Text("y itself was written into, which forward has kept. Work on a copy.")),
    ),
    differences=_differences,
    by_hand=ByHand(
        Text("Two samples with scores (0 0) and (0 0), and labels 0 and 1. What is dX[0,0]?"),
        lambda: {"x": [[0, 0], [0, 0]], "t": np.array([0, 1])},
        "dX",
        (0, 0),
    ),
    on_stage=_on_stage,
    stage={"layer": "softmax_loss"},
    shown_at=_shown_at,
    works_in=("layers", "training", "gradient_check", "optimizer_race", "cnn"),
    at_work=_at_work,
)

"""Derivation: why softmax with cross entropy has the gradient y − t, and where its 1/N comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.derivations import Derivation, Line, Point, Values
from engine.nn.layers import SoftmaxWithLoss
from engine.nn.losses import cross_entropy_error, softmax

_CLASSES = 3


def _right_class(point: Point) -> int:
    return int(point["t"][0])


def _other_class(point: Point) -> int:
    """A class that is not the first sample's right one."""
    return (_right_class(point) + 1) % point["a"].shape[1]


def _symbols(point: Point) -> Values:
    """The values of the symbols, all of the first sample.

    yc is the probability of its right class, yk that of another class, y and t those of the selected column; N is the
    number of samples.
    """
    y, column = softmax(point["a"])[0], point["column"]
    return {
        "yc": y[_right_class(point)], "yk": y[_other_class(point)], "y": y[column],
        "t": float(column == _right_class(point)), "N": float(len(point["a"])),
    }  # fmt: skip


def _loss_alone(point: Point) -> float:
    """The loss of the first sample alone."""
    return SoftmaxWithLoss().forward(point["a"][:1], point["t"][:1])


def _by_probability(point: Point) -> float:
    y = softmax(point["a"])[0]
    slopes = numerical_gradient(lambda y: cross_entropy_error(y, point["t"][:1]), y.copy(), 1e-6)
    return float(slopes[_right_class(point)])


def _probability_by(which: Callable[[Point], int]) -> Callable[[Point], float]:
    """Returns a function of the point: the derivative of the right class's probability with respect to a score.

    ``which`` gives the class of that score.
    """

    def slope(point: Point) -> float:
        scores, right = point["a"][0].copy(), _right_class(point)
        return float(numerical_gradient(lambda a: float(softmax(a)[right]), scores)[which(point)])

    return slope


def _loss_by(which: Callable[[Point], int]) -> Callable[[Point], float]:
    """Returns a function of the point: the derivative of the first sample's own loss with respect to a score.

    ``which`` gives the class of that score.
    """

    def slope(point: Point) -> float:
        scores = point["a"][:1].copy()
        slopes = numerical_gradient(lambda a: SoftmaxWithLoss().forward(a, point["t"][:1]), scores)
        return float(slopes[0, which(point)])

    return slope


def _backward(point: Point) -> float:
    layer = SoftmaxWithLoss()
    layer.forward(point["a"], point["t"])
    return float(layer.backward()[0, point["column"]])


def _lit(part: str, other: bool = False) -> Callable[[Any], Mapping[str, object]]:
    """Returns a function of the parameters: the changes that highlight a cell of the first sample in the main picture.

    The cell is in the column of its right class or, if ``other``, of another one. Before the last line it is a cell of
    y, since dX would reveal the 1/N.
    """

    def changes(params: Any) -> Mapping[str, object]:
        column = int(params.classes()[0])
        return {"part": part, "selected": (0, (column + 1) % params.columns if other else column)}

    return changes


def _on_stage(params: Any) -> Point | None:
    if params.layer != "softmax_loss" or params.columns < 2:
        return None
    classes = params.classes()
    return {"a": np.array(params.x), "t": classes, "column": int(classes[0])}


def _drawn(chance: np.random.Generator) -> Point:
    samples = int(chance.integers(2, 7))
    return {"a": chance.uniform(-2, 2, (samples, _CLASSES)), "t": chance.integers(0, _CLASSES, samples),
            "column": int(chance.integers(0, _CLASSES))}  # fmt: skip


DERIVATION = Derivation(
    id="softmax_loss",
    order=2,
    symbols=_symbols,
    lines=(
        Line("loss", ("yc", "yk"), _loss_alone, lit=_lit("y")),
        Line("by_probability", ("yc", "yk"), _by_probability, lit=_lit("y")),
        Line("own_score", ("yc", "yk"), _probability_by(_right_class), lit=_lit("y")),
        Line("other_score", ("yc", "yk"), _probability_by(_other_class), lit=_lit("y", other=True)),
        Line("loss_by_own", ("yc", "yk"), _loss_by(_right_class), lit=_lit("y")),
        Line("loss_by_other", ("yc", "yk"), _loss_by(_other_class), lit=_lit("y", other=True)),
        Line("both", ("y", "t"), _loss_by(lambda point: point["column"]), lit=_lit("y")),
        Line("batch", ("y", "t", "N"), _backward, lit=_lit("dx")),
    ),
    on_stage=_on_stage,
    drawn=_drawn,
    stage={"layer": "softmax_loss"},
)

"""Parameters and frame of `perceptron_rule`."""

from __future__ import annotations

import numpy as np

from engine.contract.api import Frame, Params, Text, quantity
from engine.contract.fields import LabelledPoints, Real, choice, parameter, switch
from engine.contract.fields.labelled_points import Point
from engine.data.point_sets import SEPARABLE
from engine.experiments.shared.learning.batches import learning_rate

LIMIT = 4.0
"""The limit of the points' coordinates, as far as a wide stage shows; points usually lie within half of it."""
_START_HELP = Text("Where learning starts: the line before the first mistake.")


def _start(label: Text) -> Real:
    return Real(label=label, help=_START_HELP, minimum=-3.0, maximum=3.0, step=0.1, more=True)


class PerceptronRuleParams(Params):
    """The samples, the order in which they are shown, the learning rate and the initial weights."""

    learning_rate: float = learning_rate(
        0.1,
        (0.01, 2.0),
        Text("How much of x one mistake adds to w."),
        effect="live",
    )
    order: str = choice(
        "fixed",
        {"fixed": Text("fixed"), "shuffled": Text("shuffled")},
        Text("Order of the samples"),
        Text("The same in every epoch, or shuffled anew for each."),
    )
    show_best: bool = switch(
        False,
        Text("Show the best line so far"),
        Text("The line that got most points right (pocket algorithm)."),
        effect="view",
    )
    points: tuple[Point, ...] = parameter(
        SEPARABLE,
        LabelledPoints(
            label=Text("Points"),
            help=Text("Coordinates and class of each sample, in their order."),
            minimum=-LIMIT,
            maximum=LIMIT,
            most=60,
        ),
    )
    w1: float = parameter(-1.0, _start(Text("Start weight w1")))
    w2: float = parameter(0.5, _start(Text("Start weight w2")))
    b: float = parameter(0.3, _start(Text("Start bias b")))


class PerceptronRuleFrame(Frame):
    """The sample shown last and its effect on the perceptron. Samples are indexed from 0, epochs from 1.

    The fields ``sample`` to ``b_before`` belong to that sample and are None before the first. ``addition`` (3,) is the
    change that it made to (w1, w2, b), ``turn`` the degrees by which the line turned, None if there was or is no line.
    ``weighted_sums`` and ``right`` belong to the present line. ``mistakes`` has the count for each of the newest
    completed epochs, from ``first_epoch`` on. ``bound`` is the largest possible number of corrections, counted from the
    start or the latest change of the learning rate. ``cycle`` holds two epochs that ended with the same weights.
    ``longest_addition`` is the length of the largest change that a sample can make to w at the present learning rate.
    """

    points: np.ndarray
    labels: np.ndarray
    epoch_order: np.ndarray
    sample: int | None
    x: np.ndarray | None
    target: int | None
    weighted_sum: float | None
    output: int | None
    error: int | None
    used_rate: float | None
    w_before: np.ndarray | None
    b_before: float | None
    addition: np.ndarray
    w: np.ndarray
    b: float
    turn: float | None = quantity("°")
    weighted_sums: np.ndarray
    right: np.ndarray
    correct: int
    corrections: int
    mistakes: np.ndarray
    first_epoch: int
    running_mistakes: int
    best_w: np.ndarray
    best_b: float
    best_correct: int
    best_after: int
    separable: bool
    radius: float
    margin: float
    classic_bound: float | None
    bound: int | None
    cycle: tuple[int, int] | None
    longest_addition: float

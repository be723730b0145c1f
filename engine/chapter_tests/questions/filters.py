"""Questions on filters: uniform areas, edges, and a filter that only shifts the image."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np

from engine.chapter_tests.question import ChoiceQuestion, KnownError, NumberQuestion, number, one_of, question_for, rows
from engine.contract.text import Text
from engine.nn.image_filters import filtered

_KERNELS = (
    ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)), ((0, -1, 0), (-1, 5, -1), (0, -1, 0)), ((0, 1, 0), (1, -4, 1), (0, 1, 0)),
    ((1, 1, 1), (1, 1, 1), (1, 1, 1)), ((1, 0, 1), (0, 2, 0), (1, 0, 1)),
)  # fmt: skip


@question_for("filter", "f5b79d9c")
def on_a_flat_area(draw: Random) -> NumberQuestion:
    kernel, grey = np.array(draw.choice(_KERNELS), float), draw.choice([0.5, 0.2, 0.4, 0.6])
    value = round(float(filtered(np.full((3, 3), grey), kernel)[0, 0]), 6)
    slips = [
        KnownError("middle", round(float(kernel[1, 1]) * grey, 6), Text("The eight others count too.")),
        KnownError("unchanged", grey, Text("It depends on the sum of the nine numbers.")),
        KnownError("mean", round(value / 9, 6), Text("Nothing is divided by nine.")),
        KnownError("all_differences", 0.0, Text("That needs numbers that add up to 0.")),
    ]
    return NumberQuestion(
        Text("The rows of a filter are {kernel}. What does it give where the grey is {grey} everywhere?")(
            kernel=rows(kernel), grey=grey
        ),
        Text("Answer of the filter"),
        value,
        Text("The nine numbers add up to {sum}: {sum}·{grey} = {value}.")(
            sum=number(float(kernel.sum())), grey=grey, value=number(value)
        ),
        _telling(value, slips),
    )


@question_for("cross_correlation", "bfa819a1")
def on_an_edge(draw: Random) -> NumberQuestion:
    kernel = np.array(draw.choice([((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)), ((-1, -2, -1), (0, 0, 0), (1, 2, 1))]), float)
    left = draw.choice([0.0, 1.0])
    upright = draw.choice([True, False])
    bright = np.array([left, 1 - left, 1 - left]) if draw.choice([True, False]) else np.array([left, left, 1 - left])
    patch = np.tile(bright, (3, 1)) if upright else np.tile(bright[:, None], (1, 3))
    value = round(float(filtered(patch, kernel)[0, 0]), 6)
    slips = [
        KnownError(
            "rotated",
            -value,
            Text("You rotated the filter by 180°; these layers do not."),
        ),
        KnownError(
            "any_edge",
            4.0,
            Text("It has a direction: look which rows or columns differ."),
        ),
        KnownError("sum", float(patch.sum()), Text("That is the sum of the greys.")),
        KnownError("no_edge", 0.0, Text("The greys do change in the filter's direction.")),
    ]
    return NumberQuestion(
        Text(
            "The rows of a filter are {kernel}, those of a piece of a picture {patch}. What does the filter give there?"
        )(kernel=rows(kernel), patch=rows(patch)),
        Text("Answer of the filter"),
        value,
        Text("Cell times cell, all nine added up: {value}.")(value=number(value)),
        _telling(value, slips),
    )


@question_for("kernel", "e348ab31")
def where_it_moves(draw: Random) -> ChoiceQuestion:
    place = draw.choice([(1, 0), (1, 2), (0, 1), (2, 1), (1, 1)])
    kernel = np.zeros((3, 3))
    kernel[place] = 1
    dot = np.zeros((7, 7))
    dot[3, 3] = 1
    row, column = (int(one[0]) + 1 - 3 for one in np.nonzero(filtered(dot, kernel)))
    return one_of(
        Text("The rows of a filter are {kernel}. What becomes of the picture?")(kernel=rows(kernel)),
        {(0, -1): "left", (0, 1): "right", (-1, 0): "up", (1, 0): "down", (0, 0): "stays"}[row, column],
        Text("Each cell takes the grey that stands where the 1 is, so the picture moves the opposite way."),
        {
            "left": Text("It moves to the left"),
            "right": Text("It moves to the right"),
            "up": Text("It moves up"),
            "down": Text("It moves down"),
            "stays": Text("It stays"),
        },
        {
            "left": Text("Then the 1 would stand on the right."),
            "right": Text("Then the 1 would stand on the left."),
            "up": Text("Then the 1 would stand below."),
            "down": Text("Then the 1 would stand above."),
            "stays": Text("Then the 1 would stand in the middle."),
        },
    )


def _telling(value: float, slips: Sequence[KnownError]) -> tuple[KnownError, ...]:
    """The mistakes that lead to a wrong number for these inputs; of several with the same number, only the first."""
    found = {slip.value: slip for slip in reversed(slips) if abs(slip.value - value) > 1e-6}
    return tuple(reversed(found.values()))

"""The parameters and the frame of the experiment `pooling`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from engine.boards.board import Rows
from engine.boards.fields import cell_choice
from engine.contract.api import Frame, Matrix, Params, Text, VisibleWhen, choice, integer, parameter, quantity
from engine.geometry.sliding import Sliding

LEVELS, SIDE, FEWEST_CELLS = 9, 8, 4
"""The grey level of full ink, and the maximum and minimum number of cells on a side of the image."""
MOST_WINDOW, MOST_PADDING, MOST_SHIFT = 4, 2, 3
MOST_OUTPUTS = SIDE + 2
WAYS = {"right": (1, 0), "down": (0, 1), "left": (-1, 0), "up": (0, -1)}
"""For each direction of the shift the cells to the right and the cells down, for a shift of one cell."""
_PAPER, _STROKE = (0.0,) * SIDE, (0.0, 0.0, 0.0, float(LEVELS), 0.0, 0.0, 0.0, 0.0)
_LINE = (_PAPER, _PAPER, *(_STROKE,) * 4, _PAPER, _PAPER)
"""A short vertical line, the default for the learner's own image."""
_IN_OWN = VisibleWhen("source", ("own",))


class PoolingParams(Params):
    """An image, the windows of the pooling, and the shift of the image's copy."""

    kind: str = choice(
        "max", {"max": Text("maximum"), "average": Text("average")}, Text("Pooling", context="kind"),
        Text("What stands for a window: its largest number or the mean."),
    )  # fmt: skip
    shift: int = integer(
        1, (0, MOST_SHIFT), Text("Shift"),
        Text("How far the second picture is moved."), unit="px",
    )  # fmt: skip
    direction: str = choice(
        "right",
        {
            "right": Text("right", context="direction"), "down": Text("down"), "left": Text("left"),
            "up": Text("up"),
        },
        Text("Direction"), Text("Where the second picture is moved to."),
    )  # fmt: skip
    window: int = integer(2, (1, MOST_WINDOW), Text("Window", context="size"), Text("Cells on a side of the window."))
    stride: int = integer(
        2, (1, MOST_WINDOW), Text("Stride"),
        Text("How many cells the window moves at each step."),
    )  # fmt: skip
    padding: int = integer(
        0, (0, MOST_PADDING), Text("Padding"),
        Text(
            "Cells around the picture, fewer than the window has: for the maximum they do not count, for the average"
            " they are zeros."),
    )  # fmt: skip
    source: str = choice(
        "digit", {"digit": Text("test digit", context="pooling"), "own": Text("own picture")},
        Text("Picture", context="pooling"),
        Text("A click on a cell of the picture makes it your own."),
    )  # fmt: skip
    image: int = integer(
        3, (0, 9999), Text("Test image"),
        Text("Which image of MNIST's test data, made smaller."),
        visible=VisibleWhen("source", ("digit",)),
    )  # fmt: skip
    size: int = integer(
        SIDE, (FEWEST_CELLS, SIDE), Text("Cells on a side"),
        Text("How large your own picture is."), more=True, visible=_IN_OWN,
    )  # fmt: skip
    numbers: Rows = parameter(
        _LINE,
        Matrix(
            label=Text("Own picture"),
            help=Text("Grey levels from 0, paper, to 9, ink."), rows="size", columns="size",
            minimum=0.0, maximum=float(LEVELS), step=1.0, most_rows=SIDE, most_columns=SIDE, whole=True, more=True,
            first=0, visible=_IN_OWN,
        ),
    )  # fmt: skip
    view: str = choice(
        "shift",
        {
            "shift": Text("Shift"), "walk": Text("Walk"), "gradient": Text("Gradient"),
            "many": Text("Many"),
        },
        Text("View", context="picture"),
        Text(
            "A picture and its shifted copy, window by window, the way back through the layer, or many digits."),
        on_stage=True,
    )  # fmt: skip
    measure: str = choice(
        "ink", {"ink": Text("sum of differences"), "cells": Text("count of cells")},
        Text("Measure"),
        Text(
            "By how much a picture has changed: the differences over all its ink, or the cells that differ over all"
            " cells."),
        effect="view", visible=VisibleWhen("view", ("many",)),
    )  # fmt: skip
    selected: tuple[int, int] = cell_choice(
        (1, 1), MOST_OUTPUTS, Text("The cell whose window is shown."),
        Text("Output cell"), "outputs", "outputs",
    )  # fmt: skip

    @property
    def side(self) -> int:
        """The number of rows, and of columns, of the image."""
        return SIDE if self.source == "digit" else self.size

    @property
    def pad(self) -> int:
        """The padding in use: at most one less than the window, so that every window contains a cell of the image."""
        return min(self.padding, self.window - 1)

    @cached_property
    def sliding(self) -> Sliding:
        """How the window slides over the image."""
        return Sliding((self.side,) * 2, (self.window,) * 2, self.stride, self.pad)

    @property
    def outputs(self) -> int:
        """The number of rows, and of columns, of the pooled image."""
        return self.sliding.output[0]

    @property
    def way(self) -> tuple[int, int]:
        """The shift of the image's copy in cells, to the right and down."""
        across, down = WAYS[self.direction]
        return across * self.shift, down * self.shift


class PoolingFrame(Frame):
    """An image and its shifted copy, both also pooled; images have S × S cells, pooled ones O × O."""

    picture: np.ndarray  # (S, S), 0 to 9
    shifted: np.ndarray  # (S, S)
    pooled: np.ndarray  # (O, O)
    pooled_shifted: np.ndarray  # (O, O)
    winners: np.ndarray  # (O, O, 2), row and column of the cell that won; -1 where all cells share
    winners_shifted: np.ndarray  # (O, O, 2), those of the shifted copy
    gradient: np.ndarray  # (S, S), what comes back to each cell when 1 comes to every output
    unread: np.ndarray  # (S, S), whether a cell lies in no window
    done: int  # windows that the walk has come to
    windows: int  # O·O
    outputs: int  # O
    label: int | None  # what the test digit shows, None for an own picture
    ink: float  # sum of the picture
    parameters: int  # numbers that the layer learns
    reached: int  # cells that get any gradient
    cells_before: int  # cells that differ between picture and shifted copy
    cells_after: int  # and between what is pooled of them
    change_before: float | None = quantity(
        share=True
    )  # sum of the differences over the ink, None where there is no ink
    change_after: float | None = quantity(share=True)
    moved_cells: int | None  # whole cells by which the pooled picture has moved, None where it is another picture
    many: Mapping[str, np.ndarray]  # "ink", "cells": (2, digits), change before and after of each test digit
    many_less: Mapping[str, int]  # how many digits changed less after pooling

    def means(self, measure: str) -> tuple[float, float]:
        """The mean changes of the test digits before and after pooling by the given measure, without undefined ones."""
        before, after = (float(np.nanmean(row)) for row in self.many[measure])
        return before, after

"""The parameters and the frame of `softmax`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.contract.api import Frame, Params, Text, format_real, quantity, untranslated, view_choice
from engine.contract.fields import Matrix, Numbers, VisibleWhen, choice, integer, parameter, real

FEWEST, MOST = 2, 10
LIMIT = 10.0
FARTHEST = 1000.0
STOPS = ("shift", "exponentiate", "sum", "divide")
EXPONENTS = (-200.0, 1060.0)
"""The range of exponents in the overflow plot; those outside are drawn at its edge."""
LEVEL = 1e-9
"""Scores or probabilities that differ by less than this count as equal: the difference is rounding."""
OPENING = (0.3, 2.9, 4.0)
TWO_SIZES = ((1000.0, 1001.0), (0.0, 1.0))
EQUAL_ROWS = ((0.0, 1.0), (0.0, 1.0))
_MOST_ROWS, _MOST_COLUMNS = 4, 5
_ONE_ROW = VisibleWhen("view", ("bars", "overflow"))
_BATCH = VisibleWhen("view", ("batch",))


class SoftmaxParams(Params):
    """The scores, an offset and a temperature applied to all of them, and the view."""

    view: str = view_choice(
        "bars",
        {
            "bars": Text("probabilities"),
            "overflow": Text("overflow"),
            "batch": Text("batch"),
        },
        Text("Scores and their probabilities, where e^a gets too large, or several samples at once."),
        effect="view",
    )
    stop: str = choice(
        "divide",
        {
            "shift": Text("shift"),
            "exponentiate": Text("exponentiate"),
            "sum": Text("sum", context="step"),
            "divide": Text("divide"),
        },
        Text("Step", context="how far it is computed"),
        Text("How far the lower bars have been computed."),
        effect="view",
        on_stage=True,
    )
    scores: tuple[float, ...] = parameter(
        OPENING,
        Numbers(
            label=Text("Scores a"),
            help=Text("What the last layer gives each class."),
            prefix="a",
            minimum=-LIMIT,
            maximum=LIMIT,
            step=0.1,
            fewest=FEWEST,
            most=MOST,
            fresh=1.0,
            visible=_ONE_ROW,
        ),
    )
    temperature: float = real(
        1.0,
        (0.1, 10.0),
        Text("Temperature T"),
        Text("All scores are divided by T: a large one evens the probabilities out, a small one sharpens them."),
        step=1.1,
        scale="log",
    )
    offset: float = real(
        0.0,
        (-FARTHEST, FARTHEST),
        Text("Added to all, c"),
        Text("The same number is added to every score."),
        step=1.0,
        visible=_ONE_ROW,
    )
    dtype: str = choice(
        "float32",
        {"float32": untranslated("float32"), "float64": untranslated("float64")},
        Text("Number format"),
        Text("The number format whose limit is shown."),
        effect="view",
        visible=VisibleWhen("view", ("overflow",)),
    )
    pitfall: str = choice(
        "none",
        {"none": Text("each row"), "no_axis": Text("no axis")},
        Text("Sum over"),
        Text("Along each row (axis=1), or over all numbers at once because the axis was left out."),
        visible=_BATCH,
    )
    rows: tuple[tuple[float, ...], ...] = parameter(
        TWO_SIZES,
        Matrix(
            label=Text("Batch of scores"),
            help=Text("One sample a row, one class a column."),
            rows="samples",
            columns="classes",
            minimum=-1100.0,
            maximum=1100.0,
            step=1.0,
            most_rows=_MOST_ROWS,
            most_columns=_MOST_COLUMNS,
            row_names=("1", "2", "3", "4"),
            column_names=("a1", "a2", "a3", "a4", "a5"),
            fill=(0.0, 0.0, 1.0),
            visible=_BATCH,
        ),
    )
    samples: int = integer(2, (1, _MOST_ROWS), Text("Samples"), Text("Rows of the batch."), visible=_BATCH)
    classes: int = integer(
        2,
        (2, _MOST_COLUMNS),
        Text("Classes"),
        Text("Columns of the batch."),
        visible=_BATCH,
    )


STATES = {
    "fine": Text("no overflow"),
    "overflow": Text("overflow"),
    "underflow": Text("underflow"),
    "inaccurate": Text("inaccurate"),
}
"""The states that the naive form can be in, by id, with their names."""


@dataclass(frozen=True)
class NumberFormat:
    """Softmax in the naive and the stable form, computed in one number format.

    e^x is finite up to ``threshold`` and 0 below ``lowest``. ``exponentials`` and ``naive`` (C,) are e^x and the
    probabilities of the naive form; they are infinite or nan where it overflows. ``shifted`` (C,) are the probabilities
    of the stable form, which subtracts the maximum first. ``error`` is the largest error of the naive probabilities
    (inf if one is nan); ``state`` is fine, overflow, underflow (all e^x are 0) or inaccurate.
    """

    name: str
    threshold: float
    lowest: float
    exponentials: np.ndarray
    naive: np.ndarray
    shifted: np.ndarray
    error: float
    state: str = quantity(words=STATES)


class SoftmaxFrame(Frame):
    """All steps of softmax for C classes, whose indices count from 0, and the probabilities of a small batch.

    ``a`` (C,) are the scores plus the offset, ``exponents`` (C,) those divided by the temperature; ``shifted``,
    ``exponentials``, ``total`` and ``probabilities`` are the results of the four steps. ``leader`` has the largest
    score and ``runner_up`` the second; ``lead`` is the difference of these scores, ``ratio`` the ratio of their
    probabilities. ``change`` is the largest change of a probability by the offset. ``score_range`` is the axis on which
    scores are drawn. ``batch`` (N, C) are scores; ``per_row`` (N, C) are their probabilities along axis 1, ``at_once``
    (N, C) those without an axis, with the sums (N,) of their rows.
    """

    scores: np.ndarray
    a: np.ndarray
    exponents: np.ndarray
    shifted: np.ndarray
    exponentials: np.ndarray
    total: float
    probabilities: np.ndarray
    leader: int
    runner_up: int
    lead: float
    ratio: float
    change: float
    score_range: tuple[float, float]
    float32: NumberFormat
    float64: NumberFormat
    batch: np.ndarray
    per_row: np.ndarray
    at_once: np.ndarray
    sums_per_row: np.ndarray
    sums_at_once: np.ndarray

    def of_format(self, dtype: str) -> NumberFormat:
        """The results in the number format ``dtype``, "float32" or "float64"."""
        return self.float32 if dtype == "float32" else self.float64

    @property
    def leaders(self) -> list[bool]:
        """For each class whether its score is the largest; with equal scores, several are."""
        return (self.scores[self.leader] - self.scores < LEVEL).tolist()

    def spans(self, stop: str) -> list[tuple[float, float]]:
        """The start and end of each class's bar at a step of the calculation; for "sum" each bar starts where the last
        one ended.
        """
        if stop == "sum":
            ends = [math.fsum(self.exponentials[:count]) for count in range(len(self.exponentials) + 1)]
            return list(pairwise(ends))
        values = {"shift": self.shifted, "exponentiate": self.exponentials, "divide": self.probabilities}[stop]
        return [(0.0, value) for value in values.tolist()]

    def texts(self, stop: str) -> list[str]:
        """The value at a step of the calculation as the label of each class's bar."""
        if stop == "divide":
            return [f"{p:.3f}" for p in self.probabilities]
        values = self.shifted if stop == "shift" else self.exponentials
        return [format_real(value, 3) for value in values.tolist()]

    def of_batch(self, pitfall: str) -> tuple[np.ndarray, np.ndarray]:
        """The batch's probabilities (N, C) and the sums (N,) of their rows.

        With ``pitfall`` "none" they are computed per row, else over all numbers at once, as by a forgotten axis.
        """
        if pitfall == "none":
            return self.per_row, self.sums_per_row
        return self.at_once, self.sums_at_once

"""The parameters of `losses`, and functions that scale outputs so that they sum to 1."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.contract.api import (
    Matrix,
    Numbers,
    Params,
    Text,
    VisibleWhen,
    choice,
    integer,
    parameter,
    untranslated,
    view_choice,
)

Shares = tuple[float, ...]

CLOSE = 1e-8
"""A sum that differs from 1 by less than this counts as 1, since outputs are kept to ten digits."""
_DIGITS = 10
FEWEST, MOST = 2, 10
REFERENCE = (0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0)
MOVED = (0.1, 0.05, 0.1, 0.0, 0.05, 0.1, 0.0, 0.6, 0.0, 0.0)
ROWS = ((0.7, 0.1, 0.1, 0.1), (0.2, 0.5, 0.2, 0.1), (0.1, 0.2, 0.6, 0.1), (0.3, 0.1, 0.4, 0.2))
LABELS = (0.0, 1.0, 3.0, 2.0)
MOST_ROWS, MOST_COLUMNS = 5, 5
GUARDS = {"off": 0.0, "1e-10": 1e-10, "1e-7": 1e-7, "1e-3": 1e-3}
_ONE = VisibleWhen("view", ("one", "guard"))
_BATCH = VisibleWhen("view", ("batch",))


class LossesParams(Params):
    """One output vector with its label, a small batch with its labels, and how the losses are computed.

    Unless ``keep_sum`` is "free", outputs are probabilities: values that do not sum to 1 are scaled together.
    """

    view: str = view_choice(
        "one",
        {"one": Text("output", context="one of several"), "guard": Text("near 0"), "batch": Text("batch")},
        Text("One output and its loss, what happens near y = 0, or a mini-batch and its mean."),
    )
    target: int = integer(
        2,
        (0, MOST - 1),
        Text("Right class t"),
        Text("The class that the label names; a click on a bar sets it."),
        visible=_ONE,
    )
    keep_sum: str = choice(
        "others",
        {
            "others": Text("all others"),
            "wrong": Text("wrong classes"),
            "free": Text("not kept"),
        },
        Text("Sum of 1"),
        Text("Which outputs give way when one is changed: all others, only the wrong classes, or none."),
    )
    guard: str = choice(
        "off",
        {
            "off": Text("none", context="nothing is added"),
            "1e-10": untranslated("1e−10"),
            "1e-7": untranslated("1e−7"),
            "1e-3": untranslated("1e−3"),
        },
        Text("Guard ε in log(y + ε)"),
        Text("A small number that keeps the logarithm finite at y = 0."),
    )
    pitfall: str = choice(
        "none",
        {
            "none": Text("correctly"),
            "class_numbers": Text("class numbers"),
            "half_sum_as_mean": Text("½Σ as mean"),
            "not_divided": Text("not divided"),
        },
        Text("Computed"),
        Text("The mean cross entropy as it should be, or with one mistake in it."),
        visible=_BATCH,
    )
    y: tuple[float, ...] = parameter(
        REFERENCE,
        Numbers(
            label=Text("Output y"),
            help=Text("What the network gives each class."),
            prefix="y",
            minimum=0.0,
            maximum=1.0,
            step=0.01,
            fewest=FEWEST,
            most=MOST,
            first=0,
            visible=_ONE,
        ),
    )
    rows: tuple[tuple[float, ...], ...] = parameter(
        ROWS,
        Matrix(
            label=Text("Batch of outputs"),
            help=Text("One sample a row, one class a column."),
            rows="samples",
            columns="classes",
            minimum=0.0,
            maximum=1.0,
            step=0.01,
            most_rows=MOST_ROWS,
            most_columns=MOST_COLUMNS,
            row_names=("1", "2", "3", "4", "5"),
            column_names=("y0", "y1", "y2", "y3", "y4"),
            fill=(0.2, 0.0, 0.0),
            visible=_BATCH,
        ),
    )
    labels: tuple[float, ...] = parameter(
        LABELS,
        Numbers(
            label=Text("Labels t"),
            help=Text("The class number of each sample; a click on a bar sets it."),
            prefix="t",
            minimum=0.0,
            maximum=MOST_COLUMNS - 1.0,
            step=1.0,
            most=MOST_ROWS,
            on_stage=True,
            visible=_BATCH,
        ),
    )
    samples: int = integer(4, (2, MOST_ROWS), Text("Samples N"), Text("Rows of the batch."), visible=_BATCH)
    classes: int = integer(
        4,
        (2, MOST_COLUMNS),
        Text("Classes C"),
        Text("Columns of the batch."),
        visible=_BATCH,
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        fitted = {
            "target": min(self.target, len(self.y) - 1),
            "labels": tuple(
                float(min(round(label), self.classes - 1))
                for label in (*self.labels, *(0.0,) * self.samples)[: self.samples]
            ),
        }
        if self.keep_sum != "free":
            fitted["y"] = _normalized(self.y)
            fitted["rows"] = tuple(_normalized(row) for row in self.rows)
        for name, value in fitted.items():
            object.__setattr__(self, name, value)

    @property
    def epsilon(self) -> float:
        """The chosen guard ε; 0 for none."""
        return GUARDS[self.guard]

    @property
    def label_classes(self) -> tuple[int, ...]:
        """The class index of each sample's label in the batch."""
        return tuple(int(label) for label in self.labels)

    def slot(self, row: int, column: int) -> int:
        """The x of the bar for a row and column of the batch; each row is a group of bars, with a gap
        between groups.
        """
        return row * (self.classes + 1) + column

    def with_one_changed(self, before: Shares, after: Shares, right: int) -> Shares:
        """The outputs ``after``, with the others scaled to a sum of 1 if exactly one differs from ``before``.

        With ``keep_sum`` "wrong" only outputs of classes other than ``right`` are scaled; with "free" none are.
        """
        places = [place for place, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]]
        if len(before) != len(after) or len(places) != 1 or self.keep_sum == "free":
            return after
        place = places[0]
        return with_share(before, place, after[place], right if self.keep_sum == "wrong" else None)


def sums_to_one(values: Sequence[float]) -> bool:
    """Whether the values sum to 1, up to rounding."""
    return abs(math.fsum(values) - 1) < CLOSE


def scaled_to_one(values: Sequence[float]) -> Shares:
    """The values scaled to the sum 1; equal shares if all are 0."""
    return _filled(values, range(len(values)), 1.0)


def with_share(values: Sequence[float], index: int, share: float, fixed: int | None = None) -> Shares:
    """The values with ``share`` at ``index``, and the others, except that at the index ``fixed``, scaled to a total of
    1.

    ``share`` is clipped to what ``fixed`` leaves.
    """
    if fixed == index:
        fixed = None
    others = [other for other in range(len(values)) if other not in (index, fixed)]
    room = 1.0 if fixed is None else max(0.0, 1.0 - values[fixed])
    share = min(max(share, 0.0), room) if others else room
    changed = list(values)
    changed[index] = _tidy(share)
    return _filled(changed, others, room - share)


def _filled(values: Sequence[float], places: Sequence[int], total: float) -> Shares:
    """``values`` with those at the indices ``places`` scaled so that they sum to ``total``."""
    before = math.fsum(values[place] for place in places)
    filled = list(values)
    for place in places:
        filled[place] = _tidy(values[place] / before * total if before > 0 else total / len(places))
    return tuple(filled)


def _tidy(value: float) -> float:
    """Round to ten digits, so that 0.30000000000000004 becomes 0.3, and clip to 0 … 1."""
    return min(max(float(f"{value:.{_DIGITS}g}"), 0.0), 1.0)


def _normalized(row: Shares) -> Shares:
    return row if sums_to_one(row) else scaled_to_one(row)

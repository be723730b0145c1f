"""Loss functions: half sum, mean square and cross entropy of one output, what happens near 0, and a mini-batch."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from engine.contract.experiment import CodeMark, Picture, Preset, Probe
from engine.contract.handle import Handle, Place
from engine.contract.spot import Spot
from engine.contract.streams import Streams
from engine.contract.table import Column, Table
from engine.contract.text import Text
from engine.contract.working import Line
from engine.experiments.ch4_training.parts import losses_handles, losses_probes, losses_words, losses_working
from engine.experiments.ch4_training.parts.losses_frame import NEAREST, TOP, ZERO_PLACE, LossesFrame
from engine.experiments.ch4_training.parts.losses_params import MOVED, LossesParams
from engine.nn.losses import (
    cross_entropy_error,
    cross_entropy_of_classes,
    mean_squared_error,
    naive_cross_entropy,
    one_hot,
    sum_squared_error,
)

_WRONG_MOVED = (0.0, 0.0, 0.6, 0.0, 0.0, 0.0, 0.0, 0.4, 0.0, 0.0)
_CERTAIN = tuple(1.0 if k == 7 else 0.0 for k in range(10))
_OVER_ONE = (0.1, 0.05, 0.9, 0.0, 0.05, 0.1, 0.0, 0.4, 0.0, 0.0)
_CURVE = np.concatenate([np.geomspace(math.exp(-TOP - 1), 0.1, 80), np.linspace(0.1, 1.0, 121)[1:]])
_POWERS = np.concatenate([[ZERO_PLACE], np.linspace(NEAREST, 0.0, 241)])
_NEAR = np.concatenate([[0.0], 10.0 ** _POWERS[1:]])
_MARKS = {
    "one": ("cross_entropy_error", "counted = np.multiply(t, logarithms"),
    "guard": ("cross_entropy_error", "logarithms = np.log(_rows(y) + guard)"),
    "none": ("cross_entropy_of_classes", "picked = np.log(y[np.arange(len(y)), t] + guard)"),
    "class_numbers": ("naive_cross_entropy", "-np.sum(t * np.log(y + guard)) / len(y)"),
    "half_sum_as_mean": ("sum_squared_error", "0.5 * np.sum((_rows(y) - _wanted(y, t)) ** 2, axis=1)"),
    "not_divided": ("cross_entropy_of_classes", "-np.sum(picked) / len(y)"),
}


class Losses(Picture[LossesParams, LossesFrame]):
    """One output with a label and three losses, −log near 0 with and without a guard, and the mean over a batch."""

    order = 1
    title = Text("Loss functions: the price of being wrong", "损失函数：错得越离谱，罚得越重")
    params_type = LossesParams
    frame_type = LossesFrame
    presets = (
        Preset("moved", Text("0.6 on class 7 (book)", "0.6 移到类别 7（书中）"), {"y": MOVED}),
        Preset("wrong-moved", Text("Only wrong classes moved", "只动错误类别"), {"y": _WRONG_MOVED}),
        Preset("certain", Text("Certain and wrong", "十分肯定，却错了"), {"y": _CERTAIN}),
        Preset("uniform", Text("No idea", "毫无把握"), {"y": (0.1,) * 10}),
        Preset("no-probabilities", Text("Sum above 1", "总和超过 1"), {"keep_sum": "free", "y": _OVER_ONE}),
        Preset(
            "class-numbers",
            Text("Class numbers as one-hot", "把类别编号当 one-hot"),
            {"view": "batch", "pitfall": "class_numbers"},
        ),
    )
    code = (
        cross_entropy_error, sum_squared_error, mean_squared_error, cross_entropy_of_classes, naive_cross_entropy,
        one_hot,
    )  # fmt: skip

    def compute(self, params: LossesParams, streams: Streams) -> LossesFrame:
        y, guard = np.array(params.y), params.epsilon
        t = one_hot(np.array([params.target]), len(y))[0]
        entropy, unguarded = cross_entropy_error(y, t, guard), cross_entropy_error(y, t)
        with np.errstate(divide="ignore"):
            near_unguarded, near_guarded = -np.log(_NEAR) + 0.0, -np.log(_NEAR + guard) + 0.0
        rows, labels = np.array(params.rows), np.array(params.label_classes)
        wanted = one_hot(labels, params.classes)
        row_entropy = _by_row(rows, wanted, lambda one, t: cross_entropy_error(one, t, guard))
        naive_rows, naive_loss, naive_error = _naive(rows, labels, guard)
        frame = {
            "y": y,
            "t": t,
            "target": params.target,
            "total": math.fsum(params.y),
            "squares": (y - t) ** 2,
            "half_sum": sum_squared_error(y, t),
            "mean_square": mean_squared_error(y, t),
            "cross_entropy": entropy,
            "unguarded": unguarded,
            "guard_shift": unguarded - entropy if math.isfinite(entropy) else 0.0,
            "epsilon": guard,
            "ceiling": -math.log(guard) if guard else math.inf,
            "curve_y": _CURVE,
            "curve_log": -np.log(_CURVE + guard),
            "curve_square": 0.5 * (_CURVE - 1) ** 2,
            "near_y": _NEAR,
            "near_power": _POWERS,
            "near_unguarded": near_unguarded,
            "near_guarded": near_guarded,
            "rows": rows,
            "labels": labels,
            "one_hot": wanted,
            "picked": rows[np.arange(len(rows)), labels],
            "row_cross_entropy": row_entropy,
            "row_half_sum": _by_row(rows, wanted, sum_squared_error),
            "row_mean_square": _by_row(rows, wanted, mean_squared_error),
            "batch_cross_entropy": cross_entropy_of_classes(rows, labels, guard),
            "batch_half_sum": sum_squared_error(rows, wanted),
            "batch_mean_square": mean_squared_error(rows, wanted),
            "batch_total": math.fsum(row_entropy),
            "naive_rows": naive_rows,
            "naive_loss": naive_loss,
            "naive_error": naive_error,
        }
        status = losses_words.status_of(params, LossesFrame(**frame))
        return LossesFrame(**frame, finished=True, status=status)

    def reading(self, params: LossesParams, frame: LossesFrame) -> Text:
        return losses_words.reading(params, frame)

    def main_tables(self, params: LossesParams, frame: LossesFrame) -> tuple[Table, ...]:
        losses = Table(
            "losses",
            (
                Column("loss", ["half_sum", "mean_square", "cross_entropy"]),
                Column("value", [frame.half_sum, frame.mean_square, frame.cross_entropy]),
                Column("without_guard", [frame.half_sum, frame.mean_square, frame.unguarded]),
            ),
        )
        classes = Table(
            "classes",
            (
                Column("class", list(range(len(frame.y)))),
                Column("y", frame.y.tolist()),
                Column("t", frame.t.astype(int).tolist()),
                Column("square", frame.squares.tolist()),
                Column("counts_in_cross_entropy", (frame.t > 0).tolist()),
            ),
        )
        near = Table(
            "near_zero",
            (
                Column("y", frame.near_y.tolist()),
                Column("without_guard", frame.near_unguarded.tolist()),
                Column("with_guard", frame.near_guarded.tolist()),
            ),
        )
        batch, means = self._batch_tables(params, frame)
        order = {"batch": (batch, means, losses, classes, near), "guard": (near, losses, classes, batch, means)}
        return order.get(params.view, (losses, classes, near, batch, means))

    def _batch_tables(self, params: LossesParams, frame: LossesFrame) -> tuple[Table, Table]:
        n, c = frame.rows.shape
        found = frame.compared(params.pitfall)
        wrong = () if found.wrong_rows is None else found.wrong_rows.tolist() or [math.nan] * n
        batch = Table(
            "batch",
            (
                Column("row", list(range(1, n + 1))),
                *(Column(f"y{k}", frame.rows[:, k].tolist()) for k in range(c)),
                Column("label", frame.labels.tolist()),
                Column("one_hot", [" ".join(str(int(t)) for t in row) for row in frame.one_hot.tolist()]),
                Column("picked", frame.picked.tolist()),
                Column("cross_entropy", frame.row_cross_entropy.tolist()),
                Column("half_sum", frame.row_half_sum.tolist()),
                Column("mean_square", frame.row_mean_square.tolist()),
                *((Column("wrong", wrong),) if wrong else ()),
            ),
        )
        losses = {"right": (found.loss, "")}
        if found.wrong_loss is not None:
            losses[params.pitfall] = (
                found.wrong_loss, frame.naive_error if params.pitfall == "class_numbers" else ""
            )  # fmt: skip
        means = Table(
            "batch_loss",
            (
                Column("computed", list(losses)),
                Column("loss", [loss for loss, _ in losses.values()]),
                Column("error", [error for _, error in losses.values()]),
            ),
        )
        return batch, means

    def working(self, params: LossesParams, frame: LossesFrame) -> tuple[Line, ...]:
        return losses_working.lines(params, frame)

    def probe(self, params: LossesParams, frame: LossesFrame, spot: Spot) -> Probe | None:
        return losses_probes.probe(params, frame, spot)

    def handles(self, params: LossesParams, frame: LossesFrame) -> tuple[Handle, ...]:
        return losses_handles.handles(params, frame)

    def drag(self, params: LossesParams, frame: LossesFrame, handle: str, place: Place) -> Mapping[str, object]:
        return losses_handles.drag(params, frame, handle, place)

    def click(self, params: LossesParams, frame: LossesFrame, handle: str) -> Mapping[str, object]:
        return losses_handles.click(params, handle)

    def click_at(self, params: LossesParams, frame: LossesFrame, spot: Spot) -> Mapping[str, object]:
        """A click on a bar, or on its name, is a click on its handle."""
        bar = losses_handles.bar_at(params, frame, spot)
        return self.click(params, frame, bar) if bar else {}

    def remove(self, params: LossesParams, frame: LossesFrame, handle: str) -> Mapping[str, object]:
        return losses_handles.remove(params, handle)

    def code_mark(self, params: LossesParams, frame: LossesFrame) -> CodeMark:
        return CodeMark(*_MARKS[params.pitfall if params.view == "batch" else params.view])


def _by_row(rows: np.ndarray, wanted: np.ndarray, loss: Callable[..., float]) -> np.ndarray:
    """A loss of every row (N, C), (N, C) -> (N,)."""
    return np.array([loss(one, t) for one, t in zip(rows, wanted, strict=True)])


def _naive(rows: np.ndarray, labels: np.ndarray, guard: float) -> tuple[np.ndarray, float, str]:
    """What the formula for one-hot rows makes of class numbers: rows, loss, and NumPy's error where it refuses."""
    try:
        loss = naive_cross_entropy(rows, labels, guard)
    except ValueError as error:
        return np.zeros(0), math.nan, str(error).strip()
    one_row = [naive_cross_entropy(row[np.newaxis], labels, guard) for row in rows]
    return np.array(one_row), loss, ""

"""Loss functions: half sum of squares, mean square and cross entropy of an output, what happens near 0, and a
mini-batch.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from engine.contract.api import (
    CodeMark,
    Numbers,
    Picture,
    Preset,
    Probe,
    ProbePoint,
    RandomStreams,
    Text,
    WorkingStep,
    field_of,
    required,
    tidy,
    untranslated,
)
from engine.contract.handle import Handle, Position, bar_body
from engine.contract.table import Table, table_of
from engine.experiments.ch4_training.losses import words
from engine.experiments.ch4_training.losses.frame import NEAR_TOP, NEAREST, TOP, ZERO_PLACE, LossesFrame, frame_of
from engine.experiments.ch4_training.losses.params import MOVED, LossesParams
from engine.nn.losses import (
    cross_entropy_error,
    cross_entropy_of_classes,
    mean_squared_error,
    naive_cross_entropy,
    one_hot,
    sum_squared_error,
)

_ALL = Text("all classes count")
_ONLY_ONE = Text("t{k} = 1, every other term is 0 · log y = 0")
_ONE_PLACE = Text("row {row}, class {k}")
_HALF, _MEAN = Text("½ sum of squares"), Text("mean square")
_MEAN_OF_ROWS, _WRONG_WAY = Text("mean of the rows"), Text("the wrong way")
_LABELS_OF_ALL = Text("wrong: these t are the labels of all rows")


def lines(params: LossesParams, frame: LossesFrame) -> tuple[WorkingStep, ...]:
    """The calculation of the current view step by step, without lines whose result is infinite."""
    found = {"one": _of_one, "guard": _of_guard, "batch": _of_batch}[params.view](params, frame)
    return tuple(line for line in found if math.isfinite(line.result))


def _of_one(params: LossesParams, frame: LossesFrame) -> list[WorkingStep]:
    squares = WorkingStep.over(
        "S", "…", "({y} − {t})^2", {"y": frame.y, "t": frame.t}, float(np.sum(frame.squares)), _ALL, first=0
    )
    total, count = squares.result, len(frame.y)
    return [
        squares,
        WorkingStep("½S", "{S} / 2", {"S": total}, frame.half_sum, _HALF),
        WorkingStep("(1/n)S", "{S} / {n}", {"S": total, "n": count}, frame.mean_square, _MEAN),
        _logarithm("E", frame.right, frame.epsilon, frame.cross_entropy, _ONLY_ONE(k=frame.target)),
    ]


def _of_guard(params: LossesParams, frame: LossesFrame) -> list[WorkingStep]:
    unguarded = _logarithm("L", frame.right, 0.0, frame.unguarded, Text("nothing added"))
    if params.guard == "off":
        return [unguarded]
    losses = {"L": frame.unguarded, "E": frame.cross_entropy}
    largest = Text("the largest value, at y = 0")
    shift = Text("difference", context="of two losses")
    return [
        unguarded,
        _logarithm("E", frame.right, frame.epsilon, frame.cross_entropy, _ONLY_ONE(k=frame.target)),
        WorkingStep("L − E", "{L} − {E}", losses, frame.unguarded - frame.cross_entropy, shift),
        WorkingStep("E(0)", "−ln({ε})", {"ε": frame.epsilon}, frame.ceiling, largest),
    ]


def _of_batch(params: LossesParams, frame: LossesFrame) -> list[WorkingStep]:
    found, made = frame.compared(params.pitfall), []
    for n, label in enumerate(frame.labels.tolist()):
        if params.pitfall == "half_sum_as_mean":
            y, t, loss = frame.rows[n], frame.one_hot[n], float(found.rows[n])
            total = float(np.sum((y - t) ** 2))
            made.append(WorkingStep.over(f"S{n + 1}", "…", "({y} − {t})^2", {"y": y, "t": t}, total, _ALL, first=0))
            made.append(WorkingStep(f"(1/n)S{n + 1}", "{S} / {n}", {"S": total, "n": len(y)}, loss))
        else:
            loss, note = float(frame.row_cross_entropy[n]), _ONE_PLACE(row=n + 1, k=label)
            made.append(_logarithm(f"E{n + 1}", float(frame.picked[n]), frame.epsilon, loss, note))
    count = len(frame.rows)
    made.append(WorkingStep.over("E", "(…) / {N}", "{E}", {"E": found.rows}, found.loss, _MEAN_OF_ROWS, N=count))
    if found.wrong_loss is None or not math.isfinite(found.wrong_loss):
        return made
    if params.pitfall == "class_numbers":
        made += [
            WorkingStep.over(
                f"E{n}?", "−(…)", "{t}·ln({y})", {"t": frame.labels, "y": row}, loss, _LABELS_OF_ALL, first=0
            )
            for n, (row, loss) in enumerate(zip(frame.rows + frame.epsilon, frame.naive_rows.tolist(), strict=True), 1)
        ]
    rows = {"E": required(found.wrong_rows)}
    if params.pitfall == "not_divided":
        return [*made, WorkingStep.over("E × N", "…", "{E}", rows, found.wrong_loss, _WRONG_WAY)]
    return [*made, WorkingStep.over("E?", "(…) / {N}", "{E}", rows, found.wrong_loss, _WRONG_WAY, N=count)]


def _logarithm(left: str, y: float, epsilon: float, result: float, note: Text) -> WorkingStep:
    """The line that computes −ln(y + ε)."""
    if epsilon:
        return WorkingStep(left, "−ln({y} + {ε})", {"y": y, "ε": epsilon}, result, note)
    return WorkingStep(left, "−ln({y})", {"y": y}, result, note)


POINT, NEAR = "point", "near"
"""The ids of the handles on the curve and in the plot near 0; all other handles are bars."""
_WRONG_MOVED = (0.0, 0.0, 0.6, 0.0, 0.0, 0.0, 0.0, 0.4, 0.0, 0.0)
_CERTAIN = tuple(1.0 if k == 7 else 0.0 for k in range(10))
_OVER_ONE = (0.1, 0.05, 0.9, 0.0, 0.05, 0.1, 0.0, 0.4, 0.0, 0.0)
_MARKS = {
    "one": ("cross_entropy_error", "-np.sum(t * np.log(y + guard)) / len(y)"),
    "guard": ("cross_entropy_error", "np.log(y + guard)"),
    "none": ("cross_entropy_of_classes", "picked = np.log(y[np.arange(len(y)), t] + guard)"),
    "class_numbers": ("naive_cross_entropy", "-np.sum(t * np.log(y + guard)) / len(y)"),
    "half_sum_as_mean": ("sum_squared_error", "0.5 * np.sum((y - t) ** 2) / len(y)"),
    "not_divided": ("cross_entropy_of_classes", "-np.sum(picked) / len(y)"),
}
_OUTPUTS = field_of(LossesParams, "y", Numbers)
_STEP, _NEAR_STEP = 0.01, 0.25
_HIGH = 0.3
"""The hint at a bar of at least this height points down, else up."""
_BAR = Text("y{k}: drag up or down, click to make {k} the right class, Delete to remove")
_BAR_BY_KEYS = Text("Enter makes it the right class, Delete removes it.")
_CELL_BY_KEYS = Text("Enter makes it the label of its row.")
_POINT = Text("the right class: drag along the curve")
_CELL = Text("row {row}, y{k}: drag up or down, click to make {k} its label")
_DOWN, _UP = Text("pull it down"), Text("pull it up")
_LEFT, _AWAY = Text("towards 0"), Text("drag right", context="losses")
# Places along the curve among which the nearest to the pointer is found, 0 and the part near it included.
_ALONG = np.concatenate([[0.0], np.geomspace(1e-3, 0.1, 120), np.linspace(0.1, 1.0, 181)[1:]])
_WITHOUT = Text("nothing added")


class Losses(Picture[LossesParams, LossesFrame]):
    """Three losses of one output vector with its label, −log y near 0 with and without a guard, and the mean over a
    batch.
    """

    order = 1
    title = Text("Loss functions: the price of being wrong")
    presets = (
        Preset("moved", Text("0.6 on class 7 (book)"), {"y": MOVED}),
        Preset(
            "wrong-moved",
            Text("Only wrong classes moved"),
            {"y": _WRONG_MOVED, "keep_sum": "wrong"},
        ),
        Preset("certain", Text("Certain and wrong"), {"y": _CERTAIN}),
        Preset("uniform", Text("No idea"), {"y": (0.1,) * 10}),
        Preset("no-probabilities", Text("Sum above 1"), {"keep_sum": "free", "y": _OVER_ONE}),
        Preset(
            "class-numbers",
            Text("Class numbers as one-hot"),
            {"view": "batch", "pitfall": "class_numbers"},
        ),
    )
    code = (
        cross_entropy_error, sum_squared_error, mean_squared_error, cross_entropy_of_classes, naive_cross_entropy,
        one_hot,
    )  # fmt: skip

    def settle(self, params: LossesParams, changes: Mapping[str, Any]) -> Mapping[str, object]:
        """If the change concerns a single output, the others are scaled so that the sum stays 1."""
        # Who makes room is settled first: that may come along.
        before = params.replaced({name: value for name, value in changes.items() if name not in ("y", "rows")})
        settled = dict(changes)
        if "y" in changes:
            settled["y"] = before.with_one_changed(before.y, changes["y"], before.target)
        if "rows" in changes and len(changes["rows"]) == len(before.rows):
            rows = zip(before.rows, changes["rows"], before.label_classes, strict=True)
            settled["rows"] = tuple(before.with_one_changed(*row) for row in rows)
        return settled

    def compute(self, params: LossesParams, streams: RandomStreams) -> LossesFrame:
        frame = frame_of(params)
        return replace(frame, status=words.status_of(params, frame))

    headline = staticmethod(words.headline)
    working = staticmethod(lines)

    def probe(self, params: LossesParams, frame: LossesFrame, spot: ProbePoint) -> Probe | None:
        said = words.probed(params, frame, spot)
        return None if said is None else Probe(said)

    def code_mark(self, params: LossesParams, frame: LossesFrame) -> CodeMark:
        return CodeMark(*_MARKS[params.pitfall if params.view == "batch" else params.view])

    def main_tables(self, params: LossesParams, frame: LossesFrame) -> tuple[Table, ...]:
        losses = table_of(
            "losses",
            Text("losses"),
            loss=(["half_sum", "mean_square", "cross_entropy"], Text("loss", context="function")),
            value=([frame.half_sum, frame.mean_square, frame.cross_entropy], Text("value")),
            without_guard=([frame.half_sum, frame.mean_square, frame.unguarded], _WITHOUT),
        )
        classes = table_of(
            "classes",
            Text("classes"),
            **{"class": (np.arange(len(frame.y)), Text("class"))},
            y=frame.y,
            t=frame.t.astype(int),
            square=(frame.squares, untranslated("(y − t)²")),
            counts_in_cross_entropy=(frame.t > 0, Text("counts in cross entropy")),
        )
        near = table_of(
            "near_zero",
            Text("near 0"),
            y=frame.near_y,
            without_guard=(frame.near_unguarded, _WITHOUT),
            with_guard=(frame.near_guarded, Text("ε added")),
        )
        batch, means = self._batch_tables(params, frame)
        order = {"batch": (batch, means, losses, classes, near), "guard": (near, losses, classes, batch, means)}
        return order.get(params.view, (losses, classes, near, batch, means))

    def _batch_tables(self, params: LossesParams, frame: LossesFrame) -> tuple[Table, Table]:
        """The table of the batch's rows with their losses, and the table of the batch's mean losses."""
        found, wrong = frame.compared(params.pitfall), {}
        if found.wrong_rows is not None:
            rows = found.wrong_rows if len(found.wrong_rows) else np.full(len(frame.rows), np.nan)
            wrong = {"wrong": (rows, Text("with the mistake"))}
        batch = table_of(
            "batch",
            Text("batch"),
            row=(np.arange(1, len(frame.rows) + 1), Text("row")),
            **{f"y{k}": column for k, column in enumerate(frame.rows.T)},
            label=(frame.labels, Text("label")),
            one_hot=([" ".join(str(int(t)) for t in row) for row in frame.one_hot.tolist()], untranslated("one-hot")),
            picked=(frame.picked, Text("output of the label")),
            cross_entropy=(frame.row_cross_entropy, Text("cross entropy")),
            half_sum=(frame.row_half_sum, Text("half sum")),
            mean_square=(frame.row_mean_square, Text("mean square")),
            **wrong,
        )
        losses, errors = {"right": found.loss}, {"right": ""}
        if found.wrong_loss is not None:
            losses[params.pitfall] = found.wrong_loss
            errors[params.pitfall] = frame.naive_error if params.pitfall == "class_numbers" else ""
        means = table_of(
            "batch_loss",
            Text("loss of the batch"),
            computed=(list(losses), Text("computed", context="way")),
            loss=(list(losses.values()), Text("loss")),
            right_answers=([frame.right_rows] * len(losses), Text("right answers")),
            error=(list(errors.values()), Text("NumPy's error")),
        )
        return batch, means

    # The hand

    def handles(self, params: LossesParams, frame: LossesFrame) -> tuple[Handle, ...]:
        """The handles of the current view; the first one shows the invitation to drag."""
        if params.view == "batch":
            return tuple(
                _bar(f"r{row}c{k}", params.slot(row, k), share, _CELL(row=row + 1, k=k), _CELL_BY_KEYS)
                for row, shares in enumerate(params.rows)
                for k, share in enumerate(shares)
            )
        bars = [
            _bar(_OUTPUTS.name(k), k, share, _BAR(k=k), _BAR_BY_KEYS, share >= _HIGH)
            for k, share in enumerate(params.y)
        ]
        right = bars.pop(params.target)
        if params.view == "guard":
            hint, invitation = ((-1.0, 0.0), _LEFT) if frame.right_power > NEAREST / 2 else ((1.0, 0.0), _AWAY)
            place = (frame.right_power, min(frame.cross_entropy, NEAR_TOP))
            return (Handle(NEAR, place, _NEAR_STEP, _POINT, hint, invitation=invitation), right, *bars)
        place = (frame.right, min(frame.cross_entropy, TOP))
        return (right, *bars, Handle(POINT, place, _STEP, _POINT, (-1.0, 0.0)))

    def drag(self, params: LossesParams, frame: LossesFrame, handle: str, place: Position) -> Mapping[str, object]:
        """The parameter change that brings a handle to ``place``; if outputs must sum to 1, the others are scaled."""
        share = tidy(place[1], 0.0, 1.0)
        if params.view == "batch":
            row, column = _cell(params, handle)
            changed = _with(params.rows, row, _with(params.rows[row], column, share))
            return self.settle(params, {"rows": changed})
        index = params.target if handle in (POINT, NEAR) else _index(params, handle)
        if handle == POINT:
            share = _along_curve(frame, place)
        if handle == NEAR:
            share = _near_share(frame, place[0])
        return self.settle(params, {"y": _with(params.y, index, share)})

    def click(self, params: LossesParams, frame: LossesFrame, handle: str) -> Mapping[str, object]:
        """The parameter change that makes the clicked bar's class the right one."""
        if handle in (POINT, NEAR):
            return {}
        if params.view == "batch":
            row, column = _cell(params, handle)
            return {"labels": _with(params.labels, row, float(column))}
        return {"target": _index(params, handle)}

    def click_at(self, params: LossesParams, frame: LossesFrame, spot: ProbePoint) -> Mapping[str, object]:
        """A click on a bar, or on its label, is a click on its handle."""
        if spot.part != ("batch" if params.view == "batch" else ""):
            return {}
        bars = (handle for handle in self.handles(params, frame) if handle.id not in (POINT, NEAR))
        bar = next((bar.id for bar in bars if abs(bar.place[0] - spot.x) < 0.5), None)
        return self.click(params, frame, bar) if bar else {}

    def remove(self, params: LossesParams, frame: LossesFrame, handle: str) -> Mapping[str, object]:
        """The parameter changes that remove the output of one class; empty if no fewer are allowed."""
        if handle in (POINT, NEAR) or params.view == "batch" or len(params.y) == _OUTPUTS.fewest:
            return {}
        index = _index(params, handle)
        return {"y": _OUTPUTS.removed(params.y, index), "target": params.target - (params.target > index)}


def _bar(name: str, x: int, share: float, label: Text, by_keys: Text, down: bool = False) -> Handle:
    place, (hint, invitation) = (float(x), share), ((0.0, -1.0), _DOWN) if down else ((0.0, 1.0), _UP)
    return Handle(name, place, _STEP, label, hint, invitation=invitation, body=bar_body(*place), by_keys=by_keys)


def _along_curve(frame: LossesFrame, place: Position) -> float:
    """The output at the point of the curve nearest to ``place``.

    An arrow key moves along one axis only; then that coordinate is taken exactly.
    """
    x, y = place
    here = frame.right, min(frame.cross_entropy, TOP)
    if y == here[1]:
        share = x
    elif x == here[0]:
        share = 0.0 if y > TOP else math.exp(-y) - frame.epsilon
    else:
        heights = np.minimum(-np.log(np.maximum(_ALONG, 1e-9)), 1.05 * TOP)
        share = float(_ALONG[np.argmin((_ALONG - x) ** 2 + ((heights - y) / TOP) ** 2)])
    return tidy(share, 0.0, 1.0, 2 if share > 0.1 and x != here[0] else 4)


def _near_share(frame: LossesFrame, power: float) -> float:
    """The output at the x ``power`` of the plot near 0, whose axis is logarithmic.

    From 0, any step to the right leads to the smallest power of ten.
    """
    at_zero = frame.right_power == ZERO_PLACE
    if power <= ZERO_PLACE if at_zero else power < NEAREST:
        return 0.0
    return float(f"{10.0 ** min(max(power, NEAREST), 0.0):.2g}")


def _with(values: tuple[object, ...], index: int, value: object) -> tuple[object, ...]:
    """The values with the one at ``index`` replaced by ``value``."""
    return (*values[:index], value, *values[index + 1 :])


def _index(params: LossesParams, handle: str) -> int:
    """The class whose bar has the handle ``handle``."""
    return {_OUTPUTS.name(index): index for index in range(len(params.y))}[handle]


def _cell(params: LossesParams, handle: str) -> tuple[int, int]:
    """The row and column of the batch whose bar has the handle ``handle``."""
    names = {f"r{row}c{column}": (row, column) for row in range(params.samples) for column in range(params.classes)}
    return names[handle]

"""What the experiment `losses` says of the place under the pointer."""

from __future__ import annotations

import math

from engine.contract.experiment import Probe
from engine.contract.numerals import format_real
from engine.contract.spot import Spot
from engine.contract.text import Text
from engine.experiments.ch4_training.parts.losses_frame import NEAREST, LossesFrame
from engine.experiments.ch4_training.parts.losses_params import LossesParams
from engine.experiments.ch4_training.parts.losses_words import guard_name, spelled

_RIGHT = Text(
    "class {k}, the right one: y = {y}, t = 1, (y − t)² = {square}, −log y = {loss}",
    "类别 {k}（正确类别）：y = {y}，t = 1，(y − t)² = {square}，−log y = {loss}",
)
_WRONG = Text(
    "class {k}: y = {y}, t = 0, (y − t)² = {square}; cross entropy ignores it",
    "类别 {k}：y = {y}，t = 0，(y − t)² = {square}，交叉熵误差不看它",
)
_CURVE = Text("y = {y}: −log y = {loss}, ½(y − 1)² = {square}", "y = {y}：−log y = {loss}，½(y − 1)² = {square}")
_NEAR = Text("y = {y}: −log y = {loss}", "y = {y}：−log y = {loss}")
_NEAR_GUARDED = Text(
    "y = {y}: −log y = {loss}, −log(y + {guard}) = {guarded}", "y = {y}：−log y = {loss}，−log(y + {guard}) = {guarded}"
)
_LIT = Text(
    "row {row}, class {k}: y = {y}, its label; the row costs {loss}",
    "第 {row} 行，类别 {k}：y = {y}，就是标签，这一行的损失是 {loss}",
)
_UNLIT = Text(
    "row {row}, class {k}: y = {y}, t = 0; the label is {label}",
    "第 {row} 行，类别 {k}：y = {y}，t = 0，标签是 {label}",
)


def probe(params: LossesParams, frame: LossesFrame, spot: Spot) -> Probe | None:
    """``spot`` is among the bars, or in the part curve, near or batch."""
    words = {"": _bar, "curve": _curve, "near": _near, "batch": _cell}[spot.part](params, frame, spot.x)
    return None if words is None else Probe(words)


def _bar(params: LossesParams, frame: LossesFrame, x: float) -> Text | None:
    k = round(x)
    if not 0 <= k < len(frame.y):
        return None
    words = _RIGHT if k == frame.target else _WRONG
    values = {"k": k, "y": _number(frame.y[k]), "square": _number(frame.squares[k])}
    return words(**values, **({"loss": spelled(frame.cross_entropy)} if k == frame.target else {}))


def _curve(params: LossesParams, frame: LossesFrame, x: float) -> Text | None:
    if not 0 <= x <= 1:
        return None
    loss = -math.log(x + params.epsilon) if x + params.epsilon > 0 else math.inf
    return _CURVE(y=_number(x), loss=spelled(loss), square=_number(0.5 * (x - 1) ** 2))


def _near(params: LossesParams, frame: LossesFrame, x: float) -> Text | None:
    if x > 0:
        return None
    y = 10.0**x if x >= NEAREST else 0.0
    words = _NEAR if params.guard == "off" else _NEAR_GUARDED
    values = {"y": _number(y), "loss": spelled(-math.log(y) if y else math.inf)}
    if params.guard != "off":
        values |= {"guard": guard_name(params), "guarded": _number(-math.log(y + params.epsilon))}
    return words(**values)


def _cell(params: LossesParams, frame: LossesFrame, x: float) -> Text | None:
    row, column = divmod(round(x), params.classes + 1)
    if not 0 <= row < params.samples or column == params.classes:
        return None
    label = int(frame.labels[row])
    values = {"row": row + 1, "k": column, "y": _number(frame.rows[row, column])}
    if column == label:
        return _LIT(**values, loss=spelled(float(frame.row_cross_entropy[row])))
    return _UNLIT(**values, label=label)


def _number(value: float) -> str:
    return format_real(float(value) + 0.0, 4)

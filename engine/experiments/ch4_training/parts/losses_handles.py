"""What can be dragged in the experiment `losses`: the bars, the point on −log y, and the bars of the batch."""

from __future__ import annotations

import math

import numpy as np

from engine.contract.handle import Handle, Place, bar_body
from engine.contract.params import field_of
from engine.contract.spot import Spot
from engine.contract.text import Text
from engine.experiments.ch4_training.parts.losses_frame import NEAR_TOP, NEAREST, TOP, ZERO_PLACE, LossesFrame
from engine.experiments.ch4_training.parts.losses_params import LossesParams

POINT, NEAR = "point", "near"
_STEP = 0.01
_NEAR_STEP = 0.25
_HIGH = 0.3
"""A bar that is at least so high can be pulled down."""
_OUTPUTS = field_of(LossesParams, "y")
_BAR = Text(
    "y{k}: drag up or down, click to make {k} the right class, Delete to remove",
    "y{k}：上下拖动，点一下把 {k} 设为正确类别，按 Delete 键删除",
)
_POINT = Text("the right class: drag along the curve", "正确类别：沿着曲线拖动")
_CELL = Text(
    "row {row}, y{k}: drag up or down, click to make {k} its label",
    "第 {row} 行 y{k}：上下拖动，点一下把标签改为 {k}",
)
_DOWN = Text("pull it down", "往下拖")
_UP = Text("pull it up", "往上拖")
_LEFT, _AWAY = Text("towards 0", "往 0 拖"), Text("drag right", "往右拖")
# Places along the curve among which the nearest to the pointer is found, 0 and the part near it included.
_ALONG = np.concatenate([[0.0], np.geomspace(1e-3, 0.1, 120), np.linspace(0.1, 1.0, 181)[1:]])


def handles(params: LossesParams, frame: LossesFrame) -> tuple[Handle, ...]:
    """The handles of the view, the one that invites first."""
    if params.view == "batch":
        return _of_batch(params)
    bars = [_bar(index, share) for index, share in enumerate(params.y)]
    right = bars.pop(params.target)
    if params.view == "guard":
        loss = min(frame.cross_entropy, NEAR_TOP)
        hint, words = ((-1.0, 0.0), _LEFT) if frame.right_power > NEAREST / 2 else ((1.0, 0.0), _AWAY)
        near = Handle(NEAR, (frame.right_power, loss), _NEAR_STEP, _POINT, hint, invitation=words)
        return (near, right, *bars)
    point = Handle(POINT, (frame.right, min(frame.cross_entropy, TOP)), _STEP, _POINT, (-1.0, 0.0))
    return (right, *bars, point)


def drag(params: LossesParams, frame: LossesFrame, handle: str, place: Place) -> dict[str, object]:
    """The change of the outputs that brings a handle to a place."""
    if handle == POINT:
        return _changed(params, params.target, _along_curve(frame, place))
    if handle == NEAR:
        return _changed(params, params.target, _near_share(frame, place[0]))
    share = float(np.clip(np.round(place[1], 2), 0.0, 1.0)) + 0.0
    if params.view == "batch":
        row, column = _cell(params, handle)
        before = params.rows[row]
        after = params.with_one_changed(before, _with(before, column, share), params.label_classes[row])
        return {"rows": (*params.rows[:row], after, *params.rows[row + 1 :])}
    return _changed(params, _index(params, handle), share)


def click(params: LossesParams, handle: str) -> dict[str, object]:
    """The change that makes a bar's class the right one."""
    if handle in (POINT, NEAR):
        return {}
    if params.view == "batch":
        row, column = _cell(params, handle)
        return {"labels": _with(params.labels, row, float(column))}
    return {"target": _index(params, handle)}


def bar_at(params: LossesParams, frame: LossesFrame, spot: Spot) -> str:
    """The handle of the bar under a spot of the bars or of the batch; empty where there is none."""
    if spot.part != ("batch" if params.view == "batch" else ""):
        return ""
    bars = (handle for handle in handles(params, frame) if handle.id not in (POINT, NEAR))
    return next((bar.id for bar in bars if abs(bar.place[0] - spot.x) < 0.5), "")


def remove(params: LossesParams, handle: str) -> dict[str, object]:
    """The change without a class of the one output, as far as there may be fewer."""
    if handle in (POINT, NEAR) or params.view == "batch" or len(params.y) == _OUTPUTS.fewest:
        return {}
    index = _index(params, handle)
    return {"y": _OUTPUTS.removed(params.y, index), "target": params.target - (params.target > index)}


def slot(params: LossesParams, row: int, column: int) -> int:
    """Where a bar of the batch stands, the rows being groups with a gap between."""
    return row * (params.classes + 1) + column


def _of_batch(params: LossesParams) -> tuple[Handle, ...]:
    found = []
    for row, (shares, label) in enumerate(zip(params.rows, params.label_classes, strict=True)):
        for column, share in enumerate(shares):
            words = _CELL(row=row + 1, k=column)
            place = (float(slot(params, row, column)), share)
            quiet = column != label
            name, body = f"r{row}c{column}", bar_body(*place)
            found.append(Handle(name, place, _STEP, words, (0.0, 1.0), quiet, _UP, body=body))
    return tuple(found)


def _bar(index: int, share: float) -> Handle:
    label = _BAR(k=index)
    down = share >= _HIGH
    hint, words = ((0.0, -1.0), _DOWN) if down else ((0.0, 1.0), _UP)
    place = (float(index), share)
    return Handle(_OUTPUTS.name(index), place, _STEP, label, hint, invitation=words, body=bar_body(*place))


def _along_curve(frame: LossesFrame, place: Place) -> float:
    """The output whose point of the curve is meant: exactly along an axis for keys, else the nearest one."""
    x, y = place
    here = frame.right, min(frame.cross_entropy, TOP)
    if y == here[1]:
        share = x
    elif x == here[0]:
        share = 0.0 if y > TOP else math.exp(-y) - frame.epsilon
    else:
        heights = np.minimum(-np.log(np.maximum(_ALONG, 1e-9)), 1.05 * TOP)
        share = float(_ALONG[np.argmin((_ALONG - x) ** 2 + ((heights - y) / TOP) ** 2)])
    digits = 2 if share > 0.1 and x != here[0] else 4
    return float(np.clip(round(share, digits), 0.0, 1.0)) + 0.0


def _near_share(frame: LossesFrame, power: float) -> float:
    """The output at a place of the picture near 0; from 0 any step to the right leads to the least power of ten."""
    at_zero = frame.right_power == ZERO_PLACE
    if power <= ZERO_PLACE if at_zero else power < NEAREST:
        return 0.0
    return float(f"{10.0 ** min(max(power, NEAREST), 0.0):.2g}")


def _changed(params: LossesParams, index: int, share: float) -> dict[str, object]:
    return {"y": params.with_one_changed(params.y, _with(params.y, index, share), params.target)}


def _with(values: tuple[float, ...], index: int, value: float) -> tuple[float, ...]:
    return (*values[:index], value, *values[index + 1 :])


def _index(params: LossesParams, handle: str) -> int:
    names = [_OUTPUTS.name(index) for index in range(len(params.y))]
    if handle not in names:
        raise KeyError(handle)
    return names.index(handle)


def _cell(params: LossesParams, handle: str) -> tuple[int, int]:
    names = {f"r{row}c{column}": (row, column) for row in range(params.samples) for column in range(params.classes)}
    return names[handle]

"""The sentences of `pooling`, and the sums of its cells with their numbers put in."""

from __future__ import annotations

import numpy as np

from engine.contract.pieces import NONE, Line, Text, format_real, percent
from engine.data.digits import load_digits
from engine.experiments.ch7_convolution.pooling.bench import window_of
from engine.experiments.ch7_convolution.pooling.params import PoolingFrame, PoolingParams

Place = tuple[int, int]
_MOST_NAMED = 9
"""So many numbers of a window stand in a sentence."""
VALUE, SHIFTED = Text("value", "值"), Text("of the shifted picture", "平移后的值")
BY_INK = Text("differences over ink", "差与墨量之比")
DRAG = Text("shifted picture: drag it", "平移后的图：拖动它")
_PLACE = Text("cell [{row},{column}]", "格子 [{row},{column}]")

_NOT_SHIFTED = Text("Nothing is shifted, so both pictures are alike.", "没有平移，所以两幅图一样。")
_NO_INK = Text("The picture has no ink, so there is nothing to shift.", "图上没有墨迹，平移也看不出来。")
_SHIFTED = Text(
    "Shifted by {shift} px, the picture changes by {before} of its ink, the pooled one by {after}: {verdict}.",
    "平移 {shift} 个像素，图像变了墨量的 {before}，池化后变了 {after}：{verdict}。",
)
_LESS, _MORE = Text("less", "变得少了"), Text("more", "反而更多")
_AS_MUCH, _NOT_AT_ALL = Text("just as much", "一样多"), Text("it stays the same", "完全没变")
_ALONG = Text(
    "Shifted by {shift} px, the pooled picture is the same one, moved by {cells}; it changes by {after}, the picture by"
    " {before}.",
    "平移 {shift} 个像素，池化后还是那幅图，只是整个移动了 {cells}；变化 {after}，原图变化 {before}。",
)
_ONE_CELL, _CELLS = Text("one cell", "一格"), Text("{count} cells", "{count} 格")
_START = Text(
    "Nothing is pooled yet. Press Step: the window begins in the upper left corner.",
    "还没开始池化。按“下一步”，窗口从左上角出发。",
)
_WALKING = Text("Window {number} of {all}: {sum} = {value}.", "第 {number} 个窗口，共 {all} 个：{sum} = {value}。")
_LARGEST, _MEAN = Text("its largest number", "其中最大的数"), Text("its mean", "平均值")
_TO_WINNERS = Text(
    "Each window passes its gradient to the cell that won: {reached} of {all} cells get any.",
    "每个窗口只把梯度传给胜出的那一格：{all} 格里有 {reached} 格得到梯度。",
)
_TO_ALL = Text(
    "Each window shares its gradient equally: {reached} of {all} cells get some.",
    "每个窗口把梯度平均分给各格：{all} 格里有 {reached} 格得到梯度。",
)
_MANY = {
    "ink": Text(
        "Of {count:,} test digits, {less} change less after pooling: {before} of the ink on average, then {after}.",
        "{count} 个测试数字里，有 {less} 个池化后变得少了：原图平均变了墨量的 {before}，池化后 {after}。",
    ),
    "cells": Text(
        "Of {count:,} test digits, {less} have a smaller share of changed cells after pooling: {before} on average,"
        " then {after}.",
        "{count} 个测试数字里，有 {less} 个池化后变了的格子占比更小：原图平均 {before}，池化后 {after}。",
    ),
}
_DIGIT = Text(
    "test image {image}, a {label}: {before} before pooling, {after} after. A click shows it",
    "测试图片 {image}，数字 {label}：池化前变了 {before}，池化后 {after}。点一下就能看它",
)
_CELL = Text("{place}: {value}, {part}", "{place}：{value}，{part}")
_UNREAD = Text("which lies in no window", "不在任何窗口里")
_WINS = (
    Text("which wins in no window", "在哪个窗口都没有胜出"),
    Text("which wins its window", "在窗口里胜出"),
    Text("which wins in {count} windows", "在 {count} 个窗口里胜出"),
)
_LIES = Text("windows that it lies in: {count}", "在 {count} 个窗口里")
_PLAIN = Text("{place}: {value}", "{place}：{value}")
_CHANGED = Text("{place}: {before} before the shift, {after} after it", "{place}：平移前 {before}，平移后 {after}")
_GRADIENT = Text("{place}: a gradient of {value} comes back", "{place}：传回的梯度是 {value}")
_ONE = Text("{place}: a gradient of 1 comes to this cell", "{place}：传到这一格的梯度是 1")
_POOLED = Text("{place}: {sum} = {value}", "{place}：{sum} = {value}")
_OUTSIDE = Text("padding, −∞ for the maximum: it never wins", "填充，求最大值时当作 −∞，不会胜出")
_ZERO = Text("padding, 0 for the average", "填充，求平均值时当作 0")
_WON_AT = Text("{place} wins", "{place} 胜出")
_OF_ALL = Text("the mean of all {count} cells, padding as 0", "全部 {count} 格的平均，填充当作 0")
_OF_SHIFTED = Text("the same window of the shifted picture", "平移后，同一个窗口")
_BEFORE = Text(
    "what differs between the pictures, d, over the ink s of the first", "两幅图之差的绝对值之和 d，除以原图的墨量 s"
)
_AFTER = Text("the same of what is pooled", "池化之后，同样计算")


def share(value: float | None) -> str:
    """A change as a percentage, a dash where there was no ink to change."""
    return NONE if value is None else percent(value)


def place_name(cell: Place) -> Text:
    """A cell as NumPy counts, as everywhere in this chapter."""
    return _PLACE(row=cell[0], column=cell[1])


def reading(params: PoolingParams, frame: PoolingFrame) -> Text:
    """The headline."""
    if params.view == "many":
        before, after = (share(float(np.nanmean(row))) for row in frame.many[params.measure])
        count, less = len(frame.many[params.measure][0]), frame.many_less[params.measure]
        return _MANY[params.measure](count=count, less=less, before=before, after=after)
    if params.view == "walk" and not frame.done:
        return _START
    if params.view == "walk":
        cell = divmod(frame.done - 1, frame.outputs)
        line = window_line(params, frame.picture, cell)
        short = _LARGEST if params.kind == "max" else _MEAN
        sum_ = line.arithmetic() if len(line.values) <= _MOST_NAMED else short
        return _WALKING(number=frame.done, all=frame.windows, sum=sum_, value=line.result_text())
    if params.view == "gradient":
        words = _TO_WINNERS if params.kind == "max" else _TO_ALL
        return words(reached=frame.reached, all=frame.gradient.size)
    return _shift_words(params, frame)


def _shift_words(params: PoolingParams, frame: PoolingFrame) -> Text:
    before, after = frame.change_before, frame.change_after
    if not params.shift:
        return _NOT_SHIFTED
    if before is None or after is None or not frame.ink:
        return _NO_INK
    values = {"shift": params.shift, "before": share(before), "after": share(after)}
    if frame.moved_cells:
        cells = _ONE_CELL if frame.moved_cells == 1 else _CELLS(count=frame.moved_cells)
        return _ALONG(cells=cells, **values)
    alike = values["before"] == values["after"]
    verdict = _NOT_AT_ALL if not after else _AS_MUCH if alike else _LESS if after < before else _MORE
    return _SHIFTED(verdict=verdict, **values)


def window_line(params: PoolingParams, picture: np.ndarray, cell: Place, left: str = "z") -> Line:
    """What an output cell is made of: the maximum of its window, or the mean, padding counted as zeros."""
    inside = picture[window_of(params, *cell)].ravel().tolist()
    if params.kind == "max":
        return Line.over(left, "max(…)", "{x}", {"x": inside}, max(inside))
    count = params.window**2
    whole = inside + [0.0] * (count - len(inside))
    note = _OF_ALL(count=count)
    return Line.over(left, f"(…) / {count}", "{x}", {"x": whole}, sum(inside) / count, note)


def window_lines(params: PoolingParams, frame: PoolingFrame, cell: Place) -> tuple[Line, ...]:
    """The sum of an output cell, and of the same cell of the shifted picture."""
    line = window_line(params, frame.picture, cell)
    if params.kind == "max":
        note = _WON_AT(place=place_name(tuple(frame.winners[cell].tolist())))
        line = Line(line.left, line.expression, line.values, line.result, note)
    if params.view != "shift":
        return (line,)
    other = window_line(params, frame.shifted, cell, "u")
    return line, Line(other.left, other.expression, other.values, other.result, _OF_SHIFTED)


def change_lines(params: PoolingParams, frame: PoolingFrame) -> tuple[Line, ...]:
    """How the two shares of the headline come about; none where there is no ink."""
    found = []
    if params.view == "shift":
        for left, one, other, change, note in (
            ("p", frame.picture, frame.shifted, frame.change_before, _BEFORE),
            ("q", frame.pooled, frame.pooled_shifted, frame.change_after, _AFTER),
        ):
            ink = float(np.sum(one))
            if ink and change is not None:
                values = {"d": float(np.sum(np.abs(other - one))), "s": ink}
                found.append(Line(left, "{d} / {s}", values, change, note))
    return tuple(found)


def digit_words(params: PoolingParams, frame: PoolingFrame, digit: int) -> Text:
    """How much one test digit changes."""
    before, after = (float(row[digit]) for row in frame.many[params.measure])
    label = int(load_digits("test").labels[digit])
    return _DIGIT(image=digit, label=label, before=share(before), after=share(after))


def padding_words(params: PoolingParams) -> Text:
    """What a cell around the picture counts."""
    return _OUTSIDE if params.kind == "max" else _ZERO


def cell_words(params: PoolingParams, frame: PoolingFrame, name: str, cell: Place) -> Text:
    """A cell of the picture, of its shifted copy, of their difference or of the gradient."""
    place, value = place_name(cell), format_real(float(frame.picture[cell]), 3)
    if name == "difference":
        return _CHANGED(place=place, before=value, after=format_real(float(frame.shifted[cell]), 3))
    if name == "gradient":
        return _GRADIENT(place=place, value=format_real(float(frame.gradient[cell]), 3))
    if name == "shifted":
        return _PLAIN(place=place, value=format_real(float(frame.shifted[cell]), 3))
    if frame.unread[cell]:
        part = _UNREAD
    elif params.kind == "max":
        count = int(np.sum(np.all(frame.winners == cell, axis=2)))
        part = _WINS[min(count, 2)](count=count) if count > 1 else _WINS[count]
    else:
        part = _LIES(count=round(float(frame.gradient[cell]) * params.window**2))
    return _CELL(place=place, value=value, part=part)


def output_words(params: PoolingParams, frame: PoolingFrame, name: str, cell: Place) -> Text:
    """A cell of what is pooled, of the difference between both, or of the gradient that comes to it."""
    place = place_name(cell)
    if name == "ones":
        return _ONE(place=place)
    if name == "pooled_difference":
        before, after = (format_real(float(values[cell]), 4) for values in (frame.pooled, frame.pooled_shifted))
        return _CHANGED(place=place, before=before, after=after)
    line = window_line(params, frame.picture if name == "pooled" else frame.shifted, cell)
    short = _LARGEST if params.kind == "max" else _MEAN
    sum_ = line.arithmetic() if len(line.values) <= _MOST_NAMED else short
    return _POOLED(place=place, sum=sum_, value=format_real(line.result, 4))

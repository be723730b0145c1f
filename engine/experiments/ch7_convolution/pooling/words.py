"""The texts of `pooling`, and the calculation of its cells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.boards.board import CellIndex
from engine.contract.api import NONE, Text, WorkingStep, format_real, notation, percent
from engine.data.digits import load_digits
from engine.experiments.ch7_convolution.pooling.bench import window_of
from engine.experiments.ch7_convolution.pooling.params import PoolingFrame, PoolingParams

_POOLED_NAME, _DIFFERENCE = Text("Pooled"), Text("Difference")
NAMES = {
    "picture": Text("Picture", context="pooling"),
    "shifted": Text("Shifted by {shift} px"),
    "gradient": Text("Gradient that comes back"),
    "ones": Text("Gradient that comes in"),
    **dict.fromkeys(("pooled", "pooled_shifted"), _POOLED_NAME),
    **dict.fromkeys(("difference", "pooled_difference"), _DIFFERENCE),
}
"""The titles of the grids, by name."""
KINDS = {
    "max": Text("max, window {window}×{window}"),
    "average": Text("average, window {window}×{window}"),
}
SIZE = Text("size {size}")
HINTS = {
    "shift": (Text("Draw on the picture; a stroke that begins on ink erases"), Text("Draw on the picture")),
    "walk": (Text("The window goes over the picture in reading order"),
             Text("Window by window")),
    "gradient": (Text("A gradient of 1 comes to every output cell"),
                 Text("Gradients of 1 come in")),
    "many": (Text("One point for each test digit: click one to see it"),
             Text("Click a point")),
}  # fmt: skip
"""What each view shows or what can be done there, in a full and a short wording."""
NOT_FOR_THE_HAND = {
    "shift": (Text("A picture, the same one shifted, and both pooled"),),
    "many": (Text("One point for each test digit"),),
}
"""The texts that replace ``HINTS`` in printed figures, without instructions."""
_CHANGED_NOTES = (
    Text("{share} of the ink, {cells} of {all} cells"),
    Text("{share}, {cells} of {all}"),
    notation("{share}"),
)
_MOST_NAMED = 9
"""The maximum number of values of a window that a sentence lists."""
VALUE, SHIFTED = Text("value"), Text("of the shifted picture")
BY_INK = Text("differences over ink")
DRAG = Text("shifted picture: drag it")
_PLACE = Text("cell [{row},{column}]")

_NOT_SHIFTED = Text("Nothing is shifted, so both pictures are alike.")
_NO_INK = Text("The picture has no ink, so there is nothing to shift.")
_SHIFTED = Text(
    "Shifted by {shift} px, the picture changes by {before} of its ink, the pooled one by {after}: {verdict}."
)
_LESS, _MORE = Text("less"), Text("more", context="changes more")
_AS_MUCH, _NOT_AT_ALL = Text("just as much"), Text("it stays the same")
_ALONG = Text(
    "Shifted by {shift} px, the pooled picture is the same one, moved by {cells}; it changes by {after}, the picture by"
    " {before}."
)
_ONE_CELL, _CELLS = Text("one cell"), Text("{count} cells")
_START = Text("Nothing is pooled yet. Press Step (Page Down): the window begins in the upper left corner.")
_WALKING = Text("Window {number} of {all}: {sum} = {value}.")
_LARGEST, _MEAN = Text("its largest number"), Text("its mean")
_TO_WINNERS = Text("Each window passes its gradient to the cell that won: {reached} of {all} cells get one.")
_TO_ALL = Text("Each window shares its gradient equally: {reached} of {all} cells get some.")
_MANY = {
    "ink": Text(
        "Of {count:,} test digits, {less} change less after pooling: {before} of the ink on average, then {after}."
    ),
    "cells": Text(
        "Of {count:,} test digits, {less} have a smaller share of changed cells after pooling: {before} on average,"
        " then {after}."
    ),
}
_DIGIT = Text("test image {image}, a {label}: {before} before pooling, {after} after. A click shows it")
_CELL = Text("{place}: {value}, {part}")
_UNREAD = Text("which lies in no window")
_WINS = (
    Text("which wins in no window"),
    Text("which wins its window"),
    Text("which wins in {count} windows"),
)
_LIES = Text("windows that it lies in: {count}")
_PLAIN = Text("{place}: {value}")
_CHANGED = Text("{place}: {before} before the shift, {after} after it")
_GRADIENT = Text("{place}: a gradient of {value} comes back")
_ONE = Text("{place}: a gradient of 1 comes to this cell")
_POOLED = Text("{place}: {sum} = {value}")
PADDING = {
    "max": Text("padding, −∞ for the maximum: it never wins"),
    "average": Text("padding, 0 for the average"),
}
"""The tooltips of padding cells, by kind of pooling."""
_WON_AT = Text("{place} wins")
_OF_ALL = Text("the mean of all {count} cells, padding as 0")
_OF_SHIFTED = Text("the same window of the shifted picture")
_BEFORE = Text("what differs between the pictures, d, over the ink s of the first")
_AFTER = Text("the same of what is pooled")


def share(value: float | None) -> str:
    """A change as a percentage; a dash for None, when there was no ink."""
    return NONE if value is None else percent(value)


def changed(change: float | None, cells: int, all_cells: int) -> tuple[Text, ...]:
    """Wordings of how much two grids differ, the fullest first."""
    return tuple(words(share=share(change), cells=cells, all=all_cells) for words in _CHANGED_NOTES)


def headline(params: PoolingParams, frame: PoolingFrame) -> Text:
    """One sentence about the shift's effect, the newest window, the gradients, or many digits."""
    if params.view == "many":
        before, after = map(percent, frame.means(params.measure))
        count, less = len(frame.many[params.measure][0]), frame.many_less[params.measure]
        return _MANY[params.measure](count=count, less=less, before=before, after=after)
    if params.view == "walk" and not frame.done:
        return _START
    if params.view == "walk":
        cell = divmod(frame.done - 1, frame.outputs)
        line = window_line(params, frame.picture, cell)
        sum_ = _sum_words(params, line)
        return _WALKING(number=frame.done, all=frame.windows, sum=sum_, value=line.result_text())
    if params.view == "gradient":
        words = _TO_WINNERS if params.kind == "max" else _TO_ALL
        return words(reached=frame.reached, all=frame.gradient.size)
    return _shift_words(params, frame)


def _shift_words(params: PoolingParams, frame: PoolingFrame) -> Text:
    """The headline about the effect of the shift on the image and on its pooled version."""
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


def window_line(params: PoolingParams, picture: np.ndarray, cell: CellIndex, left: str = "z") -> WorkingStep:
    """The line that computes an output cell: the maximum or mean of its window, with padding as zeros for the mean."""
    inside = picture[window_of(params, *cell)].ravel().tolist()
    if params.kind == "max":
        return WorkingStep.over(left, "max(…)", "{x}", {"x": inside}, max(inside))
    count = params.window**2
    whole = inside + [0.0] * (count - len(inside))
    note = _OF_ALL(count=count)
    return WorkingStep.over(left, f"(…) / {count}", "{x}", {"x": whole}, sum(inside) / count, note)


def _sum_words(params: PoolingParams, line: WorkingStep) -> Text | str:
    """The calculation of an output cell as text, or a description if its window has too many values."""
    return line.arithmetic() if len(line.values) <= _MOST_NAMED else _LARGEST if params.kind == "max" else _MEAN


def window_lines(params: PoolingParams, frame: PoolingFrame, cell: CellIndex) -> tuple[WorkingStep, ...]:
    """The calculation of an output cell and, in the view of the shift, of the same cell for the shifted image."""
    line = window_line(params, frame.picture, cell)
    if params.kind == "max":
        row, column = frame.winners[cell].tolist()
        line = replace(line, note=_WON_AT(place=_PLACE(row=row, column=column)))
    if params.view != "shift":
        return (line,)
    return line, replace(window_line(params, frame.shifted, cell, "u"), note=_OF_SHIFTED)


def change_lines(frame: PoolingFrame) -> tuple[WorkingStep, ...]:
    """The worked calculations of the two shares in the headline; empty without ink."""
    pictures = (frame.picture, frame.shifted), (frame.pooled, frame.pooled_shifted)
    found = []
    for left, (one, other), note in zip("pq", pictures, (_BEFORE, _AFTER), strict=True):
        change, ink = frame.change_before if left == "p" else frame.change_after, float(np.sum(one))
        if ink and change is not None:
            found.append(
                WorkingStep(left, "{d} / {s}", {"d": float(np.sum(np.abs(other - one))), "s": ink}, change, note)
            )
    return tuple(found)


def digit_words(params: PoolingParams, frame: PoolingFrame, digit: int) -> Text:
    """The tooltip about how much the test digit with the index ``digit`` changes."""
    before, after = (float(row[digit]) for row in frame.many[params.measure])
    label = int(load_digits("test").labels[digit])
    return _DIGIT(image=digit, label=label, before=share(before), after=share(after))


def cell_words(params: PoolingParams, frame: PoolingFrame, name: str, cell: CellIndex) -> Text:
    """The tooltip of an image cell; ``name`` is that of its grid."""
    said = {"place": _PLACE(row=cell[0], column=cell[1])}
    picture, shifted = (format_real(float(values[cell]), 3) for values in (frame.picture, frame.shifted))
    match name:
        case "difference":
            return _CHANGED(**said, before=picture, after=shifted)
        case "gradient":
            return _GRADIENT(**said, value=format_real(float(frame.gradient[cell]), 3))
        case "shifted":
            return _PLAIN(**said, value=shifted)
    if frame.unread[cell]:
        part = _UNREAD
    elif params.kind == "max":
        count = int(np.sum(np.all(frame.winners == cell, axis=2)))
        part = _WINS[min(count, 2)](count=count)
    else:
        part = _LIES(count=round(float(frame.gradient[cell]) * params.window**2))
    return _CELL(**said, value=picture, part=part)


def output_words(params: PoolingParams, frame: PoolingFrame, name: str, cell: CellIndex) -> Text:
    """The tooltip of a cell in a grid with one cell for each window; ``name`` is that of its grid."""
    said = {"place": _PLACE(row=cell[0], column=cell[1])}
    if name == "ones":
        return _ONE(**said)
    if name == "pooled_difference":
        before, after = (format_real(float(values[cell]), 4) for values in (frame.pooled, frame.pooled_shifted))
        return _CHANGED(**said, before=before, after=after)
    line = window_line(params, frame.picture if name == "pooled" else frame.shifted, cell)
    return _POOLED(**said, sum=_sum_words(params, line), value=format_real(line.result, 4))

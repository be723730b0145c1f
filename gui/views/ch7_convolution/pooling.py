"""Draws `pooling`: a picture and its shifted copy, what is pooled of them beneath, and what differs; or many digits."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import numpy as np

from engine.contract.pieces import Place, Spot, Text
from engine.contract.there import there
from engine.experiments.ch7_convolution.pooling import Pooling, lit_cell
from engine.experiments.ch7_convolution.pooling.params import LEVELS, SIDE, PoolingFrame, PoolingParams
from engine.experiments.ch7_convolution.pooling.places import LOWER, PADDED, blocks_of
from engine.experiments.ch7_convolution.pooling.words import share
from engine.geometry.boards import Block
from gui.plots.board.fitting_words import FittingWords
from gui.plots.board.read_outs import ReadOut, ReadOuts
from gui.plots.board.segmented import SegmentedItem
from gui.plots.pictures.cell_board import CellBoard, Grid
from gui.plots.plane.agreement import AgreeingGroup, AgreementPlane, Through
from gui.stage.layout import Layout
from gui.stage.view import Snapshot, View
from gui.style.language import show
from gui.style.theme import theme

_NAMES = {
    "picture": Text("Picture", "图像"),
    "shifted": Text("Shifted by {shift} px", "平移 {shift} 像素"),
    "difference": Text("Difference", "差"),
    "pooled": Text("Pooled", "池化后"),
    "pooled_shifted": Text("Pooled", "池化后"),
    "pooled_difference": Text("Difference", "差"),
    "gradient": Text("Gradient that comes back", "传回的梯度"),
    "ones": Text("Gradient that comes in", "传来的梯度"),
}
_KINDS = {"max": Text("max {window}×{window}", "最大 {window}×{window}"),
          "average": Text("average {window}×{window}", "平均 {window}×{window}")}  # fmt: skip
_CHANGED = Text("{share} of the ink, {cells} of {all} cells", "墨量的 {share}，{all} 格变了 {cells} 格")
_CHANGED_BRIEF = Text("{share}, {cells} of {all}", "{share}，{cells}/{all} 格")
_HINTS = {
    "shift": (
        Text("Draw on the picture; from ink on, a stroke takes ink away", "在图上拖动就能画；从有墨处拖起，就是擦掉"),
        Text("Draw on the picture", "在图上画"),
    ),
    "walk": (
        Text("The window goes over the picture in reading order", "窗口从左到右、从上到下走过图像"),
        Text("Window by window", "逐个窗口"),
    ),
    "gradient": (
        Text("A gradient of 1 comes to every output cell", "每个输出格都传来梯度 1"),
        Text("Gradients of 1 come in", "传来的梯度都是 1"),
    ),
    "many": (
        Text("One point for each test digit: click one to see it", "一个点是一个测试数字，点一下就能看到它"),
        Text("Click a point", "点一个点"),
    ),
}
_ACROSS = Text("change before pooling, %", "池化前的变化（%）")
_UP = Text("change after pooling, %", "池化后的变化（%）")
_EQUAL = Text("equal", "相等")
_LESS, _NOT_LESS = Text("changes less", "变得少了"), Text("not less", "没有变少")
_MEANS = Text("mean change", "平均变化")
_ARROW = Text("{before} → {after}", "{before} → {after}")
_OF = Text("of {count:,} digits", "共 {count} 个数字")
_BEFORE_AFTER = Text("before → after", "池化前 → 池化后")
_REACH = {"ink": 220.0, "cells": 105.0}
_UPRIGHT = ("views", "caption", "board")
_INKS = {True: 1, False: 2}
_Shown = Snapshot[PoolingParams, PoolingFrame]


class PoolingView(View[PoolingParams, PoolingFrame]):
    """A cell of what is pooled shows its window under the pointer, a click keeps it."""

    experiment: Pooling

    handle_plots = MappingProxyType({"": "board"})

    def build(self) -> None:
        self.board, self.plane = CellBoard(widest=1.0), AgreementPlane(from_zero=True)
        self.caption, self.outs = FittingWords(), ReadOuts()
        self.views = self.choice("view", SegmentedItem())
        self.probe_plot(self.board)
        self.probe_plot(self.plane, "many")
        self.add_control(self.board)
        self.board.chosen.connect(self._choose)
        self.board.drawn.connect(self._draw)
        self.board.stroke_ended.connect(self.gesture_ended)

    def layout_for(self, params: PoolingParams, wide: bool, compact: bool) -> Layout:
        if params.view == "many":
            if wide:
                return Layout(("caption views", "plane outs", "plane ."), (0, 60, 40), (70, 30))
            return Layout(("views", "plane", "outs"), (0, 1, 0), (1,))
        return Layout(("caption views", "board board"), (0, 1), (1, 0)) if wide else Layout(_UPRIGHT, (0, 0, 1), (1,))

    def arrange(self, wide: bool, compact: bool) -> None:
        self.outs.set_upright(wide)

    def restyle(self) -> None:
        for part in (self.caption, self.outs):
            part.restyle()
        self.plane.set_names(show(_ACROSS), show(_UP))

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        if ghost is not None and ghost.params.view != params.view:
            ghost = None
        self.caption.show_words(*(show(words) for words in _HINTS[params.view]), color=theme().muted_text)
        if params.view == "many":
            self._show_many(params, frame, ghost)
        else:
            before = ghost.frame if ghost is not None and ghost.params.pad == params.pad else None
            self.board.show_board([self._grid(params, frame, block, before) for block in blocks_of(params)])

    def probe(self, spot: Spot | None) -> None:
        """The words of the place under the pointer, and the stage as a click on an output cell would leave it."""
        super().probe(spot)
        if self.current is not None:
            params, frame = there(self.current).params, there(self.current).frame
            changes = self.experiment.click_at(params, frame, spot) if spot is not None else {}
            self.preview(changes if "selected" in changes else None)

    # One picture

    def _grid(self, params: PoolingParams, frame: PoolingFrame, block: Block, before: PoolingFrame | None) -> Grid:
        name, cell = block.array, lit_cell(params, frame)
        values = _shown(params, frame, name)
        old = None if before is None else _shown(params, before, name)
        marks = self._marks_above(params, frame, name, cell) if name in PADDED else {}
        if name in LOWER:
            later = [divmod(number, frame.outputs) for number in range(frame.done, frame.windows)]
            marks = {
                "selected": cell,
                "empty": frozenset(later),
                "faint": _places(values == 0),
                "chosen_from": name == "pooled" and params.view != "walk",
            }
        if name.endswith("difference"):
            # No number where nothing differs, but in the chosen cell, of which just that is to be seen.
            same_cells = _places(values == 0) - ({cell} if name in LOWER else frozenset())
            marks = {**marks, "empty": marks.get("empty", frozenset()) | same_cells}
        return Grid(
            block.left,
            block.top,
            _rows(values),
            show(_NAMES[name](shift=params.shift)),
            self._note(params, frame, name),
            before=_rows(old) if old is not None and old.shape == values.shape else None,
            side=block.side,
            painted=name == "picture",
            most=max(1.0, float(np.max(frame.gradient))) if name in ("gradient", "ones") else float(LEVELS),
            **marks,
        )

    @staticmethod
    def _marks_above(params: PoolingParams, frame: PoolingFrame, name: str, cell: tuple[int, int] | None) -> dict:
        """The padding, the cells that win or are never read, and the window of the lit output cell."""
        edge, side = params.pad, params.side
        inside = np.zeros((side + 2 * edge,) * 2, bool)
        inside[edge : edge + side, edge : edge + side] = True
        winners = (frame.winners if name == "picture" else frame.winners_shifted).reshape(-1, 2)[: frame.done]
        if params.view == "shift":
            # Where a window is all paper the first cell wins, which only matters to the gradient.
            picture = getattr(frame, name)
            winners = np.array([place for place in winners.tolist() if picture[tuple(place)]]).reshape(-1, 2)
        won = frozenset((int(row) + edge, int(column) + edge) for row, column in winners if row >= 0)
        window = () if cell is None else ((*(place * params.stride for place in cell), params.window, params.window),)
        unread, blank = np.pad(frame.unread, edge), np.zeros_like(inside)
        if params.kind == "max":
            blank |= ~inside
        if params.view == "shift" and side == SIDE:
            # Paper without its zeros, but for small grids of numbers: a digit is seen at once.
            blank |= _shown(params, frame, name) == 0
        return {
            "outside": _places(~inside),
            "empty": _places(blank),
            "faint": _places(~inside | unread | (_shown(params, frame, name) == 0)),
            "marked": won,
            "windows": window,
        }

    @staticmethod
    def _note(params: PoolingParams, frame: PoolingFrame, name: str) -> str | tuple[str, ...]:
        if name.endswith("difference"):
            change, cells, values = frame.change_before, frame.cells_before, frame.picture
            if name == "pooled_difference":
                change, cells, values = frame.change_after, frame.cells_after, frame.pooled
            part = share(change)
            told = {"share": part, "cells": cells, "all": values.size}
            return *(show(words(**told)) for words in (_CHANGED, _CHANGED_BRIEF)), part
        if name == "pooled":
            return show(_KINDS[params.kind](window=params.window))
        return f"{params.outputs}×{params.outputs}" if name == "pooled_shifted" else ""

    def _choose(self, x: float, y: float) -> None:
        """Arrow keys choose the cell in whose middle that is."""
        self.change(self.experiment.click_at(there(self.current).params, there(self.current).frame, Spot(x, y)))

    def _draw(self, places: Sequence[Place]) -> None:
        """What a stroke over the picture, of these places so far, makes of the one of before it."""
        self._invites = False
        self._begun = begun = there(self._begun or self.current)
        changes = self.experiment.stroke(begun.params, begun.frame, places)
        if changes:
            self.change(changes, "stroke")

    # Many digits

    def _show_many(self, params: PoolingParams, frame: PoolingFrame, ghost: _Shown | None) -> None:
        colors, points = theme(), 100 * frame.many[params.measure].T
        is_less = points[:, 1] < points[:, 0]
        self.plane.show_reach(_REACH[params.measure])
        is_there = params.source == "digit" and params.image < len(points)
        mine = tuple(points[params.image].tolist()) if is_there else None
        self.plane.show_points(
            [AgreeingGroup(_INKS[less], "o", points[is_less == less]) for less in (True, False)],
            [Through(1.0, show(_EQUAL), colors.muted_text)],
            selected=mine,
            ghost=None if ghost is None else 100 * ghost.frame.many[params.measure].T,
        )
        means = [share(float(np.nanmean(row))) for row in frame.many[params.measure]]
        count, less = len(points), frame.many_less[params.measure]
        of = show(_OF(count=count))
        self.outs.show_values(
            [
                ReadOut(show(_LESS), str(less), of, colors.text),
                ReadOut(show(_NOT_LESS), str(count - less), of, colors.text),
                ReadOut(show(_MEANS), show(_ARROW(before=means[0], after=means[1])), show(_BEFORE_AFTER), colors.text),
            ]
        )


def _shown(params: PoolingParams, frame: PoolingFrame, name: str) -> np.ndarray:
    """The numbers of a grid."""
    if name == "difference":
        return frame.shifted - frame.picture
    if name == "pooled_difference":
        return frame.pooled_shifted - frame.pooled
    if name == "ones":
        return np.ones_like(frame.pooled)
    values = getattr(frame, name)
    return np.pad(values, params.pad) if name in PADDED else values


def _rows(values: np.ndarray) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in values.tolist())


def _places(mask: np.ndarray) -> frozenset[tuple[int, int]]:
    return frozenset(zip(*(places.tolist() for places in np.nonzero(mask)), strict=True))

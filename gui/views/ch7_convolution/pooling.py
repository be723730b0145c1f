"""Draws `pooling`: an image and its shifted copy, both pooled below, and their difference; or many digits."""

from __future__ import annotations

from engine.contract.api import Text, notation, percent
from engine.experiments.ch7_convolution.pooling.params import PoolingFrame, PoolingParams
from gui.plots.board.read_outs import ReadOut, ReadOuts
from gui.plots.plane.agreement import AgreeingGroup, AgreementPlane, Through
from gui.stage.api import Layout, Snapshot, theme, translate
from gui.stage.board_view import BoardView

_ACROSS = Text("change before pooling, %")
_UP = Text("change after pooling, %")
_EQUAL = Text("equal")
_LESS, _NOT_LESS = Text("changes less"), Text("not less")
_MEANS = Text("mean change")
_ARROW = notation("{before} → {after}")
_OF = Text("of {count:,} digits")
_BEFORE_AFTER = Text("before → after")
_REACH = {"ink": 220.0, "cells": 105.0}
_INKS = {True: 1, False: 2}
_Shown = Snapshot[PoolingParams, PoolingFrame]


class PoolingView(BoardView[PoolingParams, PoolingFrame]):
    """The view of an image and its shifted copy, both pooled. Hovering over a pooled cell shows its window, a click
    selects it.
    """

    rows = ("views", "note", "board")
    widest = 1.0
    note_centered = False

    def build(self) -> None:
        super().build()
        self.plane, self.outs = AgreementPlane(from_zero=True), ReadOuts()
        self.probe_plot(self.plane, "many")
        self.dress(self.plane.set_names, _ACROSS, _UP)

    def layout_for(self, params: PoolingParams, wide: bool, compact: bool) -> Layout:
        if params.view == "many":
            if wide:
                return Layout(("note views", "plane outs", "plane ."), (0, 60, 40), (70, 30))
            return Layout(("views", "plane", "outs"), (0, 1, 0), (1,))
        if wide:
            return Layout(("note views", "board board"), (0, 1), (1, 0))
        return super().layout_for(params, wide, compact)

    def arrange(self, wide: bool, compact: bool) -> None:
        self.outs.set_upright(wide)

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        super().show_snapshot(current, ghost)
        if current.params.view == "many":
            is_there = ghost is not None and ghost.params.view == "many"
            self._show_many(current.params, current.frame, ghost if is_there else None)

    def _show_many(self, params: PoolingParams, frame: PoolingFrame, ghost: _Shown | None) -> None:
        colors, points = theme(), 100 * frame.many[params.measure].T
        is_less = points[:, 1] < points[:, 0]
        self.plane.show_reach(_REACH[params.measure])
        is_there = params.source == "digit" and params.image < len(points)
        mine = tuple(points[params.image].tolist()) if is_there else None
        self.plane.show_points(
            [AgreeingGroup(_INKS[less], "o", points[is_less == less]) for less in (True, False)],
            [Through(1.0, translate(_EQUAL), colors.muted_text)],
            selected=mine,
            ghost=None if ghost is None else 100 * ghost.frame.many[params.measure].T,
        )
        before, after = map(percent, frame.means(params.measure))
        count, less = len(points), frame.many_less[params.measure]
        of = translate(_OF(count=count))
        means = translate(_ARROW(before=before, after=after))
        told = (_LESS, str(less), of), (_NOT_LESS, str(count - less), of), (_MEANS, means, translate(_BEFORE_AFTER))
        self.outs.show_values([ReadOut(translate(name), value, more, colors.text) for name, value, more in told])

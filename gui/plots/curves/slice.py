"""A slice of a function beside its map: one variable along the map's axis, the function's value across it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt

from gui.plots.axes.axis import dress_axes, name_axis
from gui.plots.axes.chart import Chart
from gui.plots.drawing.ink import pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.sketch import Sketch
from gui.style.theme import theme
from gui.style.typography import scaled

_TANGENT = 80
_SPARSE = 0.5
"""Ticks of an axis on which numbers stand side by side, as part of those that pyqtgraph would draw."""


class SlicePlot(Chart):
    """``sideways`` stands beside the map, with the variable going up; otherwise it lies beneath.

    The variable's axis has no numbers: it is that of the map, to be kept equal by ``show_part``.
    """

    def __init__(self, sideways: bool) -> None:
        super().__init__()
        self.sideways = sideways
        self.vb.disableAutoRange()
        if sideways:
            self.getAxis("bottom").setTickDensity(_SPARSE)
        self.curve, self.ghost = pg.PlotCurveItem(connect="finite"), pg.PlotCurveItem(connect="finite")
        self.guide = pg.InfiniteLine(angle=0 if sideways else 90)
        self.level = pg.InfiniteLine(angle=90 if sideways else 0)
        self.mark = _SliceMark(sideways)
        self.put(self.guide, self.level, self.ghost, self.curve, self.mark)

    def restyle(self, name: str, color: str) -> None:
        """Take colours and fonts anew; ``name`` is that of the values, ``color`` the variable's."""
        colors = theme()
        dress_axes(self)
        self.getAxis("left" if self.sideways else "bottom").setStyle(showValues=False)
        name_axis(self.getAxis("bottom" if self.sideways else "left"), name)
        self.curve.setPen(pen(colors.text, 2.2))
        self.ghost.setPen(pen(colors.text, 1.5, opacity=colors.ghost_opacity))
        self.guide.setPen(pen(colors.control_outline, 1, Qt.PenStyle.DashLine))
        self.level.setPen(pen(colors.hairline, 1))
        self.mark.color = color
        self.mark.update()

    def show_heights(self, low: float, high: float) -> None:
        """What the axis of values shows."""
        (self.setXRange if self.sideways else self.setYRange)(low, high, padding=0)

    def show_part(self, low: float, high: float) -> None:
        """What the map shows of the variable."""
        (self.setYRange if self.sideways else self.setXRange)(low, high, padding=0)

    def show_slice(
        self,
        places: np.ndarray,
        values: np.ndarray,
        at: float,
        value: float | None,
        slope: float | None,
        wordings: Sequence[str],
        ghost: np.ndarray | None = None,
    ) -> None:
        """The slice, and at ``at`` its value with the tangent of ``slope``, None where there is none.

        ``wordings`` say what is seen, the fullest first; ``ghost`` are the values of the slice from before.
        """
        for item, shown in ((self.curve, values), (self.ghost, ghost)):
            item.setVisible(shown is not None)
            if shown is not None:
                item.setData(*((shown, places) if self.sideways else (places, shown)))
        self.guide.setValue(at)
        self.level.setVisible(value is not None)
        if value is not None:
            self.level.setValue(value)
        self.mark.show_state(at, value, slope, tuple(wordings))


class _SliceMark(OverPlot):
    """Tangent, dot and words."""

    color = "#000000"
    state = (0.0, None, None, ())

    def __init__(self, sideways: bool) -> None:
        super().__init__()
        self._sideways = sideways
        self.setZValue(20)

    def draw(self, sketch: Sketch) -> None:
        at, value, slope, wordings = self.state
        if value is not None:
            place = self._place(sketch, at, value)
            if slope is not None:
                ahead = self._place(sketch, at + 1, value + slope) - place
                along = ahead / max(1e-12, math.hypot(ahead.x(), ahead.y())) * scaled(_TANGENT)
                sketch.painter.setClipRect(sketch.box)
                sketch.line(place - along, place + along, self.color, 3.2)
                sketch.painter.setClipping(False)
            # The point itself: its handle is not there in a figure.
            sketch.dot(place, scaled(5), self.color, theme().surface)
        words = sketch.fitting(wordings, sketch.box.width() - scaled(12), "strong")
        if words:
            width, height = sketch.width_of(words, "strong") + scaled(8), sketch.height_of("strong") + scaled(2)
            corner = sketch.box.topRight() + QPointF(-width - scaled(2), scaled(2))
            sketch.plate(words, QRectF(corner.x(), corner.y(), width, height), self.color, "strong")

    def _place(self, sketch: Sketch, at: float, value: float) -> QPointF:
        """A place of the variable and a value, in pixels."""
        return sketch.at(*((value, at) if self._sideways else (at, value)))

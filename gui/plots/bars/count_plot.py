"""How many are right at best, against a quantity that is turned: a curve that never reaches its ceiling."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from gui.plots.axes.axis import dress_axes, steady
from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import brush, font, pen, px, theme


class CountPlot(Chart):
    """Whole numbers from 0 to ``ceiling``, which is drawn dashed with words; a cursor stands at the present value.

    Where the count differs from both neighbours it is a dot, not a spike, and a ring is left on the curve.
    """

    def __init__(self, ends: tuple[float, float], ticks: Sequence[float], ceiling: int) -> None:
        super().__init__()
        margin = (ends[1] - ends[0]) / 14
        self.setXRange(ends[0] - margin, ends[1] + margin, padding=0)
        self.setYRange(0, ceiling + 0.8, padding=0)
        self.getAxis("bottom").setTicks([[(tick, f"{tick:g}") for tick in ticks]])
        self.getAxis("left").setTicks([[(count, str(count)) for count in range(ceiling + 1)]])
        self.area = pg.PlotCurveItem(connect="all")
        self.curve = pg.PlotCurveItem()
        self.dots, self.rings = pg.ScatterPlotItem(), pg.ScatterPlotItem()
        self.ceiling = pg.InfiniteLine(ceiling, 0)
        self.words = pg.TextItem(anchor=(0.5, 1))
        self.words.setPos((ends[0] + ends[1]) / 2, ceiling)
        self.cursor = pg.InfiniteLine(ends[0], 90)
        self.put(self.area, self.ceiling, self.cursor, self.curve, self.rings, self.dots, self.words)

    def set_words(self, across: str, up: str, ceiling: str) -> None:
        """The names of both axes, and what is said of the ceiling; takes colours and fonts anew."""
        colors = theme()
        dress_axes(self, across, up)
        steady(self, "0")
        self.area.setPen(pen(colors.surface, 0.0, Qt.PenStyle.NoPen))
        self.area.setBrush(brush(colors.selection_fill))
        self.curve.setPen(pen(colors.accent, 3))
        self.dots.setPen(pen(colors.surface, 1))
        self.dots.setBrush(brush(colors.accent))
        self.rings.setPen(pen(colors.accent, 1.5))
        self.rings.setBrush(brush(colors.surface))
        for scatter in (self.dots, self.rings):
            scatter.setSize(px(9))
        self.ceiling.setPen(pen(colors.wrong, 1.5, Qt.PenStyle.DashLine))
        self.cursor.setPen(pen(colors.text, 1.5))
        self.words.setFont(font("strong"))
        self.words.setColor(colors.wrong)
        self.words.setText(ceiling)

    def show_counts(self, at: np.ndarray, counts: np.ndarray, cursor: float) -> None:
        """The counts (N,) at these values (N,), and where the cursor stands."""
        level = counts[1:] == counts[:-1]
        alone = ~(np.append(level, False) | np.append(False, level))
        self.curve.setData(at, counts, connect=np.append(level, False))
        # Only the corners: pyqtgraph fills long curves in pieces, and seams would show between them.
        steady = np.flatnonzero(~alone)
        change = np.flatnonzero(np.diff(counts[steady]))
        corners = steady[np.unique(np.concatenate([[0, len(steady) - 1], change, change + 1]).astype(int))]
        self.area.setData(at[corners], counts[corners], fillLevel=0)
        self.dots.setData(at[alone], counts[alone])
        beside = np.where(np.arange(len(counts)) + 1 < len(counts), np.roll(counts, -1), np.roll(counts, 1))
        self.rings.setData(at[alone], beside[alone])
        self.cursor.setPos(cursor)

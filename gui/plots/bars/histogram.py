"""A histogram with the outline of an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QRectF, Qt

from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import LEFT, PixelPainter, PlotOverlay, px, theme


class Histogram(Chart):
    """A histogram of shares; the vertical axis ends at the first of the ``tops`` that no column exceeds.

    An earlier histogram may be drawn over it as an outline. All else about the axes is fixed.
    """

    def __init__(self, ends: tuple[float, float], ticks: Sequence[float], tops: Sequence[float]) -> None:
        super().__init__()
        self._tops, self._top, self._ticks = tops, 0.0, ticks
        self.columns, self.marks = _Columns(), _Marks()
        self.put(self.columns, self.marks)
        self.setXRange(*ends, padding=0.01)
        self._show_top(0.0)

    def set_names(self, across: str, up: str) -> None:
        """Set the names of both axes; applies the current colours and fonts."""
        self.name_axes(across, up)
        self.set_room("0.25")
        self.columns.update()
        self.marks.update()

    def show_marks(self, marks: Sequence[tuple[float, str]]) -> None:
        """Set marks (position, words) on the lower axis, from left to right; each is drawn as a dashed vertical
        line.
        """
        self.marks.show_state(*marks)

    def show_shares(
        self, edges: np.ndarray, shares: np.ndarray, ghost: np.ndarray | None = None, room: np.ndarray | None = None
    ) -> None:
        """Show shares (bins,) between neighbours of ``edges`` (bins + 1,), and earlier ones as ``ghost``.

        The axis also has room for ``room``: if an earlier update is shown, these are the newest shares.
        """
        rows = [shares, *([] if ghost is None else [ghost])]
        self._show_top(max(float(np.max(row)) for row in (*rows, *([] if room is None else [room]))))
        self.columns.show_state(tuple(edges.tolist()), *(tuple(row.tolist()) for row in rows))

    def _show_top(self, most: float) -> None:
        top = next((top for top in self._tops if most <= top), self._tops[-1])
        if top != self._top:
            self._top = top
            self.setYRange(0, 1.05 * top, padding=0)
            self.set_ticks([(tick, f"{tick:g}".replace("-", "\N{MINUS SIGN}")) for tick in self._ticks],
                           [(part * top, f"{part * top:g}") for part in (0, 0.5, 1)])  # fmt: skip


class _Columns(PlotOverlay):
    """The overlay that draws the columns and the outline of the earlier ones."""

    def draw(self, sketch: PixelPainter) -> None:
        if not self.state:
            return
        colors = theme()
        edges, shares, *ghost = self.state
        for left, right, share in zip(edges[:-1], edges[1:], shares, strict=True):
            if share > 0:
                box = sketch.area(left, 0, right, share)
                sketch.fill(box.adjusted(0.5, 0, -0.5, 0), colors.accent, 0.75)
        for before in ghost:
            outline = [sketch.at(edges[0], 0)]
            for left, right, share in zip(edges[:-1], edges[1:], before, strict=True):
                outline += [sketch.at(left, share), sketch.at(right, share)]
            outline.append(sketch.at(edges[-1], 0))
            for start, end in pairwise(outline):
                sketch.line(start, end, colors.text, 1.2, opacity=colors.ghost_opacity)


class _Marks(PlotOverlay):
    """Dashed lines over the columns; the words of the first stand to its left, those of the others to their right."""

    def draw(self, sketch: PixelPainter) -> None:
        colors, height = theme(), sketch.height_of("strong")
        for number, (x, words) in enumerate(self.state):
            row = sketch.span(x, x)
            sketch.line(row.topLeft(), row.bottomLeft(), colors.text, 1.2, Qt.PenStyle.DashLine)
            left = number == 0 and len(self.state) > 1
            width = sketch.width_of(words, "strong")
            start = row.left() - px(6) - width if left else row.left() + px(6)
            box = QRectF(start, row.top() + max(number - 1, 0) * height, width, height)
            sketch.words(words, box, "strong", align=LEFT)

"""A scatter plot of two ways to compute a value: where they agree, points lie on the diagonal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt

from gui.plots.drawing.api import PixelPainter, PlotOverlay, brush, curve_color, pen, px, theme
from gui.plots.plane.plane import Plane

_GROUPS = 6
_SIZE = 9.5


@dataclass(frozen=True, eq=False)
class AgreeingGroup:
    """A group of points of the scatter plot, (N, 2) as (horizontal, vertical).

    It has the colour of curve ``number``, and ``symbol``, a pyqtgraph symbol such as "o".
    """

    number: int
    symbol: str
    points: np.ndarray


@dataclass(frozen=True)
class Through:
    """A straight line through the origin with words at its end; ``strong`` is the one on which the points should
    lie.
    """

    slope: float
    words: str
    color: str
    strong: bool = False


class AgreementPlane(Plane):
    """A plane whose axes have the same range: from 0 if ``from_zero``, otherwise symmetric around 0. Lines lie under
    points.
    """

    def __init__(self, from_zero: bool = False) -> None:
        self._from_zero = from_zero
        super().__init__(self._square(1.0), "", "")
        self.lines = _Lines()
        self.ghost = pg.ScatterPlotItem()
        self.groups = [pg.ScatterPlotItem() for _ in range(_GROUPS)]
        self.ring = pg.ScatterPlotItem()
        self.put(self.lines, self.ghost, *self.groups, self.ring)

    def set_names(self, across: str, up: str) -> None:
        """Set the names of both axes; applies the current colours and fonts."""
        self.name_axes(across, up)
        self.set_room("\N{MINUS SIGN}2000")
        self._space_ticks()
        self.lines.redraw()

    def show_reach(self, reach: float) -> None:
        """Set the smallest absolute value that both axes must reach."""
        if reach != self.square.right():
            self.set_square(self._square(reach))

    def _square(self, reach: float) -> QRectF:
        start = 0.0 if self._from_zero else -reach
        return QRectF(start, start, reach - start, reach - start)

    def show_points(
        self,
        groups: Sequence[AgreeingGroup],
        lines: Sequence[Through],
        selected: tuple[float, float] | None = None,
        ghost: np.ndarray | None = None,
    ) -> None:
        """Show points and lines; ``selected`` has a ring, ``ghost`` (N, 2) are earlier points."""
        colors = theme()
        for item, group in zip(self.groups, [*groups, *[None] * (_GROUPS - len(groups))], strict=True):
            item.setVisible(group is not None)
            if group is not None:
                item.setData(
                    pos=group.points,
                    # pyqtgraph draws a diamond narrower than a disc of the same size.
                    size=px(_SIZE * (1.35 if group.symbol == "d" else 1)),
                    symbol=group.symbol,
                    brush=brush(curve_color(group.number), 0.8),
                    pen=pen(colors.surface, 0.8),
                )
        self.ghost.setVisible(ghost is not None)
        if ghost is not None:
            self.ghost.setData(
                pos=ghost, size=px(_SIZE), brush=brush(colors.text, 0.0), pen=pen(colors.text, 1, opacity=0.3)
            )
        self.ring.setVisible(selected is not None)
        if selected is not None:
            rim = pen(colors.selection, 2.4)
            # In the colour of its own group: the point itself may lie under one of another.
            mine = next(group for group in groups if np.any(np.all(group.points == selected, axis=1)))
            self.ring.setData(pos=[selected], size=px(1.7 * _SIZE), brush=brush(curve_color(mine.number)), pen=rim)
        self.lines.show_state(*lines)


class _Lines(PlotOverlay):
    """The overlay of lines through the origin, from edge to edge, with words where they leave the plot."""

    def draw(self, sketch: PixelPainter) -> None:
        view, zero, box = self.boundingRect(), sketch.at(0, 0), sketch.box
        sketch.line(QPointF(zero.x(), box.top()), QPointF(zero.x(), box.bottom()), theme().hairline)
        sketch.line(QPointF(box.left(), zero.y()), QPointF(box.right(), zero.y()), theme().hairline)
        for line in self.state:
            x = view.right()
            if line.slope:
                x = min(x, view.bottom() / abs(line.slope))
            start, end = sketch.at(-x, -x * line.slope), sketch.at(x, x * line.slope)
            style = Qt.PenStyle.SolidLine if line.strong else Qt.PenStyle.DashLine
            sketch.line(start, end, line.color, 2.2 if line.strong else 1.4, style, 0.9)
            sketch.plate(line.words, _place(sketch, end, line.words), line.color, bold=line.strong)


def _place(sketch: PixelPainter, end: QPointF, words: str) -> QRectF:
    """The box of words at the end of a line, inside the plot."""
    width, height, gap = sketch.width_of(words, bold=True) + px(8), sketch.height_of(), px(8)
    box = QRectF(end.x() - width - 2 * gap, end.y() + gap / 2, width, height)
    box.moveLeft(min(max(box.left(), sketch.box.left() + gap), sketch.box.right() - width - gap))
    box.moveTop(min(max(box.top(), sketch.box.top() + gap / 2), sketch.box.bottom() - height - gap))
    return box

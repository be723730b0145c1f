"""A plot of curves over one quantity, each in its own style, with words, a cursor and fixed axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt

from gui.plots.axes.axis import widest_of
from gui.plots.axes.chart import Chart
from gui.plots.curves.touch_points import CursorLine, TouchPoints
from gui.plots.drawing.api import PixelPainter, PlotOverlay, pen, px, theme
from gui.plots.drawing.curve_ink import curve_color, curve_dashes, curve_pen


@dataclass(frozen=True)
class Curve:
    """A curve through ``x`` (N,) and ``y`` (N,); ``number`` is its style, ``width`` is in pixels.

    Each style has a colour and dashes: 0 dots, 1 solid, 2 dashes, 3 dash and dot, 4 short dashes, 5 long dashes, 6 long
    dash and two dots, 7 long and short dashes, and so on. A single or the most important curve has 1.
    """

    number: int
    x: np.ndarray
    y: np.ndarray
    width: float = 2.6


@dataclass(frozen=True)
class Remark:
    """Words in the style of curve ``number`` that begin at (x, y), above that height or, if ``below``, under it.

    Of the wordings, fullest first, the first that ends before the x ``until`` is shown.
    """

    number: int
    wordings: tuple[str, ...]
    x: float
    y: float
    until: float
    below: bool = False


@dataclass(frozen=True)
class ReadPoint:
    """A point whose height is shown as ``text``, in the style of curve ``number``; with ``leaves`` the point lies
    beyond the top edge.

    If there is no room on the right, the text stands on the left, or, if ``above``, over the point.
    """

    number: int
    x: float
    y: float
    text: str
    leaves: bool = False
    above: bool = False


class CurvesPlot(Chart):
    """A plot of curves: ``show_curves`` sets the curves, ``show_range`` the left axis; ``touches`` and ``cursor`` mark
    points.

    ``show_marks`` writes words at curves, and the height of one point. The left axis reserves room for all tick texts
    of its range at once, so that nothing moves when they are painted; ``set_room`` aligns several plots. With
    ``with_cursor`` the plot has a ``cursor``, a draggable line whose signal ``grabbed`` the view handles.
    """

    def __init__(self, low: float, high: float, numbered_below: bool = True, with_cursor: bool = False) -> None:
        super().__init__()
        self._numbered_below = numbered_below
        self._room_is_told = False
        self._labels: tuple[str, ...] = ()
        self.setXRange(low, high, padding=0)
        self.zero = pg.InfiniteLine(0, 0)
        self.zero.setZValue(-2)
        self.ghosts: list[pg.PlotCurveItem] = []
        self.lines: list[pg.PlotCurveItem] = []
        self.touches, self.marks = TouchPoints(), _Marks()
        self.put(self.zero, self.marks)
        if with_cursor:
            self.cursor = CursorLine()
            self.addItem(self.cursor, ignoreBounds=True)
        self.addItem(self.touches, ignoreBounds=True)
        self.vb.sigYRangeChanged.connect(self._keep_room)

    def set_names(self, across: str, up: str) -> None:
        """Set the names of both axes; applies the current colours and fonts."""
        self.name_axes(across, up)
        self.set_numbered_below(self._numbered_below)
        self.zero.setPen(pen(theme().control_outline, 1))
        self._keep_room()

    def set_ticks(self, across: Sequence[tuple[float, str]], up: Sequence[tuple[float, str]]) -> None:
        super().set_ticks(across, up)
        self._labels = tuple(words for _, words in up)
        self._keep_room()

    def set_room(self, widest: str) -> None:
        self._room_is_told = True
        super().set_room(widest)

    def _keep_room(self, *_: object) -> None:
        """Reserve room for all tick texts of the left axis, unless the view has called ``set_room``."""
        if not self._room_is_told:
            numbers = self.getAxis("left").numbers_within(*self.viewRange()[1])
            super().set_room(widest_of(self._labels or numbers))

    def set_numbered_below(self, numbered: bool) -> None:
        """Show or hide the numbers of the lower axis, which may be shared with a plot beneath."""
        self._numbered_below = numbered
        self.getAxis("bottom").setStyle(showValues=numbered)

    def show_range(self, low: float, high: float) -> None:
        """Set the range of the vertical axis."""
        self.setYRange(low, high, padding=0)

    def show_curves(self, curves: Sequence[Curve], ghosts: Sequence[Curve] = ()) -> None:
        """Show the curves, and ghosts of earlier ones."""
        self._make_items(max((curve.number + 1 for curve in (*curves, *ghosts)), default=0))
        for items, shown, thinner, opacity in (
            (self.lines, curves, 0.0, 1.0),
            (self.ghosts, ghosts, 0.6, theme().ghost_opacity),
        ):
            by_number = {curve.number: curve for curve in shown}
            for number, item in enumerate(items):
                item.setVisible(number in by_number)
                if number in by_number:
                    item.setData(by_number[number].x, by_number[number].y)
                    item.setPen(curve_pen(number, by_number[number].width - thinner, opacity))

    def _make_items(self, count: int) -> None:
        """Create a line and a ghost for each of the first ``count`` styles."""
        for number in range(len(self.lines), count):
            ghost, line = pg.PlotCurveItem(), pg.PlotCurveItem()
            ghost.setZValue(-1)
            # Solid lines below dashed ones: where curves coincide, both are seen.
            line.setZValue(1 if curve_dashes(number) else 0)
            self.ghosts.append(ghost)
            self.lines.append(line)
            self.put(ghost, line)

    def show_marks(self, remarks: Sequence[Remark], point: ReadPoint) -> None:
        """Write remarks, of each the longest wording that fits, and mark the point with the text of its height."""
        self.marks.show_state(tuple(remarks), point)


class _Marks(PlotOverlay):
    """The overlay of remarks and the marked point, above the curves and below handles."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(10)

    def draw(self, sketch: PixelPainter) -> None:
        if not self.state:
            return
        remarks, point = self.state
        here, color = sketch.at(point.x, point.y), curve_color(point.number)
        if not point.leaves:
            # To the left axis, where its height can be read.
            sketch.line(QPointF(sketch.box.left(), here.y()), here, color, 1.2, Qt.PenStyle.DotLine)
        number = _place_of_number(sketch, point, here)
        sketch.plate(point.text, number, color, "headline", bold=True)
        for remark in remarks:
            _draw_remark(sketch, remark, number)


def _place_of_number(sketch: PixelPainter, point: ReadPoint, here: QPointF) -> QRectF:
    whole, gap = sketch.box, px(13)
    width = sketch.width_of(point.text, "headline", bold=True) + px(8)
    height = sketch.height_of("headline")
    box = QRectF(here.x() + gap, here.y() - height - px(4), width, height)
    if box.right() > whole.right() and point.above:
        box.moveBottomRight(QPointF(whole.right(), here.y() - gap))
    elif box.right() > whole.right():
        box.moveRight(here.x() - gap)
    box.moveLeft(max(box.left(), whole.left() + 1))
    box.moveTop(min(max(box.top(), whole.top() + 1), whole.bottom() - height))
    return box


def _draw_remark(sketch: PixelPainter, remark: Remark, taken: QRectF) -> None:
    """Draw the longest wording of a remark for which there is room; ``taken`` is a box to avoid."""
    at, limit, height = sketch.at(remark.x, remark.y), sketch.at(remark.until, remark.y), sketch.height_of("strong")
    top = at.y() + px(3) if remark.below else at.y() - height - px(3)
    for words in remark.wordings:
        box = QRectF(at.x(), top, sketch.width_of(words, "strong") + px(4), height)
        if sketch.box.contains(box) and box.right() <= limit.x() and not box.intersects(taken):
            sketch.plate(words, box, curve_color(remark.number), "strong")
            return

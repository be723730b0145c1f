"""Curves with words at them, and one point whose height is read off, on its curve or leaving at the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.curves.curves import CurvesPlot
from gui.plots.drawing.curve_ink import curve_color
from gui.plots.drawing.ink import brush, pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.pixels import in_pixels
from gui.style.theme import theme
from gui.style.typography import font, scaled


@dataclass(frozen=True)
class Remark:
    """Words in the ink of curve ``number`` that begin at (x, y), above that height or, ``below``, under it.

    Of the wordings, the fullest first, the one is shown that ends before ``until``.
    """

    number: int
    wordings: tuple[str, ...]
    x: float
    y: float
    until: float
    below: bool = False


@dataclass(frozen=True)
class ReadPoint:
    """A place whose height is read as ``text``, in the ink of curve ``number``; ``leaves`` lies at the top edge.

    Where there is no room for the text on the right it stands on the left, or, ``above``, over the place.
    """

    number: int
    x: float
    y: float
    text: str
    leaves: bool = False
    above: bool = False


class MarkedCurves(CurvesPlot):
    """``show_marks`` for the words and the point; everything else is as in ``CurvesPlot``."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__(low, high)
        self.marks = _Marks()
        self.addItem(self.marks, ignoreBounds=True)

    def show_marks(self, remarks: Sequence[Remark], point: ReadPoint) -> None:
        """The words, of each the longest wording that fits, and the point."""
        self.marks.show_marks(remarks, point)

    def set_ticks(self, across: Sequence[tuple[float, str]], up: Sequence[tuple[float, str]]) -> None:
        """The numbers at both axes."""
        self.getAxis("bottom").setTicks([list(across)])
        self.getAxis("left").setTicks([list(up)])


class _Marks(OverPlot):
    """Drawn in pixels, above the curves and below handles."""

    def __init__(self) -> None:
        super().__init__()
        self._remarks: tuple[Remark, ...] = ()
        self._point: ReadPoint | None = None
        self.setZValue(10)

    def show_marks(self, remarks: Sequence[Remark], point: ReadPoint) -> None:
        """What is to be drawn."""
        self._remarks, self._point = tuple(remarks), point
        self.redraw()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._point is None:
            return
        with in_pixels(painter, self) as to_pixels:
            whole = to_pixels.mapRect(self.boundingRect())
            here = to_pixels.map(QPointF(self._point.x, self._point.y))
            self._paint_reading(painter, whole, here)
            taken = self._paint_number(painter, whole, here)
            for remark in self._remarks:
                at, limit = (to_pixels.map(QPointF(x, remark.y)) for x in (remark.x, remark.until))
                self._paint_remark(painter, whole, at, remark, limit.x(), taken)

    def _paint_reading(self, painter: QPainter, whole: QRectF, here: QPointF) -> None:
        """From the point to the left axis, where its height can be read."""
        if self._point.leaves:
            return
        painter.setPen(pen(curve_color(self._point.number), 1.2, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(whole.left(), here.y()), here)

    def _paint_number(self, painter: QPainter, whole: QRectF, here: QPointF) -> QRectF:
        """The height in figures; gives its place."""
        face = font("headline")
        face.setBold(True)
        metrics = QFontMetricsF(face)
        width, height = metrics.horizontalAdvance(self._point.text) + scaled(8), metrics.height()
        gap = scaled(13)
        box = QRectF(here.x() + gap, here.y() - height - scaled(4), width, height)
        if box.right() > whole.right() and self._point.above:
            box.moveBottomRight(QPointF(whole.right(), here.y() - gap))
        elif box.right() > whole.right():
            box.moveRight(here.x() - gap)
        box.moveLeft(max(box.left(), whole.left() + 1))
        box.moveTop(min(max(box.top(), whole.top() + 1), whole.bottom() - height))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(theme().surface, 0.85))
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(face)
        painter.setPen(pen(curve_color(self._point.number)))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._point.text)
        return box

    def _paint_remark(
        self, painter: QPainter, whole: QRectF, at: QPointF, remark: Remark, limit: float, taken: QRectF
    ) -> None:
        painter.setFont(font("strong"))
        metrics = QFontMetricsF(painter.font())
        top = at.y() + scaled(3) if remark.below else at.y() - metrics.height() - scaled(3)
        for words in remark.wordings:
            box = QRectF(at.x(), top, metrics.horizontalAdvance(words) + scaled(4), metrics.height())
            if whole.contains(box) and box.right() <= limit and not box.intersects(taken):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(brush(theme().surface, 0.85))
                painter.drawRect(box)
                painter.setPen(pen(curve_color(remark.number)))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
                return

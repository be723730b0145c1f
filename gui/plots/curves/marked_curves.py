"""Curves with words at them, and one point whose height is read off, on its curve or leaving at the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt

from gui.plots.curves.curves import CurvesPlot
from gui.plots.drawing.curve_ink import curve_color
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.sketch import Sketch
from gui.style.typography import scaled


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
        self.put(self.marks)

    def show_marks(self, remarks: Sequence[Remark], point: ReadPoint) -> None:
        """The words, of each the longest wording that fits, and the point."""
        self.marks.show_state(tuple(remarks), point)


class _Marks(OverPlot):
    """Drawn above the curves and below handles."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(10)

    def draw(self, sketch: Sketch) -> None:
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


def _place_of_number(sketch: Sketch, point: ReadPoint, here: QPointF) -> QRectF:
    whole, gap = sketch.box, scaled(13)
    width = sketch.width_of(point.text, "headline", bold=True) + scaled(8)
    height = sketch.height_of("headline")
    box = QRectF(here.x() + gap, here.y() - height - scaled(4), width, height)
    if box.right() > whole.right() and point.above:
        box.moveBottomRight(QPointF(whole.right(), here.y() - gap))
    elif box.right() > whole.right():
        box.moveRight(here.x() - gap)
    box.moveLeft(max(box.left(), whole.left() + 1))
    box.moveTop(min(max(box.top(), whole.top() + 1), whole.bottom() - height))
    return box


def _draw_remark(sketch: Sketch, remark: Remark, taken: QRectF) -> None:
    """The longest wording for which there is room."""
    at, limit, height = sketch.at(remark.x, remark.y), sketch.at(remark.until, remark.y), sketch.height_of("strong")
    top = at.y() + scaled(3) if remark.below else at.y() - height - scaled(3)
    for words in remark.wordings:
        box = QRectF(at.x(), top, sketch.width_of(words, "strong") + scaled(4), height)
        if sketch.box.contains(box) and box.right() <= limit.x() and not box.intersects(taken):
            sketch.plate(words, box, curve_color(remark.number), "strong")
            return

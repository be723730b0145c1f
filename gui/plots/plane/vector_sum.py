"""Two arrows tip to tail and their sum, magnified around their tips."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF

from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import PixelPainter, PlotOverlay, pen, px, theme
from gui.plots.drawing.points import beyond, covered, divided, pushed_into
from gui.plots.plane.arrow import ArrowItem


class VectorSum(Chart):
    """A plane of equal scales around the tips of arrows from the origin, each with its name beside it.

    The caller sets the size of the visible area: it knows what will be added next, so that the scale need not jump.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAspectLocked(True)
        self.hideAxis("left")
        self.hideAxis("bottom")
        self._square = QRectF(-1, -1, 2, 2)
        self.cross = (pg.InfiniteLine(0, 0), pg.InfiniteLine(0, 90))
        self.first, self.added, self.result = ArrowItem(), ArrowItem(12), ArrowItem(11)
        self.names = _Names()
        self.put(*self.cross, self.first, self.result, self.added, self.names)

    @property
    def square(self) -> QRectF:
        """The square, in plot coordinates, that must be visible; a plot that is not square shows more at two sides."""
        return self._square

    def show_sum(
        self, first: np.ndarray, result: np.ndarray, side: float, color: str, names: tuple[str, str, str]
    ) -> None:
        """Show ``first`` (2,) from the origin, the added arrow in ``color`` at its tip, and ``result`` (2,).

        ``side`` is the length of the square around the tips. If nothing is added only the result is drawn. ``names``
        are the names of the first, the added and the resulting arrow.
        """
        middle = (first + result) / 2
        self._square = QRectF(middle[0] - side / 2, middle[1] - side / 2, side, side)
        self.setRange(self._square, padding=0)
        colors = theme()
        changed = bool(np.any(first != result))
        self.result.show_arrow((0.0, 0.0), tuple(result.tolist()), colors.text, width=3)
        near_first, near_result = self._seen_middle(first), self._seen_middle(result)
        if changed:
            across = np.array([first[1] - result[1], result[0] - first[0]])
            outwards = across if across @ (2 * middle - near_first - near_result) > 0 else -across
            self.first.show_arrow((0.0, 0.0), tuple(first.tolist()), colors.muted_text, width=2.5)
            self.added.show_arrow(tuple(first.tolist()), tuple(result.tolist()), color, width=4)
            self.names.show_names(
                [
                    (names[0], near_first, _away(first, result), colors.muted_text),
                    (names[1], middle, outwards, color),
                    (names[2], near_result, _away(result, first), colors.text),
                ]
            )
        else:
            self.first.hide()
            self.added.hide()
            self.names.show_names([(names[2], near_result, np.array([-result[1], result[0]]), colors.text)])

    def _seen_middle(self, tip: np.ndarray) -> np.ndarray:
        """The middle (2,) of the part, inside the square, of an arrow from the origin to ``tip``."""
        low = np.array([self._square.left(), self._square.top()])
        high = np.array([self._square.right(), self._square.bottom()])
        safe = np.where(tip == 0, 1.0, tip)
        entries = np.where(tip == 0, 0.0, np.minimum(low / safe, high / safe))
        return tip * (1 + float(np.clip(np.max(entries), 0, 1))) / 2

    def restyle(self) -> None:
        """Apply the current colours."""
        self.vb.setBorder(pen(theme().control_outline, 1))
        for line in self.cross:
            line.setPen(pen(theme().hairline))
        self.names.update()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self.setRange(self._square, padding=0)


def _away(arrow: np.ndarray, other: np.ndarray) -> np.ndarray:
    """A vector (2,) perpendicular to an arrow, on the side away from the other arrow."""
    across = np.array([-arrow[1], arrow[0]])
    return across if across @ other <= 0 else -across


class _Names(PlotOverlay):
    """Words beside points of the plot, moved by a few pixels in a direction given in plot coordinates."""

    def __init__(self) -> None:
        super().__init__()
        self._names: list[tuple[str, np.ndarray, np.ndarray, str]] = []
        self.setZValue(20)

    def show_names(self, names: list[tuple[str, np.ndarray, np.ndarray, str]]) -> None:
        """Show words, each with place (2,), direction (2,) and colour."""
        self._names = names
        self.redraw()

    def draw(self, sketch: PixelPainter) -> None:
        for (words, _, _, color), box in zip(self._names, self.boxes(sketch), strict=True):
            sketch.plate(words, box, color, "strong")

    def boxes(self, sketch: PixelPainter) -> list[QRectF]:
        """The rectangles of the words, in pixels, inside the plot: on the wanted side of their points, or, where others
        lie there, on the other side, below or above these.
        """
        taken: list[QRectF] = []
        for words, place, direction, _ in self._names:
            point = sketch.at(*place)
            aside = sketch.at(*(place + direction)) - point
            length = float(np.hypot(aside.x(), aside.y()))
            aside = divided(aside, length) if length else QPointF(0, -1)
            size = QSizeF(sketch.width_of(words, "strong") + px(6), sketch.height_of("strong"))
            sides = [beyond(point, way, px(4), size) for way in (aside, -aside)]
            first = sides[0]
            ways = [way for box in taken for way in (box.bottom() - first.top(), box.top() - first.bottom())]
            inside = [pushed_into(box, sketch.box) for box in (*sides, *(first.translated(0, way) for way in ways))]
            taken.append(min(inside, key=lambda box: covered(box, taken)))
        return taken

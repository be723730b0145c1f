"""A straight line w·x + b = 0 with its name on it, optionally draggable."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from gui.plots.drawing.api import PixelPainter, px, theme
from gui.plots.drawing.stage_item import GRIP, Grip
from gui.plots.plane.line_geometry import Line, strip_along, visible_ends


class NamedLine(Grip):
    """A line across the visible part of the plot. It takes mouse events only if it is ``gripped``, that is, draggable.

    ``name_end`` is the end at which the name stands: 1 is the one to the left as seen along w, −1 the other.
    """

    def __init__(self, z: float = -30, name_end: int = -1, gripped: bool = False) -> None:
        super().__init__()
        if not gripped:
            self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            self.setAcceptHoverEvents(False)
        self._end = name_end
        self._line: Line | None = None
        self._before: Line | None = None
        self._color, self._width, self._opacity, self.name = "#000000", 1.0, 1.0, ""
        self._style = Qt.PenStyle.SolidLine
        self.words_beside: Callable[[], Sequence[QRectF]] = tuple
        """A function that returns the scene boxes of words that the line's name avoids."""
        self.lines_beside: Callable[[], Sequence[QLineF]] = tuple
        """A function that returns other lines, in scene coordinates, that the name avoids; one of length 0 is a
        point.
        """
        self.setZValue(z)
        self.hide()

    def show_line(
        self,
        w: np.ndarray,
        b: float,
        color: str,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        width: float = 2.0,
        opacity: float = 1.0,
        name: str = "",
        before: Line | None = None,
    ) -> None:
        """Show the line w·x + b = 0 in a theme colour, and its earlier position ``before``; nothing if w is 0."""
        self._line, self._before = (np.asarray(w, dtype=float), float(b)), before
        self._color, self._width, self._style, self._opacity, self.name = color, width, style, opacity, name
        self.show()
        self.redraw()

    def set_name_end(self, name_end: int) -> None:
        """Set the end of the line with the name."""
        self._end = name_end
        self.update()

    def seen_line(self) -> QLineF:
        """The visible part of the line in scene coordinates; of length 0 if there is none."""
        ends = visible_ends(self.boundingRect(), *self._line) if self._line is not None else None
        return QLineF() if ends is None else QLineF(*(self.mapToScene(end) for end in ends))

    def viewTransformChanged(self) -> None:
        self.redraw()

    def shape(self) -> QPainterPath:
        ends = visible_ends(self.boundingRect(), *self._line) if self._line is not None else None
        pixel = self.pixelVectors()[0]
        return strip_along(ends, px(GRIP) * (pixel.x() if pixel is not None else 0.001))

    def draw(self, sketch: PixelPainter) -> None:
        for line, opacity in ((self._before, theme().ghost_opacity), (self._line, self._opacity)):
            ends = visible_ends(self.boundingRect(), *line) if line is not None else None
            if ends is not None:
                start, end = (sketch.at(end.x(), end.y()) for end in ends)
                sketch.line(start, end, self._color, self._width, self._style, opacity)
        box = self.name_box(sketch)
        if box is not None:
            sketch.plate(self.name, box, self._color, "strong")

    def name_box(self, sketch: PixelPainter) -> QRectF | None:
        """The box of the name, inside the plot; None without a name.

        It lies on the line near its end, or just above or below if it would overlap words. If there are other lines to
        avoid, it may stand anywhere beside the line.
        """
        if not self.name or self._line is None:
            return None
        half = QPointF(sketch.width_of(self.name, "strong") / 2 + px(5), sketch.height_of("strong") / 2 + px(1))
        across, up = half.x() + px(4), half.y() + px(4)
        room = sketch.box.adjusted(across, up, -across, -up)
        back, _ = self.sceneTransform().inverted()
        ends = visible_ends(back.mapRect(room), *self._line) if room.isValid() else None
        if ends is None:
            return None
        middle, other_end = (sketch.at(*end.toTuple()) for end in (ends[::-1] if self._end > 0 else ends))
        boxes = [
            QRectF(place - half, place + half)
            for place in (middle, *(middle + QPointF(0, 2 * side * half.y()) for side in (-1, 1)))
        ]
        lines, taken = self.lines_beside(), self.words_beside()
        places = boxes + (self._beside(QLineF(middle, other_end), half) if lines else [])
        free = [box for box in places if sketch.box.contains(box) and not any(box.intersects(one) for one in taken)]
        unmet = (box for box in free if not any(_crosses(box, line) for line in lines))
        longer = [line for line in lines if not line.isNull()]
        on_no_line = (box for box in free if not any(_crosses(box, line) for line in longer))
        return next(unmet, next(on_no_line, next(iter(free), boxes[0])))

    @staticmethod
    def _beside(line: QLineF, half: QPointF) -> list[QRectF]:
        """Boxes on both sides of a line, in order from its start; ``half`` is half their width and height."""
        along = line.unitVector()
        step, across = QPointF(along.dx(), along.dy()), QPointF(along.normalVector().dx(), along.normalVector().dy())
        away = abs(across.x()) * half.x() + abs(across.y()) * half.y() + px(3)
        starts = [line.p1() + step * (number * half.y()) for number in range(round(line.length() / half.y()))]
        middles = [start + across * (side * away) for start in starts for side in (1, -1)]
        return [QRectF(middle - half, middle + half) for middle in middles]


def _crosses(box: QRectF, line: QLineF) -> bool:
    """Whether a line goes through a box."""
    if box.contains(line.p1()) or line.isNull():
        return box.contains(line.p1())
    corners = box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()
    sides = (QLineF(one, next_one) for one, next_one in zip(corners, (*corners[1:], corners[0]), strict=True))
    met = QLineF.IntersectionType.BoundedIntersection
    return any(side.intersects(line)[0] == met for side in sides)

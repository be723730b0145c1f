"""A straight line w·x + b = 0 with its name on it; it can be gripped anywhere."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath
from PySide6.QtWidgets import (
    QGraphicsItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from gui.plots.drawing.grip import Grip
from gui.plots.drawing.ink import brush, pen
from gui.plots.plane.line_geometry import strip_along, visible_ends
from gui.style.theme import theme
from gui.style.typography import font, scaled

_GRIP = 16


class GripLine(Grip):
    """``dashed`` tells one line from another.

    ``name_end`` is the end that the name stands at: 1 the one to the left of w (as seen along w), −1 the other.
    """

    def __init__(self, dashed: bool = False, name_end: int = 1, z: float = -20) -> None:
        super().__init__()
        self._style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        self._end = name_end
        self._line: tuple[np.ndarray, float] | None = None
        self._ghost: tuple[np.ndarray, float] | None = None
        self._name = _Name(self)
        self.setZValue(z)

    def show_line(self, w: np.ndarray, b: float, name: str, ghost: tuple[np.ndarray, float] | None = None) -> None:
        """The line, and where it was before; nothing where w is 0."""
        self._line = (np.asarray(w, dtype=float), float(b))
        self._ghost = ghost
        self._name.show_words(name)
        self._changed()

    def set_name_end(self, name_end: int) -> None:
        """Have the name at the other end, or back at the first."""
        self._end = name_end
        self._place_name()

    def restyle(self) -> None:
        """Take fonts and colours anew."""
        self._name.show_words(self._name.words)
        self._changed()

    def viewRangeChanged(self) -> None:
        self._changed()

    def viewTransformChanged(self) -> None:
        self._changed()

    def shape(self) -> QPainterPath:
        ends = visible_ends(self.boundingRect(), *self._line) if self._line is not None else None
        pixel = self.pixelVectors()[0]
        return strip_along(ends, scaled(_GRIP) * (pixel.x() if pixel is not None else 0.001))

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors = theme()
        for line, opacity in ((self._ghost, colors.ghost_opacity), (self._line, 1.0)):
            ends = visible_ends(self.boundingRect(), *line) if line is not None else None
            if ends is not None:
                painter.setPen(pen(colors.text, 2.5, self._style, opacity))
                painter.drawLine(*ends)

    def _changed(self) -> None:
        self.prepareGeometryChange()
        self._place_name()
        self.update()

    def _place_name(self) -> None:
        """The name stands on the line, near its end but wholly inside the plot."""
        pixels = self.pixelVectors()
        if self._line is None or pixels[0] is None:
            self._name.hide()
            return
        across, up = self._name.half_size()
        across, up = (across + scaled(4)) * abs(pixels[0].x()), (up + scaled(4)) * abs(pixels[1].y())
        ends = visible_ends(self.boundingRect().adjusted(across, up, -across, -up), *self._line)
        self._name.setVisible(ends is not None)
        if ends is not None:
            self._name.setPos(ends[1 if self._end > 0 else 0])


class _Name(QGraphicsItem):
    """Words on a small plate, in pixels."""

    def __init__(self, line: GripLine) -> None:
        super().__init__(line)
        self.words = ""
        self.setFlag(self.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_words(self, words: str) -> None:
        self.prepareGeometryChange()
        self.words = words
        self.update()

    def half_size(self) -> tuple[float, float]:
        metrics = QFontMetricsF(font("strong"))
        return metrics.horizontalAdvance(self.words) / 2 + scaled(5), metrics.height() / 2 + 1

    def boundingRect(self) -> QRectF:
        across, up = self.half_size()
        return QRectF(-across, -up, 2 * across, 2 * up)

    def shape(self) -> QPainterPath:
        return QPainterPath()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if not self.words:
            return
        colors = theme()
        box = self.boundingRect()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(colors.surface, 0.88))
        painter.drawRoundedRect(box, scaled(4), scaled(4))
        painter.setFont(font("strong"))
        painter.setPen(pen(colors.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.words)

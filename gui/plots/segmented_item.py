"""A few options side by side on the stage, one of them on: a segmented control that lives in the scene."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from gui.plots.ink import brush, pen
from gui.style.theme import theme
from gui.style.typography import font, scaled

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class SegmentedItem(pg.GraphicsWidget):
    """``chosen`` carries the value of an option that a person chose, by click or by arrow keys.

    It is there for the hand only: a figure that is exported does not show it.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._options: tuple[tuple[str, str], ...] = ()
        self._value = ""
        self._exporting = False
        # Tab is given by the view, which goes through handles first.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Values and their names in the language in use; takes fonts and colours anew."""
        self._options = tuple(options)
        size = QSizeF(sum(self._widths()) + 2, QFontMetricsF(font("text")).height() + scaled(8))
        self.setMinimumSize(size)
        self.setMaximumSize(size)
        self.updateGeometry()
        self.update()

    def show_value(self, value: str) -> None:
        """Show an option as on, without saying that it was chosen."""
        self._value = value
        self.update()

    def segment(self, value: str) -> QRectF:
        """Where an option is drawn, in the item's coordinates."""
        left = 1.0
        for (option, _), width in zip(self._options, self._widths(), strict=True):
            if option == value:
                return QRectF(left, 1, width, self.size().height() - 2)
            left += width
        return QRectF()

    def setExportMode(self, on: bool, options: object = None) -> None:
        self._exporting = on

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._exporting or not self._options:
            return
        colors = theme()
        radius = scaled(4)
        whole = QRectF(1, 1, sum(self._widths()), self.size().height() - 2)
        bar = QPainterPath()
        bar.addRoundedRect(whole, radius, radius)
        painter.setFont(font("text"))
        painter.fillPath(bar, brush(colors.surface))
        for value, name in self._options:
            box = self.segment(value)
            if value == self._value:
                piece = QPainterPath()
                piece.addRect(box)
                painter.fillPath(bar.intersected(piece), brush(colors.accent))
            painter.setPen(pen(colors.accent_text if value == self._value else colors.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(colors.control_outline))
        painter.drawPath(bar)
        if self.hasFocus():
            inset = scaled(3)
            painter.setPen(pen(colors.accent_text))
            painter.drawRoundedRect(self.segment(self._value).adjusted(inset, inset, -inset, -inset), 2, 2)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        for value, _ in self._options:
            if self.segment(value).contains(event.pos()):
                self._choose(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        values = [value for value, _ in self._options]
        if event.key() not in _STEPS or self._value not in values:
            event.ignore()
            return
        index = values.index(self._value) + _STEPS[event.key()]
        if 0 <= index < len(values):
            self._choose(values[index])

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self.update()

    def _choose(self, value: str) -> None:
        if value != self._value:
            self.chosen.emit(value)

    def _widths(self) -> list[float]:
        metrics = QFontMetricsF(font("text"))
        return [metrics.horizontalAdvance(name) + 2 * scaled(12) for _, name in self._options]

"""A row of push buttons that lives in the scene; a figure that is exported does not show them."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.ink import brush, pen
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, scaled

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ButtonsItem(pg.GraphicsWidget):
    """``pressed`` carries a button's id; arrow keys go from one to the next, Enter presses."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._buttons: tuple[tuple[str, str], ...] = ()
        self._at = 0
        self._down: str | None = None
        self._exporting = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_buttons(self, buttons: Sequence[tuple[str, str]]) -> None:
        """Ids and words in the language in use; takes fonts and colours anew."""
        if [name for name, _ in buttons] != [name for name, _ in self._buttons]:
            self._at = 0
        self._buttons = tuple(buttons)
        size = QSizeF(sum(self._widths()) + GRID * max(0, len(buttons) - 1) + 2, self._height())
        self.setMinimumSize(size)
        self.setMaximumSize(size)
        self.updateGeometry()
        self.update()

    def box(self, button_id: str) -> QRectF:
        """Where a button is drawn, in the item's coordinates."""
        left = 1.0
        for (name, _), width in zip(self._buttons, self._widths(), strict=True):
            if name == button_id:
                return QRectF(left, 1, width, self.size().height() - 2)
            left += width + GRID
        return QRectF()

    def setExportMode(self, on: bool, options: object = None) -> None:
        self._exporting = on

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._exporting:
            return
        colors = theme()
        painter.setFont(font("text"))
        for number, (name, words) in enumerate(self._buttons):
            focused = self.hasFocus() and number == self._at
            painter.setBrush(brush(colors.selection_fill if name == self._down else colors.raised))
            painter.setPen(pen(colors.selection if focused else colors.control_outline, 2 if focused else 1))
            painter.drawRoundedRect(self.box(name), 4, 4)
            painter.setPen(pen(colors.text))
            painter.drawText(self.box(name), Qt.AlignmentFlag.AlignCenter, words)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self._down = self._button_at(event)
        self.update()

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        pressed, self._down = self._down, None
        self.update()
        if pressed is not None and pressed == self._button_at(event):
            self.pressed.emit(pressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            self._at = min(len(self._buttons) - 1, max(0, self._at + _STEPS[event.key()]))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._buttons:
            self.pressed.emit(self._buttons[self._at][0])
        else:
            event.ignore()

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self.update()

    def _button_at(self, event: QGraphicsSceneMouseEvent) -> str | None:
        return next((name for name, _ in self._buttons if self.box(name).contains(event.pos())), None)

    def _height(self) -> float:
        return QFontMetricsF(font("text")).height() + scaled(8)

    def _widths(self) -> list[float]:
        metrics = QFontMetricsF(font("text"))
        return [metrics.horizontalAdvance(words) + 2 * scaled(10) for _, words in self._buttons]

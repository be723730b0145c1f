"""A button that shows or hides the widgets below it, such as the rows under 'more'."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.form.row import line_height
from gui.style.api import GRID, px, theme


class Disclosure(QAbstractButton):
    """A checkable button with a text and a triangle behind it; ``isChecked()`` while the widgets below it are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_words(self, words: str) -> None:
        """Set the button's text, which is also its accessible name."""
        self.setText(words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._text_width() + GRID + px(10), line_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            color = QColor(theme().text if self.underMouse() else theme().muted_text)
            painter.setPen(color)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
            painter.translate(self._text_width() + GRID + px(4), self.height() / 2)
            painter.scale(px(4), px(4))
            if self.isChecked():
                painter.rotate(90)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawPolygon(QPolygonF([QPointF(-0.6, -1), QPointF(0.8, 0), QPointF(-0.6, 1)]))
            if self.hasFocus():
                # A ring would touch the word, which is to be flush with the labels.
                painter.resetTransform()
                below = (self.height() + self.fontMetrics().height()) / 2 + 0.5
                painter.fillRect(QRectF(0, below, self.width(), px(2)), QColor(theme().accent))

    def _text_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.text())

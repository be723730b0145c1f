"""A button of the first row that carries a small number."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton

from gui.style.theme import theme
from gui.style.typography import font


class BadgedButton(QToolButton):
    """The number stands in the button's upper corner; with 0 there is none. Whoever sets it names it too."""

    badge = 0

    def show_badge(self, number: int) -> None:
        """Carry this number from now on."""
        self.badge = number
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.badge:
            text = str(self.badge)
            letters = font("notes")
            metrics = QFontMetricsF(letters)
            height = 1.35 * metrics.capHeight() + 2
            width = max(height, metrics.horizontalAdvance(text) + height / 2)
            place = QRectF(self.width() - width - 1, 1, width, height)
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme().accent))
                painter.drawRoundedRect(place, height / 2, height / 2)
                painter.setFont(letters)
                painter.setPen(QColor(theme().accent_text))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

"""A few options side by side on the stage, one of them on: a segmented control that lives in the scene."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.board.choosing import ChoosingItem
from gui.plots.drawing.ink import brush, pen
from gui.style.theme import theme
from gui.style.typography import font, scaled


class SegmentedItem(ChoosingItem):
    """``chosen`` carries the value of an option that a person chose, by click or by arrow keys.

    It is there for the hand only: a figure that is exported does not show it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._exporting = False

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        self.options = tuple(options)
        size = QSizeF(sum(self._widths()) + 2, QFontMetricsF(font("text")).height() + scaled(8))
        self.setMinimumSize(size)
        self.setMaximumSize(size)
        self.updateGeometry()
        self.update()

    def box(self, value: str) -> QRectF:
        """Where an option is drawn, in the item's coordinates."""
        left = 1.0
        for (option, _), width in zip(self.options, self._widths(), strict=True):
            if option == value:
                return QRectF(left, 1, width, self.size().height() - 2)
            left += width
        return QRectF()

    def setExportMode(self, on: bool, options: object = None) -> None:
        self._exporting = on

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._exporting or not self.options:
            return
        colors = theme()
        radius = scaled(4)
        whole = QRectF(1, 1, sum(self._widths()), self.size().height() - 2)
        bar = QPainterPath()
        bar.addRoundedRect(whole, radius, radius)
        painter.setFont(font("text"))
        painter.fillPath(bar, brush(colors.surface))
        for value, name in self.options:
            box = self.box(value)
            if value == self.value:
                piece = QPainterPath()
                piece.addRect(box)
                painter.fillPath(bar.intersected(piece), brush(colors.accent))
            painter.setPen(pen(colors.accent_text if value == self.value else colors.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(colors.control_outline))
        painter.drawPath(bar)
        if self.hasFocus():
            inset = scaled(3)
            painter.setPen(pen(colors.accent_text))
            painter.drawRoundedRect(self.box(self.value).adjusted(inset, inset, -inset, -inset), 2, 2)

    def _widths(self) -> list[float]:
        metrics = QFontMetricsF(font("text"))
        return [metrics.horizontalAdvance(name) + 2 * scaled(12) for _, name in self.options]

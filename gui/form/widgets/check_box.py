"""A check box whose indicator scales with the zoom."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from gui.form.row import line_height
from gui.style.api import GRID, px
from gui.style.focus_ring import paint_focus_ring


class CheckBox(QCheckBox):
    """A ``QCheckBox`` drawn at the current zoom; Fusion's own indicator stays at 13 pixels."""

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(px(14) + GRID + text + 4, line_height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        return QRect(QPoint(0, 0), self.sizeHint()).contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        size = px(14)
        whole = QRect(option.rect)
        option.rect = QRect(0, (self.height() - size) // 2, size, size)
        with QPainter(self) as painter:
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, option, painter, self)
            words = whole.adjusted(size + GRID, 0, 0, 0)
            painter.setPen(self.palette().windowText().color())
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
            if self.hasFocus():
                height, width = self.fontMetrics().height(), self.fontMetrics().horizontalAdvance(self.text())
                ring = QRectF(words.left() - 3, (self.height() - height) / 2, width + 6, height)
                paint_focus_ring(painter, ring.adjusted(0, 1, 0, -1))

"""Check boxes whose indicator scales with the zoom, with a label on one line or word-wrapped."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from gui.form.row import line_height
from gui.style.api import GRID, px
from gui.style.focus_ring import paint_focus_ring

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CheckBox(QCheckBox):
    """A ``QCheckBox`` drawn at the current zoom; Fusion's own indicator stays at 13 pixels."""

    flags: Qt.AlignmentFlag | Qt.TextFlag = _LEFT

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
        option.rect = QRect(0, self._middle_of_first_line() - size // 2, size, size)
        with QPainter(self) as painter:
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, option, painter, self)
            words = whole.adjusted(size + GRID, 0, 0, 0)
            painter.setPen(self.palette().windowText().color())
            painter.drawText(words, self.flags, self.text())
            if self.hasFocus():
                box = QRectF(self.fontMetrics().boundingRect(words, self.flags, self.text()))
                paint_focus_ring(painter, box.adjusted(-3, 1, 3, -1))

    def _middle_of_first_line(self) -> int:
        return self.height() // 2


class WrappedCheckBox(CheckBox):
    """A check box with a word-wrapped label and the indicator beside the label's first line."""

    flags = _LEFT | Qt.TextFlag.TextWordWrap

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - px(14) - GRID), 10_000)
        return max(line_height(), self.fontMetrics().boundingRect(room, self.flags, self.text()).height() + 4)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(14) + GRID, line_height())

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def _middle_of_first_line(self) -> int:
        lines = self.fontMetrics().boundingRect(self.rect().adjusted(px(14) + GRID, 0, 0, 0), self.flags, self.text())
        return (self.height() - lines.height() + self.fontMetrics().height()) // 2

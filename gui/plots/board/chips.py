"""The stops of a computation as chips in a row with arrows between them; one is chosen, those before it are reached."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.board.choosing import ChoosingItem
from gui.plots.drawing.ink import brush, pen
from gui.style.theme import theme
from gui.style.typography import font, scaled

_WIDEST = 190


class ChipsItem(ChoosingItem):
    """``chosen`` carries the value of a chip that a person chose, by click or by arrow keys."""

    def __init__(self) -> None:
        super().__init__()
        self._notes: tuple[str, ...] = ()
        self._low = False

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        self.options = tuple(options)
        self._measure()

    def set_low(self, low: bool) -> None:
        """Leave the second lines out."""
        self._low = low
        self._measure()

    def show_notes(self, notes: Sequence[str]) -> None:
        """The second lines, one a chip."""
        self._notes = tuple(notes)
        self.update()

    def box(self, value: str) -> QRectF:
        """Where a chip is drawn, in the item's coordinates."""
        index = [name for name, _ in self.options].index(value)
        count = len(self.options)
        gap = float(scaled(26))
        width = min(float(scaled(_WIDEST)), (self.size().width() - 2 - gap * (count - 1)) / count)
        left = (self.size().width() - count * width - (count - 1) * gap) / 2
        return QRectF(left + index * (width + gap), 1, width, self.size().height() - 2)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors = theme()
        values = [value for value, _ in self.options]
        reached = values.index(self.value) if self.value in values else -1
        for index, (value, name) in enumerate(self.options):
            box = self.box(value)
            is_chosen = index == reached
            fill = colors.accent if is_chosen else colors.selection_fill if index < reached else colors.surface
            ink = colors.accent_text if is_chosen else colors.text if index < reached else colors.muted_text
            painter.setPen(pen(colors.control_outline))
            painter.setBrush(brush(fill))
            painter.drawRoundedRect(box, scaled(6), scaled(6))
            if is_chosen and self.hasFocus():
                inset = scaled(3)
                painter.setPen(pen(colors.accent_text))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), scaled(4), scaled(4))
            self._paint_words(painter, box, f"{index + 1} {name}", index, ink)
            if index:
                self._paint_arrow(painter, self.box(values[index - 1]).right(), box)

    def _paint_words(self, painter: QPainter, box: QRectF, name: str, index: int, ink: str) -> None:
        painter.setPen(pen(ink))
        face = font("strong")
        if QFontMetricsF(face).horizontalAdvance(name) > box.width() - scaled(6):
            face = font("notes")
        painter.setFont(face)
        note = self._notes[index] if index < len(self._notes) and not self._low else ""
        if not note:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
            return
        first = QRectF(box.left(), box.top() + scaled(3), box.width(), QFontMetricsF(font("strong")).height())
        painter.drawText(first, Qt.AlignmentFlag.AlignCenter, name)
        painter.setFont(font("notes"))
        second = QRectF(box.left(), first.bottom(), box.width(), QFontMetricsF(painter.font()).height())
        painter.drawText(second, Qt.AlignmentFlag.AlignCenter, note)

    def _paint_arrow(self, painter: QPainter, start: float, box: QRectF) -> None:
        color = theme().control_outline
        y, foot, tip = box.center().y(), start + scaled(4), box.left() - scaled(4)
        painter.setPen(pen(color, 1.5))
        painter.drawLine(QPointF(foot, y), QPointF(tip - scaled(4), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(color))
        head = (QPointF(tip, y), QPointF(tip - scaled(6), y - scaled(4)), QPointF(tip - scaled(6), y + scaled(4)))
        painter.drawPolygon(QPolygonF(head))

    def _measure(self) -> None:
        height = QFontMetricsF(font("strong")).height() + scaled(8)
        if not self._low:
            height += QFontMetricsF(font("notes")).height()
        self.setMinimumSize(QSizeF(scaled(240), height))
        self.setMaximumHeight(height)
        self.updateGeometry()
        self.update()

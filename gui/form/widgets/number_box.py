"""The box in which a number is typed or stepped."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from engine.contract.text.numerals import format_real
from gui.form.measures import line_height
from gui.form.widgets.entry_box import EntryBox
from gui.form.widgets.slider import STEPS, wheel_steps
from gui.style.api import GRID, font, px, theme

# What there is room for, and what is left of it beside a unit; numbers show fewer digits rather than be cut off.
_WIDEST = "\N{MINUS SIGN}0.0000"
_WIDEST_BESIDE_UNIT = "\N{MINUS SIGN}00.0"


class NumberBox(EntryBox):
    """``stepped(notches)`` by arrows, PageUp, PageDown and the wheel, the latter only with the focus."""

    stepped = Signal(int)

    def __init__(self, unit: str = "", widest: str = _WIDEST, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit, self._widest = unit, widest
        self._number: float | int = 0
        self.restyle()

    def show_number(self, number: float | int) -> None:
        """Show a value in place of whatever stands in the box."""
        self._number = number
        self.show_text(self._spelled())

    def restyle(self) -> None:
        """Take font, width and colours from the style; the entry stays."""
        self.setFont(font("number"))
        metrics = QFontMetricsF(self.font())
        unit = round(metrics.horizontalAdvance(self._unit)) + GRID // 2 if self._unit else 0
        self.setTextMargins(px(2), 0, px(2) + unit, 0)
        self.setFixedSize(self.sizeHint())
        bad = self._bad
        if not self.is_changed():
            self.show_text(self._spelled())
        self.set_bad(bad)

    def sizeHint(self) -> QSize:
        return QSize(self._width(), line_height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wants_key(self, event: QKeyEvent) -> bool:
        return event.key() in STEPS

    def take_key(self, event: QKeyEvent) -> None:
        self.stepped.emit(STEPS[event.key()])

    def wheelEvent(self, event: QWheelEvent) -> None:
        wheel_steps(self, self.stepped, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unit:
            with QPainter(self) as painter:
                painter.setFont(self.font())
                painter.setPen(QColor(theme().muted_text))
                room = QRectF(self.rect()).adjusted(0, 0, -px(6), 0)
                painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._unit)

    def _width(self) -> int:
        margins = self.textMargins()
        # Beside the margins, a line edit keeps 2 + 2 pixels and its frame to itself.
        room = self._room() + margins.left() + margins.right() + 8
        return GRID * -(-round(room) // GRID)

    def _room(self) -> float:
        """The width that the number itself may have."""
        metrics = QFontMetricsF(self.font())
        alone = metrics.horizontalAdvance(self._widest)
        if not self._unit:
            return alone
        unit = metrics.horizontalAdvance(self._unit) + GRID // 2
        return max(alone - unit, metrics.horizontalAdvance(_WIDEST_BESIDE_UNIT))

    def _spelled(self) -> str:
        """The number with as many digits, up to six, as the box has room for; whole numbers have all of theirs."""
        if isinstance(self._number, int):
            return str(self._number).replace("-", "\N{MINUS SIGN}")
        metrics, room = QFontMetricsF(self.font()), self._room()
        for digits in (6, 5, 4, 3):
            text = format_real(self._number, digits)
            if metrics.horizontalAdvance(text) <= room:
                return text
        return format_real(self._number, 2)

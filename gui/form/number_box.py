"""The box in which a number is typed; a bad entry stays in it, marked, until it is mended."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.contract.numerals import format_real
from gui.form.measures import line_height
from gui.form.slider import STEPS, wheel_steps
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, scaled

# What there is room for, and what is left of it beside a unit; numbers show fewer digits rather than be cut off.
_WIDEST = "\N{MINUS SIGN}0.0000"
_WIDEST_BESIDE_UNIT = "\N{MINUS SIGN}00.0"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class NumberBox(QLineEdit):
    """``entered(text)`` on Enter or when the box is left with another text than the one it was given.

    ``stepped(notches)`` by arrows, PageUp, PageDown and the wheel, the latter only with the focus; ``left()`` when
    the focus goes. ``given_up()`` when a draft made way for the old text: by Escape, or by typing it again.
    """

    entered = Signal(str)
    stepped = Signal(int)
    left = Signal()
    given_up = Signal()

    def __init__(self, unit: str = "", widest: str = _WIDEST, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit, self._widest = unit, widest
        self._number: float | int = 0
        self._shown = ""
        self._bad = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.restyle()

    def show_number(self, number: float | int) -> None:
        """Show a value in place of whatever stands in the box."""
        self._number = number
        self._shown = self._spelled()
        self.setText(self._shown)
        # The beginning is what matters: a sign or a leading digit must not be scrolled out.
        self.setCursorPosition(0)
        self.set_bad(False)

    def is_changed(self) -> bool:
        """Whether something was typed that has not been taken over."""
        return self.text() != self._shown

    def is_bad(self) -> bool:
        """Whether the entry was refused."""
        return self._bad

    def set_bad(self, bad: bool) -> None:
        """Mark the entry as refused, or as in order."""
        self._bad = bad
        marked = QPalette()
        if bad:
            wrong = QColor(theme().wrong)
            marked.setColor(QPalette.ColorRole.Text, wrong)
            # Fusion takes the outline from Window (darkened by 140 %), and the focused one from Accent and Highlight.
            marked.setColor(QPalette.ColorRole.Window, wrong.lighter(140))
            marked.setColor(QPalette.ColorRole.Accent, wrong)
            marked.setColor(QPalette.ColorRole.Highlight, wrong)
        self.setPalette(marked)

    def restyle(self) -> None:
        """Take font, width and colours from the style; the entry stays."""
        self.setFont(font("number"))
        metrics = QFontMetricsF(self.font())
        unit = round(metrics.horizontalAdvance(self._unit)) + GRID // 2 if self._unit else 0
        self.setTextMargins(scaled(2), 0, scaled(2) + unit, 0)
        self.setFixedSize(self.sizeHint())
        if not self.is_changed():
            self._shown = self._spelled()
            self.setText(self._shown)
            self.setCursorPosition(0)
        self.set_bad(self._bad)

    def sizeHint(self) -> QSize:
        return QSize(self._width(), line_height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

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
        metrics = QFontMetricsF(self.font())
        texts = [format_real(self._number, digits) for digits in (6, 5, 4, 3, 2)]
        return next((text for text in texts if metrics.horizontalAdvance(text) <= self._room()), texts[-1])

    # Events

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            if self._is_undo(event):
                # Nothing is being typed: Ctrl+Z belongs to the parameters.
                event.ignore()
                return True
            if event.key() in STEPS or (event.key() == Qt.Key.Key_Escape and self._has_draft()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS:
            self.stepped.emit(STEPS[event.key()])
        elif event.key() in _ENTER:
            self._commit()
            self.selectAll()
        elif event.key() == Qt.Key.Key_Escape and self._has_draft():
            self._give_up()
            self.selectAll()
        elif self._is_undo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        wheel_steps(self, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A context menu over the box is not leaving it.
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._commit()
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unit:
            painter = QPainter(self)
            painter.setFont(self.font())
            painter.setPen(QColor(theme().muted_text))
            room = QRectF(self.rect()).adjusted(0, 0, -scaled(6), 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._unit)
            painter.end()

    def _commit(self) -> None:
        if self.is_changed():
            self.entered.emit(self.text())
        elif self._bad:
            self._give_up()

    def _give_up(self) -> None:
        self.show_number(self._number)
        self.given_up.emit()

    def _has_draft(self) -> bool:
        return self.is_changed() or self._bad

    def _is_undo(self, event: QKeyEvent) -> bool:
        return not self.is_changed() and any(event.matches(key) for key in _UNDO)

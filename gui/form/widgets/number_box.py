"""Line edits for numbers, which are typed or changed in steps by keys and wheel."""

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
from PySide6.QtWidgets import QWidget

from engine.contract.numerals import format_real
from gui.form.row import line_height
from gui.form.widgets.line_box import LineBox
from gui.form.widgets.slider import STEPS, wheel_steps
from gui.style.api import GRID, font, px, theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class EntryBox(LineBox):
    """A line edit that emits ``entered(text)`` on Enter or loss of focus if the text was changed.

    ``left()`` is emitted when the focus is lost; ``given_up()`` when the old text was restored, by Escape or by typing
    it again.
    """

    entered = Signal(str)
    left = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self._bad = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_text(self, text: str) -> None:
        """Show ``text`` in place of an unfinished or refused entry."""
        self._shown = text
        self.setText(text)
        # The beginning is what matters: a sign or a leading digit must not be scrolled out.
        self.setCursorPosition(0)
        self.set_bad(False)

    def is_changed(self) -> bool:
        """Whether something was typed and not yet entered."""
        return self.text() != self._shown

    def is_bad(self) -> bool:
        """Whether the entry was refused."""
        return self._bad

    def set_bad(self, bad: bool) -> None:
        """Give text and outline the colour of a refused entry if ``bad``, else their usual colours."""
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

    # What a subclass may add to

    def wants_key(self, event: QKeyEvent) -> bool:
        """Whether the box handles a key itself, before the window's shortcuts and the line edit."""
        return False

    def take_key(self, event: QKeyEvent) -> None:
        """Handle a key for which ``wants_key`` is True."""

    # Events

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if self._is_undo(event):
                # Nothing is being typed: Ctrl+Z belongs to the parameters.
                event.ignore()
                return True
            if self.wants_key(event) or (event.key() == Qt.Key.Key_Escape and self._has_draft()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.wants_key(event):
            self.take_key(event)
        elif event.key() in _ENTER:
            self._commit()
            # A refused entry keeps its cursor where the mistake is.
            if not self._bad:
                self.selectAll()
        elif event.key() == Qt.Key.Key_Escape and self._has_draft():
            self._give_up()
            self.selectAll()
        elif self._is_undo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

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

    def _commit(self) -> None:
        if self.is_changed():
            self.entered.emit(self.text())
        elif self._bad:
            self._give_up()

    def _give_up(self) -> None:
        self.show_text(self._shown)
        self.given_up.emit()

    def _has_draft(self) -> bool:
        return self.is_changed() or self._bad

    def _is_undo(self, event: QKeyEvent) -> bool:
        return not self.is_changed() and any(event.matches(key) for key in _UNDO)


# What there is room for, and what is left of it beside a unit; numbers show fewer digits rather than be cut off.
_WIDEST = "\N{MINUS SIGN}0.0000"
_WIDEST_BESIDE_UNIT = "\N{MINUS SIGN}00.0"


class NumberBox(EntryBox):
    """A line edit for a number and its unit. ``stepped(notches)`` asks for a change by so many steps: by the arrow
    keys, PageUp, PageDown and, with the focus, the wheel. The box does not check what is typed.
    """

    stepped = Signal(int)

    def __init__(self, unit: str = "", widest: str = _WIDEST, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit, self._widest = unit, widest
        self._number: float | int = 0
        self.restyle()

    def show_number(self, number: float | int) -> None:
        """Show ``number``, rounded to fit, in place of an unfinished or refused entry."""
        self._number = number
        self.show_text(self._spelled())

    def restyle(self) -> None:
        """Apply the style's font, width and colours; the entry stays."""
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
        """The width in pixels available for the number beside its unit."""
        metrics = QFontMetricsF(self.font())
        alone = metrics.horizontalAdvance(self._widest)
        if not self._unit:
            return alone
        unit = metrics.horizontalAdvance(self._unit) + GRID // 2
        return max(alone - unit, metrics.horizontalAdvance(_WIDEST_BESIDE_UNIT))

    def _spelled(self) -> str:
        """The number as text with up to six significant digits, as many as fit; an int with all of its digits."""
        if isinstance(self._number, int):
            return str(self._number).replace("-", "\N{MINUS SIGN}")
        metrics, room = QFontMetricsF(self.font()), self._room()
        for digits in (6, 5, 4, 3):
            text = format_real(self._number, digits)
            if metrics.horizontalAdvance(text) <= room:
                return text
        return format_real(self._number, 2)

"""A box in which something is typed; a bad entry stays in it, marked, until it is mended."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QWidget

from gui.form.widgets.line_box import LineBox
from gui.style.theme import theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class EntryBox(LineBox):
    """``entered(text)`` on Enter or when the box is left with another text than the one it was given.

    ``left()`` when the focus goes; ``given_up()`` when a draft made way for the old text: by Escape, or by typing it
    again.
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
        """Show a text in place of whatever stands in the box."""
        self._shown = text
        self.setText(text)
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

    # What a subclass may add to

    def wants_key(self, event: QKeyEvent) -> bool:
        """Whether a key is the box's own, before the window's shortcuts and the editing of text."""
        return False

    def take_key(self, event: QKeyEvent) -> None:
        """Do what a key of ``wants_key`` asks for."""

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

"""'What is this?' mode: the next click on any widget shows a sentence about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine.contract.text import Text
from gui.style.language import translate
from gui.style.running import running_application

NOTHING = Text("There is nothing to be said of this.")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WhatsThis(QObject):
    """The 'What is this?' mode, on from ``toggle`` until a click, Escape, or ``toggle`` again. The click only shows the
    sentence; the widget does not get it.

    By keyboard, Tab works as usual, and Enter asks about the focused widget. ``changed(on)`` is emitted at both ends.
    """

    changed = Signal(bool)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.is_on = False
        # The release of the press that asked is not to arrive either.
        self._swallows_release = False

    def toggle(self) -> None:
        """Turn the mode on or off."""
        if self.is_on:
            self._end()
            return
        self.is_on = True
        QApplication.setOverrideCursor(Qt.CursorShape.WhatsThisCursor)
        running_application().installEventFilter(self)
        self.changed.emit(True)

    def ask_about(self, widget: QWidget | None, place: QPoint) -> None:
        """Show the sentence about ``place``, in global screen coordinates, where ``widget`` is the innermost widget,
        and leave the mode.
        """
        # Only now: the parts of the window come with it.
        from gui.page.field_help import meaning_of
        from gui.panels.data.sheet import Sheet

        if self.is_on:
            self._end()
        meaning = meaning_of(widget, place)
        name, sentence = (meaning.name, meaning.sentence) if meaning is not None else ("", translate(NOTHING))
        Sheet(name, sentence, self._window).show_below(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonRelease and self._swallows_release:
            self._swallows_release = False
            if not self.is_on:
                running_application().removeEventFilter(self)
            return True
        if not self.is_on:
            return False
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            return self._pressed(watched, event)
        if kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _pressed(self, watched: QObject, event: QMouseEvent) -> bool:
        place = event.globalPosition().toPoint()
        widget = watched if isinstance(watched, QWidget) else QApplication.widgetAt(place)
        if widget is None or widget.window() is not self._window:
            return False
        if event.button() == Qt.MouseButton.LeftButton:
            self._swallows_release = True
            self.ask_about(widget.childAt(widget.mapFromGlobal(place)) or widget, place)
        return True

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape and event.key() not in _ENTER:
            return False
        # A key comes twice, first to ask whether it is a shortcut: answering that keeps it from being one.
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            focus = QApplication.focusWidget()
            if event.key() == Qt.Key.Key_Escape or focus is None:
                self._end()
            else:
                self.ask_about(focus, focus.mapToGlobal(focus.rect().center()))
        return True

    def _end(self) -> None:
        self.is_on = False
        QApplication.restoreOverrideCursor()
        if not self._swallows_release:
            running_application().removeEventFilter(self)
        self.changed.emit(False)

"""Enter presses the button that has the focus, as Space does: Qt lets it do so in dialogs only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.style.running import running_application

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterClicks(QObject):
    """Serves all buttons of its window, for as long as that lives.

    It listens to the button that has the focus only: a filter of the whole application is asked about every event of
    every widget, which took 90 of the 800 ms of a change of language in a window with all pages.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        running_application().focusChanged.connect(self._focus_moved)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(before, QAbstractButton):
            before.removeEventFilter(self)
        if isinstance(now, QAbstractButton) and now.window() is self.parent():
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.key() not in _ENTER:
            return False
        if not isinstance(watched, QAbstractButton):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not watched.isEnabled():
            return False
        watched.click()
        return True

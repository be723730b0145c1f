"""A line edit that leaves the window's shortcuts to the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

_EDITED_WITH_CONTROL = frozenset(
    {
        Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_Left,
        Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Insert,
    }
)  # fmt: skip
"""Keys that a line edit handles together with Ctrl. On some systems Qt's own handle more, such as Ctrl+E for the end of
the line.
"""


class LineBox(QLineEdit):
    """A ``QLineEdit`` that handles only the common editing shortcuts with Ctrl, such as Ctrl+C; all others go to the
    window's shortcuts first.
    """

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() not in _EDITED_WITH_CONTROL:
                event.ignore()
                return True
        return super().event(event)

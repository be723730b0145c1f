"""Text that arrives as an input method sends it: Qt's own key clicks know only ASCII."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit


def write(line: QLineEdit, text: str) -> None:
    """Write ``text`` into a line in place of what is selected there."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)

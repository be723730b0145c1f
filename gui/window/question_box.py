"""A question before something is lost: what is asked, what that means, and a way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

_EXPLAINING = "qt_msgbox_informativelabel"


def question_box(parent: QWidget, question: str, meaning: str) -> QMessageBox:
    """A box without buttons yet; its words are shown letter by letter, since they may name what comes from outside."""
    box = QMessageBox(QMessageBox.Icon.Warning, "", question, parent=parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(parent.windowTitle())
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(meaning)
    for label in box.findChildren(QLabel, _EXPLAINING):
        label.setTextFormat(Qt.TextFormat.PlainText)
    return box

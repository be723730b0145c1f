"""Asks under which name, if any, a learner's answers are saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from engine.lessons.answers import LONGEST_NAME
from gui.shell.lessons import words
from gui.style.language import show
from gui.style.tokens import GRID
from gui.style.typography import font, scaled


class AnswersDialog(QDialog):
    """``wanted(name)`` when they are to be saved; gone when it is closed."""

    wanted = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(show(words.NAME_TITLE))
        self.setFont(font("text"))
        about = QLabel(show(words.NAME_ABOUT))
        about.setWordWrap(True)
        self.name = QLineEdit(name)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(show(words.NO_NAME))
        form = QFormLayout()
        form.addRow(show(words.NAME), self.name)
        buttons = QDialogButtonBox()
        buttons.addButton(show(words.DO_SAVE), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(show(words.CANCEL), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(about)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.setMinimumWidth(scaled(380))
        self.name.setFocus()

    def _save(self) -> None:
        self.accept()
        self.wanted.emit(self.name.text())

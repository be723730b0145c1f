"""Asks for a name, which may stay empty, before something that a learner did is saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from engine.contract.text.text import Text
from engine.lessons.answers import LONGEST_NAME
from gui.style.language import translate
from gui.style.plain_label import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px

_NAME, _NO_NAME = Text("Name"), Text("may stay empty")
_SAVE, _CANCEL = Text("Save…"), Text("Cancel")


class NameDialog(QDialog):
    """``wanted(name)`` when it is to be saved; gone when it is closed.

    ``about`` says what is saved. Whoever asks more puts rows of its own into the ``form``, above the name.
    """

    wanted = Signal(str)

    def __init__(self, title: Text, about: Text, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate(title))
        self.setFont(font("text"))
        said = PlainLabel(translate(about))
        said.setWordWrap(True)
        self.name = QLineEdit(name)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(translate(_NO_NAME))
        self.form = QFormLayout()
        self.form.addRow(translate(_NAME), self.name)
        buttons = QDialogButtonBox()
        buttons.addButton(translate(_SAVE), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(translate(_CANCEL), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(said)
        layout.addLayout(self.form)
        layout.addWidget(buttons)
        self.setMinimumWidth(px(380))
        self.name.setFocus()

    def save(self) -> None:
        """Close, and have it saved under the name that stands there."""
        self.accept()
        self.wanted.emit(self.name.text())

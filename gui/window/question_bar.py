"""A question over the stage with two answers; nothing waits for it, and nothing moves for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from engine.contract.text.text import Text
from gui.style.language import translate
from gui.style.typography import font
from gui.window.floating_bar import FloatingBar


class QuestionBar(FloatingBar):
    """``accepted`` and ``declined`` follow a click on the answers."""

    accepted = Signal()
    declined = Signal()

    def __init__(self, ground: QWidget, above: QWidget, yes: Text, no: Text) -> None:
        super().__init__(ground, above)
        self._answers = (yes, no)
        self.yes, self.no = QPushButton(), QPushButton()
        for button in (self.yes, self.no):
            self.line.addWidget(button)
        self.yes.clicked.connect(self.accepted)
        self.no.clicked.connect(self.declined)
        self.restyle()

    def restyle(self, *_: object) -> None:
        super().restyle()
        for button, words in zip((self.yes, self.no), self._answers, strict=True):
            button.setFont(font("text"))
            button.setText(translate(words))

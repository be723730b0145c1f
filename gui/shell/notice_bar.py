"""A line under the chapters for what went wrong with a file, or where something was saved."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from engine.contract.text import Text
from gui.shell import words
from gui.style.appearance import appearance
from gui.style.language import show
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font


class NoticeBar(QWidget):
    """Hidden while there is nothing to say; a notice stays until it is closed or replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text: Text | None = None
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setText("×")
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        layout.setSpacing(GRID)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._close)
        self.setAutoFillBackground(True)
        self._restyle()
        appearance().changed.connect(self._restyle)
        self.hide()

    def show_text(self, text: Text) -> None:
        """Say one sentence."""
        self._text = text
        self._label.setText(show(text))
        self.show()

    def _restyle(self) -> None:
        self._label.setFont(font("text"))
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme().selection_fill)
        self.setPalette(palette)
        self._close.setToolTip(show(words.CLOSE))
        self._close.setAccessibleName(show(words.CLOSE))
        if self._text is not None:
            self._label.setText(show(self._text))

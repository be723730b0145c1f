"""What went wrong with a file, or where something was saved, said over the window until it is closed."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QToolButton, QWidget

from engine.contract.text import Text
from gui.shell import words
from gui.shell.floating_bar import FloatingBar
from gui.style.language import show

# Pixels at zoom 1 that the transport takes at the lower edge.
_TRANSPORT = 44


class NoticeBar(FloatingBar):
    """A notice stays until it is closed, replaced, or another experiment is shown; a brief one goes by itself."""

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground, _TRANSPORT)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setText("×")
        self._close.clicked.connect(self.hide)
        self.line.addWidget(self._close)
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self.hide)
        self.restyle()

    def show_text(self, text: Text, milliseconds: int = 0) -> None:
        """Say one sentence, for so long or, with 0, until it is closed."""
        self._end.stop()
        super().show_text(text)
        if milliseconds:
            self._end.start(milliseconds)

    def restyle(self, *_: object) -> None:
        super().restyle()
        self._close.setToolTip(show(words.CLOSE))
        self._close.setAccessibleName(show(words.CLOSE))

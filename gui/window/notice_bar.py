"""What went wrong, what helps, or where something was saved, said over the window until it is closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from engine.contract.text.text import Text
from gui.style.language import translate
from gui.style.typography import font
from gui.window import words
from gui.window.floating_bar import FloatingBar

# Pixels at zoom 1 that the transport takes at the lower edge.
_TRANSPORT = 44
BRIEF = 6000
"""Milliseconds for which it is said that something went well."""


class NoticeBar(FloatingBar):
    """A notice stays until it is closed, replaced, or another experiment is shown; a brief one goes by itself.

    It covers nothing of the line of the run, ``transport``, where that is at the lower edge and higher than usual.
    """

    def __init__(self, ground: QWidget, transport: Callable[[], QWidget | None] = lambda: None) -> None:
        super().__init__(ground, _TRANSPORT)
        self._transport = transport
        self._remedy: tuple[Text, Callable[[], None]] | None = None
        self.button = QPushButton()
        self.button.clicked.connect(self._take_remedy)
        self.line.addWidget(self.button)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setText("×")
        self._close.clicked.connect(self.hide)
        self.line.addWidget(self._close)
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self.hide)
        self.restyle()

    def show_text(
        self, text: Text, milliseconds: int = 0, remedy: tuple[Text, Callable[[], None]] | None = None
    ) -> None:
        """Say one sentence, for so long or, with 0, until it is closed.

        ``remedy``: the words of a button for what helps, and what it does.
        """
        self._end.stop()
        self._remedy = remedy
        self.button.setVisible(remedy is not None)
        self.restyle()
        super().show_text(text)
        if milliseconds:
            self._end.start(milliseconds)

    def take_back(self, *texts: Text) -> None:
        """Say no more what has ceased to be true."""
        if self._text in texts:
            self.hide()

    def _clear(self) -> int:
        usual, transport = super()._clear(), self._transport()
        if transport is None or not transport.isVisible():
            return usual
        below = self._ground.height() - transport.mapTo(self._ground, QPoint(0, 0)).y()
        return max(usual, below) if below <= 2 * transport.height() else usual

    def _take_remedy(self) -> None:
        self.hide()
        if self._remedy is not None:
            self._remedy[1]()

    def restyle(self, *_: object) -> None:
        self.button.setFont(font("text"))
        if self._remedy is not None:
            self.button.setText(translate(self._remedy[0]))
        super().restyle()
        self._close.setToolTip(translate(words.CLOSE))
        self._close.setAccessibleName(translate(words.CLOSE))

"""The line below the cards: whether several seeds put the runs in an order, in one line, all of it in its tip."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.contract.text.text import Text
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain_label import PlainLabel
from gui.style.plain_tip import plain_tip
from gui.style.tokens import GRID
from gui.style.typography import font


class OrderLine(PlainLabel):
    """Not there while nothing is known; ``sentences`` are what it says in full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.sentences = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setContentsMargins(GRID, 0, GRID, GRID // 2)
        self.hide()

    def show_orders(self, orders: Sequence[Text]) -> None:
        """What is known, in the language and look of now."""
        said = [translate(text) for text in orders]
        self.sentences = " ".join(said)
        self.setFont(font("notes"))
        use_secondary_ink(self)
        self.setToolTip(plain_tip("\n".join(said)))
        self.setAccessibleName(self.sentences)
        self.setVisible(bool(said))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * GRID - 2
        self.setText(QFontMetrics(self.font()).elidedText(self.sentences, Qt.TextElideMode.ElideRight, room))

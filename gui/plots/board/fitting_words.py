"""One line of words on the stage: of several wordings the longest that fits is shown."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.ink import pen
from gui.style.theme import theme
from gui.style.typography import font, scaled


class FittingWords(pg.GraphicsWidget):
    """``show_words`` takes wordings from the fullest to the shortest; ``centered`` puts them into the middle."""

    def __init__(self, centered: bool = False) -> None:
        super().__init__()
        self._side = Qt.AlignmentFlag.AlignHCenter if centered else Qt.AlignmentFlag.AlignLeft
        self._wordings: tuple[str, ...] = ()
        self._color: str | None = None
        self.restyle()

    def show_words(self, *wordings: str, color: str | None = None) -> None:
        """The wordings, the fullest first; ``color`` is one of the theme's, None the ordinary ink."""
        if (wordings, color) != (self._wordings, self._color):
            self._wordings, self._color = wordings, color
            self.update()

    def restyle(self) -> None:
        """Take the font anew."""
        height = round(QFontMetricsF(font("strong")).height()) + scaled(4)
        self.setMinimumSize(QSizeF(scaled(60), height))
        self.setMaximumHeight(height)
        self.update()

    def shown_words(self) -> str:
        """The wording that fits the present width; nothing where none does."""
        metrics = QFontMetricsF(font("strong"))
        width = self.size().width()
        return next((words for words in self._wordings if metrics.horizontalAdvance(words) <= width), "")

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setFont(font("strong"))
        painter.setPen(pen(self._color or theme().text))
        box = QRectF(0, 0, self.size().width(), self.size().height())
        painter.drawText(box, self._side | Qt.AlignmentFlag.AlignVCenter, self.shown_words())

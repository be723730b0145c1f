"""One line of words on the stage: of several wordings the longest that fits is shown."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF

from gui.plots.drawing.piece import Piece
from gui.plots.drawing.sketch import CENTRE, LEFT, Sketch
from gui.style.typography import font, scaled


class FittingWords(Piece):
    """``show_words`` takes wordings from the fullest to the shortest; ``centered`` puts them into the middle."""

    def __init__(self, centered: bool = False) -> None:
        super().__init__()
        self._side = CENTRE if centered else LEFT
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
        self.take_room(scaled(60), round(QFontMetricsF(font("strong")).height()) + scaled(4), "across")

    def shown_words(self) -> str:
        """The wording that fits the present width; nothing where none does."""
        metrics = QFontMetricsF(font("strong"))
        width = self.size().width()
        return next((words for words in self._wordings if metrics.horizontalAdvance(words) <= width), "")

    def draw(self, sketch: Sketch) -> None:
        sketch.words(self.shown_words(), sketch.box, "strong", self._color, self._side)

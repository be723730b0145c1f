"""One line of words on the stage: of several wordings the longest that fits is shown."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from engine.contract.text.text import Text
from gui.plots.drawing.api import CENTRE, LEFT, PixelPainter, StageItem, font, px, theme, translate

Pieces = tuple[tuple[str, str | None], ...]
Wording = Text | str | Pieces
"""A text, words as they are, or pieces of words each with a colour of its own, None for that of the whole."""


class FittingWords(StageItem):
    """``show_words`` takes wordings from the fullest to the shortest; ``centered`` puts them into the middle.

    Texts are written in the language in use and named colours taken from the theme in use, whenever it is drawn.
    """

    def __init__(self, centered: bool = False) -> None:
        super().__init__()
        self._side = CENTRE if centered else LEFT
        self._wordings: tuple[Wording, ...] = ()
        self._color: str | None = None
        self.restyle()

    def show_words(self, *wordings: Wording, color: str | None = None, **values: object) -> None:
        """The wordings, the fullest first, with ``values`` put into the texts among them; ``color`` is a colour, or
        the name of one of the theme's, None the ordinary ink.
        """
        filled = tuple(one(**values) if values and isinstance(one, Text) else one for one in wordings)
        if (filled, color) != (self._wordings, self._color):
            self._wordings, self._color = filled, color
            self.update()

    def restyle(self) -> None:
        """Take the font anew."""
        self.take_room(px(60), round(QFontMetricsF(font("strong")).height()) + px(4), "across")

    def shown_words(self) -> str:
        """The wording that fits the present width; nothing where none does.

        Words that are painted cannot be read off by Qt: this is how whoever looks at a stage from outside reads them.
        """
        return "".join(words for words, _ in self._shown())

    def draw(self, sketch: PixelPainter) -> None:
        pieces, box = self._shown(), sketch.box
        whole = self._color and getattr(theme(), self._color, self._color)
        if len(pieces) == 1:
            sketch.words(pieces[0][0], box, "strong", pieces[0][1] or whole, self._side)
            return
        widths = [sketch.width_of(words, "strong") for words, _ in pieces]
        x = box.center().x() - sum(widths) / 2 if self._side == CENTRE else box.left()
        for (words, color), width in zip(pieces, widths, strict=True):
            sketch.words(words, QRectF(x, box.top(), width + 1, box.height()), "strong", color or whole, LEFT)
            x += width

    def _shown(self) -> Pieces:
        metrics = QFontMetricsF(font("strong"))
        for wording in self._wordings:
            words = translate(wording) if isinstance(wording, Text) else wording
            pieces = ((words, None),) if isinstance(words, str) else words
            if metrics.horizontalAdvance("".join(words for words, _ in pieces)) <= self.size().width():
                return pieces
        return (("", None),)

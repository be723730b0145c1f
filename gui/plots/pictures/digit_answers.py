"""Images of digits, each with the network's current answer and whether that is right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QImage

from gui.plots.drawing.api import LEFT, RIGHT, PixelPainter, Role, StageItem, font, px, theme
from gui.plots.drawing.ink_image import ink_image
from gui.plots.pictures.pixel_picture import Tiles


class DigitAnswers(Tiles):
    """Tiles of digits, in as many columns as make the tiles largest.

    There is room for ``places`` tiles, even if fewer digits are shown, so that digits stay in place when their number
    changes.
    """

    def __init__(self, places: int = 0) -> None:
        super().__init__()
        self._places = places
        self._ink: np.ndarray | None = None
        self._images: list[QImage] = []
        self._shown: tuple[Sequence[str], Sequence[str], Sequence[bool], int] = ((), (), (), 0)
        self.restyle()

    def show_digits(
        self, ink: np.ndarray, answers: Sequence[str], chances: Sequence[str], right: Sequence[bool], selected: int
    ) -> None:
        """Show digit images ``ink`` (N, H, W) of bytes, each with an answer, its probability as text, and whether it is
        right.
        """
        shown = answers, chances, right, selected
        if ink is not self._ink:
            self._ink = ink
            self._images = [ink_image(one) for one in ink]
        elif shown == self._shown:
            return
        self._shown = shown
        self.update()

    def restyle(self) -> None:
        """Apply the current colours and fonts."""
        self._images = [ink_image(one) for one in self._ink] if self._ink is not None else []
        self.take_room(px(100), px(90))

    def tile(self, index: int) -> QRectF:
        """The rectangle of the tile with this index (a digit and its answer), in item coordinates."""
        columns, side = self._columns()
        rows = -(-self._room() // columns)
        width, height = self.size().width() / columns, self.size().height() / rows
        row, column = divmod(index, columns)
        whole = side + self._line()
        return QRectF(column * width + (width - side) / 2, row * height + (height - whole) / 2, side, whole)

    def columns(self) -> int:
        return self._columns()[0]

    def draw(self, sketch: PixelPainter) -> None:
        if not self._images:
            return
        colors, (answers, chances, right, selected) = theme(), self._shown
        # All of them or none, and whatever they are at the moment.
        widest = sketch.width_of("× 8", "strong") + sketch.width_of(" 100 %")
        shows_rest = widest <= self.tile(0).width() + px(10)
        for index, image in enumerate(self._images):
            tile = self.tile(index)
            square = QRectF(tile.left(), tile.top(), tile.width(), tile.width())
            color = colors.right if right[index] else colors.wrong
            sketch.fill(square, colors.raised)
            sketch.picture(square, image)
            sketch.frame(square, color, 1.6)
            if index == selected:
                sketch.frame(tile.adjusted(-3, -3, 3, 1), colors.selection, 1.2, radius=3)
                if self.hasFocus():
                    sketch.focus(tile.adjusted(-3, -3, 3, 1))
            # The sign first: a number, × and a share would read as a product.
            words = f"{'✓' if right[index] else '×'} {answers[index]}"
            rest = f"  {chances[index]}" if shows_rest else ""
            width = sketch.width_of(words, "strong")
            row = QRectF(0, square.bottom(), width + sketch.width_of(rest), sketch.height_of("strong"))
            row.moveLeft(tile.center().x() - row.width() / 2)
            sketch.words(words, row, "strong", color, LEFT)
            sketch.words(rest, row, "notes", colors.muted_text, RIGHT)

    def count(self) -> int:
        return len(self._images)

    def looked_at(self) -> int:
        return self._shown[-1]

    def _room(self) -> int:
        """The number of tiles for which room is reserved."""
        return self._places or max(1, len(self._images))

    def _line(self) -> float:
        return QFontMetricsF(font("strong")).height() + 1

    def _columns(self) -> tuple[int, float]:
        """The number of columns with which the tiles' squares are largest, and the side of these."""
        size = self.size()
        return _largest_squares(self._room(), size.width(), size.height(), self._line(), px(8))


@lru_cache(maxsize=16)
def _largest_squares(count: int, width: float, height: float, line: float, gap: float) -> tuple[int, float]:
    """The number of columns with which ``count`` squares are largest, and their side. Each square has a line of text
    and a gap.

    Cached, since it is needed for every tile.
    """
    sides = {
        columns: min(width / columns - gap, height / -(-count // columns) - line - gap / 2)
        for columns in range(1, count + 1)
        if count % columns == 0
    }
    best = max(sides, key=lambda columns: sides[columns])
    return best, max(4.0, sides[best])


class AnswerGrid(StageItem):
    """Short answers in three rows of three, with a line of words below."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Sequence[str]] = ()
        self._words = ""
        self.restyle()

    def show_answers(self, rows: Sequence[Sequence[str]], words: str) -> None:
        """Show the answers, row by row, and words about them."""
        self._rows, self._words = rows, words
        self.update()

    def restyle(self) -> None:
        """Apply the current fonts and colours."""
        self.take_room(px(72), px(84))

    def draw(self, sketch: PixelPainter) -> None:
        if not self._rows:
            return
        colors = theme()
        line = sketch.height_of() + px(3)
        width = self.size().width()
        side = max(1.0, min(width, self.size().height() - line) - 2)
        left, top, cell = (width - side) / 2, (self.size().height() - line - side) / 2, side / 3
        middle = self._rows[1][1]
        for number, answer in enumerate(answer for row in self._rows for answer in row):
            box = QRectF(left + number % 3 * cell, top + number // 3 * cell, cell, cell)
            if number == 4:
                sketch.fill(box, colors.selection_fill)
            elif answer != middle:  # another answer than the middle's, be it right or wrong
                sketch.fill(box, colors.muted_text, 0.2)
            sketch.frame(box, colors.hairline)
            role: Role = "number" if answer == middle else "strong"
            sketch.words(answer, box, role, colors.text)
        below = QRectF(0, top + side + 1, width, line)
        sketch.words(sketch.elided(self._words, width), below, color=colors.muted_text)

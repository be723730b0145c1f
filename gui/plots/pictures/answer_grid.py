"""Nine answers in the places they belong to, those that differ from the middle one marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF

from gui.plots.drawing.api import PixelPainter, Role, StageItem, px, theme


class AnswerGrid(StageItem):
    """Three rows of three short answers, and a line of words under them."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Sequence[str]] = ()
        self._words = ""
        self.restyle()

    def show_answers(self, rows: Sequence[Sequence[str]], words: str) -> None:
        """The answers row by row, and what they are."""
        self._rows, self._words = rows, words
        self.update()

    def restyle(self) -> None:
        """Take fonts and colours anew."""
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
            sketch.frame(box, colors.hairline)
            role: Role = "number" if answer == middle else "strong"
            color = colors.text if answer == middle else colors.wrong
            sketch.words(answer, box, role, color)
        below = QRectF(0, top + side + 1, width, line)
        sketch.words(sketch.elided(self._words, width), below, color=colors.muted_text)

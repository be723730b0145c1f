"""A grid of numbers as cells: coloured by sign and size, with its digits where there is room; cells can be chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from engine.contract.text.numerals import format_alike
from gui.plots.drawing.api import PixelPainter, PlotOverlay, font
from gui.plots.pictures.cells import CellGrid, Place, draw_cell, draw_marks, full_size


class CellPicture(CellGrid):
    """Digits are shown where the longest of them fits into a cell, and otherwise in no cell: of numbers like 0.25 a row
    of 900 pixels takes 26 at 100 %. More are colours alone, whose numbers a probe and a table tell. Words of a view's
    own (``texts``) have to fit in a large window: who has more puts them into several rows.
    """

    def __init__(self) -> None:
        super().__init__()
        self.has_own_words = False
        self._cells = _Cells(self)
        self.put(self._cells)

    def show_cells(
        self,
        values: np.ndarray,
        texts: Sequence[Sequence[str]] | None = None,
        *,
        most: float | None = None,
        lit: Collection[Place] = (),
        outlined: Collection[Place] = (),
        selected: Place | None = None,
    ) -> None:
        """Values (rows, columns); ``texts`` replaces their digits, ``most`` is the size that has the full colour.

        ``lit`` cells stand out and the others step back, ``outlined`` ones have a frame in the colour of a mistake,
        ``selected`` has that of the selection.
        """
        self.values, self.selected = np.asarray(values), selected
        self.has_own_words = texts is not None
        if texts is None:
            texts = [format_alike(row) for row in self.values]
        self._cells.show(self.values, texts, most, frozenset(lit), frozenset(outlined), selected)
        rows, columns = self.values.shape
        self.vb.setRange(QRectF(0, 0, columns, rows), padding=0.02)

    def words_fit(self) -> bool:
        """Whether the cells are large enough by now to show their digits or words."""
        return self._cells.words_fit(self.cell_box(0, 0).width())

    def cell_box(self, row: int, column: int) -> QRectF:
        """Where a cell lies in the scene."""
        return self.vb.mapViewToScene(QRectF(column, row, 1, 1)).boundingRect()


class _Cells(PlotOverlay):
    """The cells, their digits and marks."""

    def __init__(self, picture: CellPicture) -> None:
        super().__init__()
        self._picture = picture

    def show(self, values: np.ndarray, texts: Sequence[Sequence[str]], *marks: object) -> None:
        shown = tuple(tuple(float(value) for value in row) for row in values)
        self.show_state(shown, tuple(tuple(row) for row in texts), *marks)

    def words_fit(self, side: float) -> bool:
        """Whether cells of a side in pixels have room for the longest words."""
        metrics = QFontMetricsF(font("number"))
        widest = max((metrics.horizontalAdvance(text) for row in self.state[1] for text in row), default=0.0)
        return widest <= side - 4 and metrics.height() <= side

    def draw(self, sketch: PixelPainter) -> None:
        if not self.state:
            return
        values, texts, most, lit, outlined, selected = self.state
        full = most or full_size(np.array(values))
        has_room = self.words_fit(sketch.at(1, 0).x() - sketch.at(0, 0).x())
        for place, value in np.ndenumerate(np.array(values)):
            words = texts[place[0]][place[1]] if has_room else ""
            draw_cell(sketch, self._box(sketch, *place), value, full, words, bool(lit) and place not in lit)
        others = dict.fromkeys(lit - outlined, 0)
        draw_marks(sketch, partial(self._box, sketch), others, outlined, selected, self._picture.hasFocus())

    @staticmethod
    def _box(sketch: PixelPainter, row: int, column: int) -> QRectF:
        return QRectF(sketch.at(column, row), sketch.at(column + 1, row + 1)).normalized()

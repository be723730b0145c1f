"""A grid of numbers as cells: coloured by sign and size, with its digits where there is room; cells can be chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent

from engine.contract.numerals import format_alike
from gui.plots.axes.chart import Chart
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.sketch import Sketch
from gui.style.contrast import blend, contrast
from gui.style.theme import theme
from gui.style.typography import font, scaled

Place = tuple[int, int]
_STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
_STRONGEST = 0.85
"""How much of a cell's ground is colour at the largest number."""
_STEPPED_BACK = 0.35


class CellPicture(Chart):
    """Cell (row, column) of an array lies between those numbers and the next ones, row 0 on top.

    Digits are shown where the longest of them fits into a cell, and otherwise in no cell: of numbers like 0.25 a row of
    900 pixels takes 26 at 100 %. More are colours alone, whose numbers a probe and a table tell. Words of a view's own
    (``texts``) have to fit in a large window: who has more puts them into several rows.

    ``chosen`` carries (row, column) when a person moves the selection by keys; clicks are the view's, by the spot.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.values = np.zeros((1, 1))
        self.selected: Place | None = None
        self.has_own_words = False
        self.vb.invertY(True)
        self.vb.setAspectLocked(True)
        for side in ("bottom", "left"):
            self.hideAxis(side)
        self._cells = _Cells(self)
        self.put(self._cells)
        # Tab is given by the view, which goes through handles first.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _STEPS or self.selected is None:
            event.ignore()
            return
        place = tuple(one + step for one, step in zip(self.selected, _STEPS[event.key()], strict=True))
        if all(0 <= one < size for one, size in zip(place, self.values.shape, strict=True)):
            self.chosen.emit(place)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        self._cells.update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self._cells.update()


class _Cells(OverPlot):
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

    def draw(self, sketch: Sketch) -> None:
        if not self.state:
            return
        values, texts, most, lit, outlined, selected = self.state
        colors = theme()
        sizes = [abs(value) for row in values for value in row if np.isfinite(value)]
        full = most or max(sizes, default=0.0) or 1.0
        has_room = self.words_fit(sketch.at(1, 0).x() - sketch.at(0, 0).x())
        for place, value in np.ndenumerate(np.array(values)):
            box = self._box(sketch, *place)
            part = min(abs(value) / full, 1.0) * _STRONGEST if np.isfinite(value) else 0.0
            faded = bool(lit) and place not in lit
            ground = blend(colors.surface, colors.positive if value > 0 else colors.negative, part)
            sketch.fill(box, ground, _STEPPED_BACK if faded else 1.0)
            sketch.frame(box, colors.hairline)
            if has_room:
                ink = max((colors.text, colors.surface), key=lambda color: contrast(color, ground))
                sketch.words(texts[place[0]][place[1]], box, "number", colors.muted_text if faded else ink)
        for place in (*lit, *outlined):
            color = colors.wrong if place in outlined else colors.selection
            sketch.frame(self._box(sketch, *place).adjusted(1, 1, -1, -1), color, 2)
        if selected is not None:
            width = 4 if self._picture.hasFocus() else 3
            sketch.frame(self._box(sketch, *selected).adjusted(1, 1, -1, -1), colors.selection, scaled(width))

    @staticmethod
    def _box(sketch: Sketch, row: int, column: int) -> QRectF:
        return QRectF(sketch.at(column, row), sketch.at(column + 1, row + 1)).normalized()

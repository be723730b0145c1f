"""The stage: the one scene that a view draws in, and that an export renders."""

from __future__ import annotations

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF
from PySide6.QtWidgets import QFrame, QWidget

from gui.spoken.spoken import Spoken
from gui.style.api import GRID, font, theme

pg.setConfigOptions(antialias=True)


def _silent() -> Spoken:
    return Spoken(QAccessible.Role.Canvas, "")


class Stage(pg.GraphicsLayoutWidget):
    """A grid of plots and drawings on the theme's surface; takes the focus, so that keys can move handles."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 120)
        self.ci.layout.setSpacing(GRID)
        self._speaks = _silent
        self.restyle()

    def spoken_by(self, speaks: Callable[[], Spoken]) -> None:
        """Who says what is on it to somebody who does not see it."""
        self._speaks = speaks

    def spoken(self) -> Spoken:
        """What Qt asks for."""
        return self._speaks()

    def restyle(self) -> None:
        """Take ground and size from the style, and have everything painted anew."""
        # Of the number at the top of an axis the upper half reaches into the margin: on a large screen, in a
        # presentation, it is higher than that.
        half = round(QFontMetricsF(font("notes")).capHeight() / 2)
        self.ci.layout.setContentsMargins(GRID, max(GRID, half), GRID, GRID)
        self.setBackground(theme().surface)
        self.scene().update()

    def place(self, item: pg.GraphicsWidget, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        """Put an item at cells of the grid, taking it from wherever it was; what stood there waits to be placed anew.

        Two items in one cell would leave pyqtgraph unable to remove either.
        """
        self.take_away(item)
        for r in range(row, row + rows):
            for c in range(column, column + columns):
                self.take_away(self.ci.rows.get(r, {}).get(c))
        self.ci.addItem(item, row, column, rows, columns)
        item.geometryChanged.connect(self._paint_all)

    def take_away(self, item: pg.GraphicsWidget) -> None:
        """Leave an item out of the grid until it is placed again."""
        if item in self.ci.items:
            item.geometryChanged.disconnect(self._paint_all)
            self.ci.removeItem(item)

    def box_on_screen(self, box: QRectF) -> QRect:
        """Where a part of the scene lies on the screen."""
        seen = self.mapFromScene(box).boundingRect()
        return QRect(self.viewport().mapToGlobal(seen.topLeft()), seen.size())

    def _paint_all(self) -> None:
        """Where the layout has moved something, nothing may stay of how it looked elsewhere."""
        self.viewport().update()

    def fill(self) -> None:
        """Give the grid the whole stage again: while items were taken away it may have shrunk to what was left."""
        self.ci.setGeometry(self.range)

    def set_stretch(self, rows: tuple[int, ...] = (), columns: tuple[int, ...] = ()) -> None:
        """The shares of height and width of the grid's rows and columns; those not named get none."""
        layout = self.ci.layout
        for row in range(max(layout.rowCount(), len(rows))):
            layout.setRowStretchFactor(row, rows[row] if row < len(rows) else 0)
        for column in range(max(layout.columnCount(), len(columns))):
            layout.setColumnStretchFactor(column, columns[column] if column < len(columns) else 0)

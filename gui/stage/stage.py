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
    """The scene of a view, in the theme's colours; takes the keyboard focus, so that keys can move handles."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 120)
        self.ci.layout.setSpacing(GRID)
        self._speaks = _silent
        self.restyle()

    def spoken_by(self, speaks: Callable[[], Spoken]) -> None:
        """Set the function that returns the stage's description for screen readers."""
        self._speaks = speaks

    def spoken(self) -> Spoken:
        """The description of the stage for screen readers."""
        return self._speaks()

    def restyle(self) -> None:
        """Take background and size from the style, and repaint everything."""
        # Of the number at the top of an axis the upper half reaches into the margin: on a large screen, in a
        # presentation, it is higher than that.
        half = round(QFontMetricsF(font("notes")).capHeight() / 2)
        self.ci.layout.setContentsMargins(GRID, max(GRID, half), GRID, GRID)
        self.setBackground(theme().surface)
        self.scene().update()

    def place(self, item: pg.GraphicsWidget, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        """Place an item in cells of the grid, moving it from its old cells; items that are in the new cells are
        removed.

        With two items in one cell, pyqtgraph could remove neither.
        """
        self.take_away(item)
        for r in range(row, row + rows):
            for c in range(column, column + columns):
                self.take_away(self.ci.rows.get(r, {}).get(c))
        self.ci.addItem(item, row, column, rows, columns)
        item.geometryChanged.connect(self._paint_all)

    def take_away(self, item: pg.GraphicsWidget) -> None:
        """Remove an item from the grid until it is placed again."""
        if item in self.ci.items:
            item.geometryChanged.disconnect(self._paint_all)
            self.ci.removeItem(item)

    def box_on_screen(self, box: QRectF) -> QRect:
        """A box of the scene, in screen coordinates."""
        seen = self.mapFromScene(box).boundingRect()
        return QRect(self.viewport().mapToGlobal(seen.topLeft()), seen.size())

    def _paint_all(self) -> None:
        """Repaint the whole viewport, since the layout may have moved items away from where they were."""
        self.viewport().update()

    def fill(self) -> None:
        """Resize the grid to the whole stage, since it may have shrunk while items were removed."""
        self.ci.setGeometry(self.range)

    def set_stretch(self, rows: tuple[int, ...] = (), columns: tuple[int, ...] = ()) -> None:
        """Set the stretch factors of the grid's rows and columns; those not named get 0."""
        layout = self.ci.layout
        for row in range(max(layout.rowCount(), len(rows))):
            layout.setRowStretchFactor(row, rows[row] if row < len(rows) else 0)
        for column in range(max(layout.columnCount(), len(columns))):
            layout.setColumnStretchFactor(column, columns[column] if column < len(columns) else 0)

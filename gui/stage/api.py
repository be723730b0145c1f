"""All names that a view usually needs: ``from gui.stage.api import Layout, Snapshot, View, show``.

Import what only some views need, or what is slow to import, from its own module: the first drawing waits for the
imports here.
"""

from gui.plots.board.choosing import SegmentedItem
from gui.plots.board.table import FittingWords
from gui.plots.drawing.api import GRID, brush, curve_color, curve_pen, font, pen, px, theme, translate
from gui.stage.snapshot import RIGHT, Layout
from gui.stage.view import Snapshot, View

__all__ = [
    "GRID",
    "RIGHT",
    "FittingWords",
    "Layout",
    "SegmentedItem",
    "Snapshot",
    "View",
    "brush",
    "curve_color",
    "curve_pen",
    "font",
    "pen",
    "px",
    "theme",
    "translate",
]  # fmt: skip

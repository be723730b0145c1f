"""What a view is written with, in one place: ``from gui.stage.pieces import Layout, Snapshot, View, show``."""

from gui.plots.board.fitting_words import FittingWords
from gui.plots.board.segmented import SegmentedItem
from gui.plots.drawing.pieces import GRID, brush, curve_color, curve_pen, font, pen, scaled, show, theme
from gui.stage.layout import RIGHT, Layout
from gui.stage.learning_view import LearningView
from gui.stage.run_view import RunView
from gui.stage.slice_view import SliceView
from gui.stage.turned import Turning
from gui.stage.view import Snapshot, View

__all__ = [
    "GRID", "RIGHT", "FittingWords", "Layout", "LearningView", "RunView", "SegmentedItem", "SliceView", "Snapshot",
    "Turning", "View", "brush", "curve_color", "curve_pen", "font", "pen", "scaled", "show", "theme",
]  # fmt: skip

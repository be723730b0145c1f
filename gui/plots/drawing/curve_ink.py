"""The inks of curves that stand in one plot: each has a colour and dashes of its own, the same wherever it is drawn."""

from __future__ import annotations

from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from gui.plots.drawing.ink import pen
from gui.style.theme import theme


def curve_color(number: int) -> str:
    """The colour of curve 0 to 6, for words too."""
    return theme().curve_colors[number]


def curve_pen(number: int, width: float = 2.5, opacity: float = 1.0) -> QPen:
    """The pen of curve 0 to 6."""
    made = pen(curve_color(number), width, opacity=opacity)
    dashes = theme().curve_dashes[number]
    if dashes:
        made.setDashPattern(list(dashes))
        # Round ends would close the gaps of thick lines.
        made.setCapStyle(Qt.PenCapStyle.FlatCap if min(dashes) > 1 else Qt.PenCapStyle.RoundCap)
    return made


RULES = MappingProxyType({"sgd": 1, "momentum": 2, "nesterov": 3, "adagrad": 4, "rmsprop": 5, "adam": 6, "adamw": 0})
"""The inks of the optimizers, by name: each has its own wherever it is drawn."""
TRAIN, TEST = 1, 2
"""The inks of what is measured on training data and on test data."""


def data_pen(number: int, width: float = 2.2) -> QPen:
    """The pen of what is measured on training or on test data: the one solid, the other dashed, in every theme."""
    style = theme().train_line if number == TRAIN else theme().test_line
    return pen(curve_color(number), width, Qt.PenStyle[style])

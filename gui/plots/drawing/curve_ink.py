"""Curve styles: a colour and a dash pattern for each style number, so that a curve looks the same wherever it is drawn.

Style numbers begin at 0 and have no upper limit. Optimizers, activation functions and the like have theirs in their
records (`record_looks.py`).
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from gui.plots.drawing.ink import pen
from gui.style.theme import theme

_SHORT, _DOT, _GAP, _WIDE = 2.5, 0.1, 2.0, 5.0


def curve_color(number: int) -> str:
    """The colour of curve style ``number``, for text too; colours repeat after the last one."""
    colors = theme().curve_colors
    return colors[number % len(colors)]


def curve_dashes(number: int) -> tuple[float, ...]:
    """The dash pattern of curve style ``number`` in line widths, empty for solid; no two styles have the same.

    After the theme's patterns come groups with a wide gap between them: of two short dashes, of two dots, of three
    short dashes, and so on.
    """
    own = theme().curve_dashes
    if number < len(own):
        return own[number]
    turn, is_dotted = divmod(number - len(own), 2)
    mark = _DOT if is_dotted else _SHORT
    return (*(mark, _GAP) * (turn + 1), mark, _WIDE)


def curve_pen(number: int, width: float = 2.5, opacity: float = 1.0) -> QPen:
    """The pen of curve style ``number``."""
    made = pen(curve_color(number), width, opacity=opacity)
    dashes = curve_dashes(number)
    if dashes:
        made.setDashPattern(list(dashes))
        # Round ends would close the gaps of thick lines.
        made.setCapStyle(Qt.PenCapStyle.FlatCap if min(dashes) > 1 else Qt.PenCapStyle.RoundCap)
    return made


TRAIN, TEST = 1, 2
"""The curve styles of what is measured on training data and on test data."""


def data_pen(number: int, width: float = 2.2) -> QPen:
    """The pen for training or test data: in every theme one of them is solid and the other dashed."""
    style = theme().train_line if number == TRAIN else theme().test_line
    return pen(curve_color(number), width, Qt.PenStyle[style])

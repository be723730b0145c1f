"""A slice of a function beside its map: the function's value over one of the map's variables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from gui.plots.axes.axis import dress_axes, name_axis
from gui.plots.curves.slopes import SlopesPlot, Straight
from gui.plots.drawing.api import pen, theme

_TANGENT = 80
_SPARSE = 0.5
"""The density of the ticks whose texts stand side by side, relative to pyqtgraph's usual one."""


class SlicePlot(SlopesPlot):
    """A plot of a slice. If ``sideways``, it stands beside the map and the variable goes up; otherwise it lies beneath
    the map.

    The axis of the variable has no tick texts: its range must be kept equal to the map's by ``show_part``.
    """

    thickness = 2.2

    def __init__(self, sideways: bool) -> None:
        super().__init__(sideways, "strong", on_right=True)
        self.vb.disableAutoRange()
        if sideways:
            self.getAxis("bottom").setTickDensity(_SPARSE)
        self.guide, self.level = pg.InfiniteLine(angle=0 if sideways else 90), pg.InfiniteLine(angle=90 * sideways)
        for item in (self.guide, self.level):
            item.setZValue(-1)
            self.put(item)

    def set_name(self, name: str) -> None:
        """Set the name of the values' axis; applies the current colours and fonts."""
        dress_axes(self)
        self.getAxis("left" if self.sideways else "bottom").setStyle(showValues=False)
        name_axis(self.getAxis("bottom" if self.sideways else "left"), name)
        self.guide.setPen(pen(theme().control_outline, 1, Qt.PenStyle.DashLine))
        self.level.setPen(pen(theme().hairline, 1))

    def show_heights(self, low: float, high: float) -> None:
        """Set the range of the values' axis."""
        (self.setXRange if self.sideways else self.setYRange)(low, high, padding=0)

    def show_part(self, low: float, high: float) -> None:
        """Set the range of the variable, which must be equal to the map's."""
        (self.setYRange if self.sideways else self.setXRange)(low, high, padding=0)

    def show_slice(
        self,
        places: np.ndarray,
        values: np.ndarray,
        here: tuple[float, float | None],
        slope: float | None,
        words: tuple[Sequence[str], str],
        ghost: np.ndarray | None = None,
    ) -> None:
        """Show the slice: ``values`` of the function at ``places``; ``here`` is a point (variable, value), and
        ``slope`` that of its tangent. Value and slope are None if they do not exist.

        ``words`` are wordings for the corner, the fullest first, and the variable's colour; ``ghost`` are the values of
        an earlier slice.
        """
        (x, y), color = here, words[1]
        self.show_curve(places, values, None if ghost is None else (places, ghost))
        self.guide.setValue(x)
        self.level.setVisible(y is not None)
        self.level.setValue(y or 0.0)
        lines = [Straight(x, y, slope, color, reach=_TANGENT)] if y is not None and slope is not None else []
        self.show_marks(lines, [] if y is None else [(x, y, color)], words)

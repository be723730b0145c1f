"""Axes whose room does not depend on the numbers that stand at their ticks at the moment."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtGui import QFontMetricsF

from gui.style.typography import font


def steady(plot: pg.PlotItem, widest: str) -> None:
    """Give both axes room for ``widest`` at their ticks, in the font in use; to be called after a change of style.

    Left to itself an axis grows with its numbers and gives little back, so that a plot would not look the same again.
    """
    metrics = QFontMetricsF(font("notes"))
    plot.getAxis("left").setStyle(autoExpandTextSpace=False, tickTextWidth=round(metrics.horizontalAdvance(widest)))
    plot.getAxis("bottom").setStyle(autoExpandTextSpace=False, tickTextHeight=round(metrics.height()))

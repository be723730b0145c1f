"""Reads back what a view has drawn: curves with their names, inks and numbers, bars with theirs, and names of axes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QPen

from gui.plots.axes.chart import Chart
from gui.plots.bars.bar_plot import Bar, BarPlot
from gui.plots.board.named_inks import NamedInks
from gui.plots.curves.end_labels import EndLabels
from gui.plots.drawing.curve_ink import curve_color, curve_pen
from gui.plots.learning.run_plot import RunPlot
from gui.stage.view import View


@dataclass(frozen=True)
class DrawnCurve:
    """A curve of the plot that the view calls ``plot``; ``x`` and ``y`` as they lie on its axes.

    ``name`` and ``value`` stand beside it in its ink; both are empty where it has no name.
    """

    plot: str
    name: str
    value: str
    x: np.ndarray
    y: np.ndarray
    pen: QPen
    named_in: QPen | None = None


@dataclass(frozen=True)
class DrawnBar:
    """A bar of the plot that the view calls ``plot``, the name that stands below its middle, and what its axis adds."""

    plot: str
    bar: Bar
    name: str
    shift: float


def plots_of(view: View) -> dict[str, Chart]:
    """The plots on the stage at the moment, by the view's names for them."""
    return {name: one for name, one in vars(view).items() if isinstance(one, pg.PlotItem) and one.scene() is not None}


def curves_in(plot: pg.PlotItem) -> list[pg.PlotCurveItem]:
    """The curves that a plot shows."""
    found = [item for item in plot.vb.allChildren() if isinstance(item, pg.PlotCurveItem)]
    items = [item for item in found if item.isVisible()]
    return [item for item in items if item.getData()[0] is not None and len(item.getData()[0])]


def named_curves(view: View) -> Iterator[DrawnCurve]:
    """The curves that have names, in keys, beside the plot, or in a legend that chooses."""
    names = {id(plot): name for name, plot in plots_of(view).items()}
    for name, item in vars(view).items():
        if isinstance(item, RunPlot) and item.scene() is not None and item.key.state:
            lines = [line for line in item.lines if line.isVisible()]
            # What stands in the key after them is of before.
            for line, (told, pen, value) in zip(lines, item.key.state[0][: len(lines)], strict=True):
                yield DrawnCurve(name, told, value, *line.getData(), line.opts["pen"], pen)
        elif isinstance(item, EndLabels) and item.scene() is not None and item.labels:
            for label in item.labels:
                for curve in _in_ink(item.plot, label.number):
                    pen = curve_pen(label.number)
                    yield DrawnCurve(
                        names[id(item.plot)], label.name, label.value, *curve.getData(), curve.opts["pen"], pen
                    )
        elif isinstance(item, NamedInks) and item.scene() is not None:
            for ink in item.inks:
                for plot_name, plot in plots_of(view).items():
                    for curve in _in_ink(plot, ink.number):
                        drawn = curve.opts["pen"]
                        yield DrawnCurve(plot_name, ink.value, ink.notes[-1], *curve.getData(), drawn, drawn)


def _in_ink(plot: pg.PlotItem, number: int) -> list[pg.PlotCurveItem]:
    """The full curves of a plot in an ink, not the faint ones of before."""
    pens = [(curve, curve.opts["pen"]) for curve in curves_in(plot)]
    return [one for one, pen in pens if pen.color().name() == curve_color(number) and pen.color().alpha() == 255]


def bars_of(view: View) -> Iterator[DrawnBar]:
    """The bars on the stage, each with the name below it."""
    for name, item in vars(view).items():
        if isinstance(item, BarPlot) and item.scene() is not None:
            ticks = dict(item.getAxis("bottom").told_ticks())
            for bar in item.bars.state[0]:
                yield DrawnBar(name, bar, ticks.get(float(bar.x), ""), item.numbers.shift)


def axes_of(plot: pg.PlotItem) -> tuple[str, str]:
    """The names of the axes of a plot, across and up."""
    return plot.getAxis("bottom").labelText, plot.getAxis("left").labelText

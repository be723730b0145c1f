"""The plots of a stage about whose places the engine can be asked."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QPointF

from engine.contract.interaction.handle import Place
from engine.contract.interaction.probe_point import ProbePoint
from gui.plots.axes.chart import Chart


class Spots:
    """Makes spots, as the engine is asked about them, of places of the scene and of plots."""

    def __init__(self) -> None:
        self._plots: list[tuple[Chart, str]] = []

    def add(self, plot: Chart, part: str) -> None:
        """One more plot, and its name in the spots that lie in it."""
        self._plots.append((plot, part))

    def at(self, scene_place: QPointF, with_axes: bool = False) -> ProbePoint | None:
        """The spot at a place of the scene, None where no such plot is; ``with_axes`` those belong to the plot."""
        for plot, part in self._plots:
            if lies_over(plot if with_axes else plot.vb, scene_place):
                place = plot.place_at(scene_place)
                return None if place is None else ProbePoint(place.x(), place.y(), part)
        return None

    def on(self, plot: Chart, place: Place) -> ProbePoint | None:
        """The spot at a place of a plot, None where nothing is asked about that."""
        return next((ProbePoint(place[0], place[1], part) for one, part in self._plots if one is plot), None)


def lies_over(item: pg.GraphicsWidget, scene_place: QPointF) -> bool:
    """Whether an item is on the stage, and there."""
    return item.scene() is not None and item.sceneBoundingRect().contains(scene_place)

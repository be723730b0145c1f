"""A view with everything that files take badly: a curve that leaves its plot, a picture of cells, unequal scales."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyqtgraph as pg
import pytest
from pytestqt.qtbot import QtBot

from engine.contract.catalogue import load
from engine.contract.run import Run
from engine.export.record import Export
from engine.playing import Player
from gui.export.figure import Figure
from gui.export.offscreen import figure_of
from gui.plots.drawing.ink import pen
from gui.stage.view import Snapshot, View
from tests.dummies import Line, LineParams

WIDTH, HEIGHT = 600, 400


class SteepView(View):
    """One plot from 0 to 1 and 0 to 1000 with a thick line that goes far beyond it, and a handle."""

    def build(self) -> None:
        self.plot = pg.PlotItem(enableMenu=False)
        self.plot.setRange(xRange=(0, 1), yRange=(0, 1000), padding=0)
        self.line = pg.PlotCurveItem([-5, 6], [-3900, 4900], pen=pen("#ff0000", 4))
        self.area = pg.FillBetweenItem(
            pg.PlotCurveItem([0.5, 9], [100, 100]), pg.PlotCurveItem([0.5, 9], [300, 300]), brush="#00ff00"
        )
        self.cells = pg.ImageItem(np.array([[0, 255], [255, 0]], dtype=np.uint8))
        self.cells.setRect(0.1, 600, 0.2, 200)
        for item in (self.area, self.line, self.cells):
            self.plot.addItem(item)
        self.stage.place(self.plot, 0, 0)

    def show_snapshot(self, current: Snapshot, ghost: Snapshot | None) -> None:
        pass


@pytest.fixture
def gates() -> Export:
    experiment = load("gates")
    player = Player(experiment, Run("gates", experiment.params_type()))
    return Export(experiment, player.run, player.params, 0, player.go(heavy=True), "en")


@pytest.fixture
def gates_figure(gates: Export, qapp: object) -> Iterator[Figure]:
    with figure_of(gates, (1000, 700), "light") as figure:
        yield figure


@pytest.fixture
def steep(qtbot: QtBot) -> tuple[Export, Figure]:
    player = Player(Line(), Run("line", LineParams()))
    export = Export(player.experiment, player.run, player.params, 0, player.go(), "en")
    view = SteepView(player.experiment)
    qtbot.addWidget(view)
    view.resize(WIDTH, HEIGHT)
    view.draw(export.params, export.frame)
    view.grab()  # lays it out without showing it
    return export, Figure(view, "A title", "A caption that says what there is to see.")

"""Where the layout moves something, the whole stage is painted anew: nothing stays of how it looked elsewhere."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtWidgets import QApplication

from gui.stage.stage import Stage


class _Painted(QObject):
    """Notes the box of every painting of a viewport."""

    def __init__(self, viewport):
        super().__init__(viewport)
        self.boxes = []
        viewport.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.boxes.append(event.region().boundingRect())
        return False


def _brought_up(qtbot):
    stage = Stage()
    qtbot.addWidget(stage)
    stage.resize(600, 400)
    plot = pg.PlotItem()
    stage.place(plot, 0, 0)
    stage.show()
    QApplication.processEvents()
    plot.setGeometry(QRectF(10, 10, 80, 60))
    for _ in range(4):
        QApplication.processEvents()
    return stage, plot


def test_a_plot_that_the_layout_moves_has_everything_painted(qtbot):
    stage, plot = _brought_up(qtbot)
    painted = _Painted(stage.viewport())
    plot.setGeometry(QRectF(20, 10, 80, 60))
    QApplication.processEvents()
    assert stage.viewport().rect() in painted.boxes


def test_what_was_taken_away_has_nothing_painted_any_more(qtbot):
    stage, plot = _brought_up(qtbot)
    stage.take_away(plot)
    QApplication.processEvents()
    painted = _Painted(stage.viewport())
    plot.setGeometry(QRectF(20, 10, 80, 60))
    QApplication.processEvents()
    assert painted.boxes == []

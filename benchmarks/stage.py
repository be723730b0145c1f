"""A window with a live pyqtgraph plot of moderate size, as an experiment's stage has one."""

from __future__ import annotations

from time import perf_counter

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from engine.contract.run import Run
from gui.run.runner import Runner
from gui.run.timeline import Entry
from tests.dummies import Playground, PlaygroundParams


class Stage(pg.GraphicsLayoutWidget):
    """Draws the playground's frames: the map of its output with the points, and the curve of its loss.

    ``painted`` are the times at which something was on the screen, with how many frames had been shown by then.
    """

    def __init__(self) -> None:
        super().__init__()
        self.resize(900, 560)
        plane = self.addPlot()
        plane.setAspectLocked(True)
        self._map = pg.ImageItem()
        self._map.setRect(-1, -1, 2, 2)
        self._map.setColorMap(pg.colormap.get("viridis"))
        plane.addItem(self._map)
        self._points = pg.ScatterPlotItem(size=8)
        plane.addItem(self._points)
        self._curve = self.addPlot().plot(pen=pg.mkPen("#56b4e9", width=1))
        self._loss = pg.LabelItem()
        self.addItem(self._loss, row=1, col=0, colspan=2)
        self.shown = 0
        self.painted: list[tuple[float, int]] = []

    @Slot(object)
    def draw(self, entry: Entry) -> None:
        """Show a frame."""
        frame = entry.frame
        self._map.setImage(frame.output, autoLevels=False, levels=(-1, 1))
        if not len(self._points.data):
            self._points.setData(pos=frame.points[:, :2], brush=pg.mkBrush("w"))
        self._curve.setData(frame.curve.updates, frame.curve.last)
        self._loss.setText(entry.label.render("en"))
        self.shown += 1

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.append((perf_counter(), self.shown))


class Show:
    """The stage on the screen with a runner that has the playground open; ``close`` it in the end."""

    def __init__(self) -> None:
        self.application = QApplication.instance() or QApplication([])
        self.stage = Stage()
        self.stage.show()
        self.runner = Runner()
        self.runner.frame_changed.connect(self.stage.draw)
        self.runner.open(Playground(), playground_run())
        self.wait_until(lambda: self.runner.is_settled and bool(self.stage.painted))

    def wait_until(self, condition: object, timeout: float = 30.0) -> None:
        """Let the event loop go until ``condition()`` holds; RuntimeError after ``timeout`` seconds."""
        end = perf_counter() + timeout
        while not condition():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
            if perf_counter() > end:
                raise RuntimeError("the window did not come to what was waited for")

    def let_go_for(self, seconds: float) -> None:
        """Let the event loop go for a while, undisturbed."""
        loop = QEventLoop()
        timer = QTimer()
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(loop.quit)
        timer.start(round(seconds * 1000))
        loop.exec()

    def close(self) -> None:
        """End the runner and the window."""
        self.runner.close()
        self.stage.close()


def playground_run(**values: object) -> Run:
    """The playground's run with these parameters."""
    return Run(Playground.id, PlaygroundParams(**values))

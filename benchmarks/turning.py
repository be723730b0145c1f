"""The time of a frame while a relief is turned, with its path and points, at 60 by 60 cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPolygonF

from benchmarks.measurement import Measurement, Options
from engine.contract.catalogue import load
from engine.geometry.aspect import Aspect
from engine.geometry.relief import Relief
from engine.playing import opened
from gui.style.running import running_application
from gui.style.theme import apply_to
from gui.views import load_view

_STAGE = (1366, 520)
"""The largest stage in a window of 1366 × 768."""
_LIMIT = 8
"""Milliseconds: a second frame may be due within 60 a second."""
_FUNCTIONS = ("bowl", "elongated")
"""One whose 3600 faces are all drawn, and the one that opens."""


def measure(options: Options) -> Iterator[Measurement]:
    """The relief's part of a frame, from new angles to the last pixel, against filling its faces one by one."""
    apply_to(running_application([]))
    experiment = load("descent")
    for function in _FUNCTIONS:
        params = experiment.params_type(function=function, view="relief")
        player, frame = opened(experiment, params)
        view: Any = load_view("descent")(experiment)
        view.resize(*_STAGE)
        view.show()
        view.draw(player.params, frame)
        QCoreApplication.processEvents()
        repeats = max(20, options.repeats // 2)
        turned = _quickest(_turning(view), repeats)
        filled = _quickest(_filling(view.relief.relief), repeats)
        name = f"a frame of a relief, {function}"
        yield Measurement(name, turned, "ms", "its faces one by one", filled, _LIMIT)
        view.close()
        view.deleteLater()
        QCoreApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete)


def _turning(view: Any) -> Callable[[int], object]:
    """A function that turns the plot by a degree and repaints it alone."""
    plot, port = view.relief, view.stage.viewport()
    box = view.stage.mapFromScene(plot.sceneBoundingRect()).boundingRect()

    def turn(step: int) -> None:
        plot.show_relief(plot.relief, Aspect(61 + step, 40), plot.parts, "")
        port.repaint(box)

    return turn


def _quickest(work: Callable[[int], object], repeats: int) -> float:
    """Milliseconds of the fastest of several calls, to exclude other load."""
    times = []
    for step in range(repeats):
        began = perf_counter()
        work(step)
        times.append(perf_counter() - began)
    return min(times) * 1000


def _filling(shown: Relief) -> Callable[[int], object]:
    """A function that fills the faces of the map one by one, as antialiased polygons in their colours."""
    picture = QImage(*_STAGE, QImage.Format.Format_RGB32)
    places = (shown.vertices[:, :2] * 400 + 500).tolist()
    brushes = [QBrush(QColor(number % 256, 128, 128)) for number in range(len(shown.faces))]

    def fill(_: int) -> None:
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for face, color in zip(shown.faces, brushes, strict=True):
            painter.setBrush(color)
            painter.drawPolygon(QPolygonF([QPointF(*places[corner]) for corner in face]))
        painter.end()

    return fill

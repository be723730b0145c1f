"""No stage strokes a long path with a wide pen: that alone can take half a second of a repaint."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintDevice, QPaintEngine, QPainter, QPainterPath

from engine.contract.catalogue import load
from engine.playing import opened
from gui.plots.drawing.paint_device import OwnEngine
from gui.style.typography import set_zoom
from gui.views import load_view
from tests.walk import EXPERIMENT_IDS

_LONGEST = 850
"""Ends of lines in one path; the curve of a function has at most 800, the contours of a map 10,000."""
_FAR, _NEAR = 600, 150
"""Updates: far for one run alone, and not as far where an update takes long."""
_SLOW = {"digits": 1, "optimizer_race": _NEAR, "cnn": _NEAR}


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_wide_pens_draw_no_long_paths(qtbot, experiment_id):
    experiment = load(experiment_id)
    defaults = experiment.params_type()
    set_zoom(2.0)
    view = load_view(experiment_id)(experiment)
    qtbot.addWidget(view)
    view.resize(1200, 560)
    view.show()
    for params in (defaults, *(defaults.replaced(preset.changes) for preset in experiment.presets)):
        player, frame = opened(experiment, params)
        # Not for presets: a numerical gradient takes a second an update.
        for shown in (frame, player.go(_SLOW.get(experiment_id, _FAR) if params == defaults else 1)):
            view.draw(params, shown)
            assert _longest(view) <= _LONGEST, params


def test_a_long_path_of_a_wide_pen_is_noticed(qapp):
    device = _Noting()
    painter = QPainter(device)
    path = QPainterPath()
    for number in range(2000):
        path.lineTo(number, number % 7)
    painter.setPen(Qt.GlobalColor.black)
    painter.drawPath(path)
    assert device.longest == 0
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    wide = painter.pen()
    wide.setWidthF(1.5)
    painter.setPen(wide)
    painter.drawPath(path)
    painter.end()
    assert device.longest == 2000


def _longest(view) -> int:
    device = _Noting()
    painter = QPainter(device)
    view.stage.render(painter)
    painter.end()
    return device.longest


class _Noting(QPaintDevice):
    """Draws nothing; ``longest`` is the longest path that was stroked with a pen wider than a pixel."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0
        self._engine = _NotingEngine(self)

    def paintEngine(self) -> QPaintEngine:
        return self._engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        kind = QPaintDevice.PaintDeviceMetric
        sizes = {kind.PdmWidth: 2000, kind.PdmHeight: 2000, kind.PdmNumColors: 2**24, kind.PdmDepth: 32}
        ratios = {kind.PdmDevicePixelRatio: 1, kind.PdmDevicePixelRatioScaled: int(self.devicePixelRatioFScale())}
        return (sizes | ratios).get(metric, 96)


class _NotingEngine(OwnEngine):
    def __init__(self, device: _Noting) -> None:
        super().__init__()
        self._device = device

    def updateState(self, state: object) -> None:
        pass

    def drawPath(self, path: QPainterPath) -> None:
        self._note(path.elementCount())

    def drawPolygon(self, points: list, mode: QPaintEngine.PolygonDrawMode) -> None:
        self._note(len(points))

    def drawPixmap(self, *_: object) -> None:
        pass

    def drawImage(self, *_: object) -> None:
        pass

    def drawTextItem(self, *_: object) -> None:
        pass

    def _note(self, ends: int) -> None:
        pen = self.painter().pen()
        if pen.style() != Qt.PenStyle.NoPen and pen.widthF() > 1:
            self._device.longest = max(self._device.longest, ends)

"""The base of paint devices of our own, which hand on or listen to what is painted in the screen's resolution."""

from __future__ import annotations

from PySide6.QtGui import QImage, QPaintDevice, QPaintEngine


class ScreenDevice(QPaintDevice):
    """``width`` × ``height`` pixels of the screen's resolution, painted on through ``engine``."""

    def __init__(self, engine: QPaintEngine, width: int, height: int) -> None:
        super().__init__()
        self._dots = QImage(1, 1, QImage.Format.Format_RGB32).logicalDpiX()
        self._engine = engine
        kind = QPaintDevice.PaintDeviceMetric
        # Recorded pictures (pyqtgraph's axes are) would be stretched if this were not the resolution of the screen.
        self._metrics = {
            kind.PdmWidth: width,
            kind.PdmHeight: height,
            kind.PdmWidthMM: round(width * 25.4 / self._dots),
            kind.PdmHeightMM: round(height * 25.4 / self._dots),
            kind.PdmNumColors: 2**24,
            kind.PdmDepth: 32,
            kind.PdmDevicePixelRatio: 1,
            kind.PdmDevicePixelRatioScaled: int(QPaintDevice.devicePixelRatioFScale()),
        }

    def paintEngine(self) -> QPaintEngine:
        return self._engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        return self._metrics.get(metric, self._dots)

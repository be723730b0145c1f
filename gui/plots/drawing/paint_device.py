"""The base of paint devices in Python, which forward or record what is painted, in the screen's resolution."""

from __future__ import annotations

import ctypes
import sys
import weakref
from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeVar

from PySide6.QtCore import QLineF
from PySide6.QtGui import QImage, QPaintDevice, QPaintEngine, QPaintEngineState, QPainter

T = TypeVar("T")


def taken(parts: Iterable[T], copied: Callable[[T], T]) -> list[T]:
    """Copies of the arguments of a paint engine's draw call; a list of arguments is emptied.

    PySide 6.10 holds one reference too many to each argument, so that none would ever be freed. Its table of all
    objects then grew, and rebuilding it took seconds in the middle of a painting. These references are released here,
    if a test drawing has shown that they exist.
    """
    own = [copied(part) for part in parts]
    if isinstance(parts, list):
        for _ in range(_holders_too_many()):
            for part in parts:
                _let_go(part)
        parts.clear()
    return own


_let_go = ctypes.pythonapi.Py_DecRef
_let_go.argtypes = [ctypes.py_object]
_let_go.restype = None


@cache
def _holders_too_many() -> int:
    """How many references too many PySide holds to an object after drawing it, found by a test drawing."""
    seen: list[weakref.ref[object]] = []
    device = ScreenDevice(_Probe(seen), 8, 8)
    with QPainter(device) as painter:
        painter.drawLines([QLineF(0, 0, 1, 1)])
    left = seen[0]() if seen else None
    # This name and the call are two.
    return 0 if left is None else sys.getrefcount(left) - 2


class OwnEngine(QPaintEngine):
    """The base of paint engines in Python that claim all features, so that Qt passes them everything as it is
    painted.
    """

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def begin(self, device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True


class _Probe(OwnEngine):
    def __init__(self, seen: list[weakref.ref[object]]) -> None:
        super().__init__()
        self._seen = seen

    def updateState(self, state: QPaintEngineState) -> None:
        pass

    def drawLines(self, lines: list[QLineF]) -> None:  # type: ignore[override] # Qt gives no other kind
        self._seen.append(weakref.ref(lines[0]))
        lines.clear()


class ScreenDevice(QPaintDevice):
    """A paint device of ``width`` × ``height`` pixels in the screen's resolution, painted through ``engine``."""

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

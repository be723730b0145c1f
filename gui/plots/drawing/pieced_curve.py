"""A curve that jumps up and down at every point, such as a loss, and is drawn anew many times a second."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.ink import with_square_ends
from gui.plots.drawing.pixels import in_pixels

_SOLID = Qt.PenStyle.SolidLine


class PiecedCurve(pg.PlotCurveItem):
    """Where pixels are painted, an opaque line is drawn piece by piece, in a tenth of the time of a path.

    What is see-through stays a path, since its pieces must not overlap, and so do dots, and every line in a drawing of
    vectors, where somebody may take hold of it.
    """

    def __init__(self) -> None:
        super().__init__(connect="finite")

    def setPen(self, pen: QPen) -> None:
        super().setPen(with_square_ends(pen) if _can_be_pieced(pen) else pen)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        pen = self.opts["pen"]
        pieced = _can_be_pieced(pen) and painter.paintEngine().type() == QPaintEngine.Type.Raster
        if pieced and pen.style() != _SOLID and self._paint_dashes(painter, pen):
            return
        # Not by setSegmentedLineMode, which would have it painted once more.
        self.opts["segmentedLineMode"] = "on" if pieced and pen.style() == _SOLID else "off"
        super().paint(painter, option, widget)

    def _paint_dashes(self, painter: QPainter, pen: QPen) -> bool:
        """Whether it could: a curve with gaps, or one that leaves the plot by far, is left to Qt."""
        x, y = self.getData()
        if x is None or len(x) < 2:
            return False
        with in_pixels(painter, self) as to_scene:
            places = np.column_stack(
                [
                    to_scene.m11() * x + to_scene.m21() * y + to_scene.dx(),
                    to_scene.m12() * x + to_scene.m22() * y + to_scene.dy(),
                ]
            )
            box = to_scene.mapRect(self.getViewBox().viewRect())
            near = np.abs(places - (box.center().x(), box.center().y())) <= (box.width(), box.height())
            if not near.all():
                return False
            pieces = dashes(places, np.multiply(pen.dashPattern(), pen.widthF()))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, bool(self.opts["antialias"]))
            dash = QPen(pen)
            dash.setStyle(_SOLID)
            painter.setPen(dash)
            painter.drawLines([QLineF(*piece) for piece in pieces.tolist()])
        return True


def dashes(places: np.ndarray, pattern: np.ndarray) -> np.ndarray:
    """The straight pieces (K, 4) of a line through ``places`` (N, 2) that are inked where it is dashed: ``pattern``
    are lengths, by turns of a dash and of a gap.
    """
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(places, axis=0).T))])
    ends = np.cumsum(pattern)
    changes = (np.arange(0.0, along[-1], ends[-1])[:, None] + ends).ravel()
    cuts = np.sort(np.concatenate([along, changes[changes < along[-1]]]))
    middles = (cuts[:-1] + cuts[1:]) / 2
    inked = np.searchsorted(ends, middles % ends[-1], side="right") % 2 == 0
    inked &= cuts[:-1] < cuts[1:]
    corners = np.column_stack([np.interp(cuts, along, places[:, axis]) for axis in (0, 1)])
    return np.hstack([corners[:-1], corners[1:]])[inked]


def _can_be_pieced(pen: QPen) -> bool:
    """Round dots would be square as pieces."""
    inked = pen.style() == _SOLID or min(pen.dashPattern(), default=0) > 1
    return inked and pen.color().alpha() == 255

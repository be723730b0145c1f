"""A sheet on which a person sees what differs: for each picture what was approved, what is drawn now, and where."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from tests.approved.palette import image_of

_WIDE, _LINE, _GAP = 600, 22, 8
_MOST = 12
_RING = 6


@dataclass(frozen=True)
class Pair:
    """A picture before and now, and where they differ; ``before`` is None for a picture that nobody has approved."""

    name: str
    before: np.ndarray | None
    now: np.ndarray
    differs: np.ndarray

    @property
    def words(self) -> str:
        """Where they differ, for a message."""
        if self.before is None:
            return f"{self.name}: there is no approved picture"
        if self.before.shape != self.now.shape:
            return f"{self.name}: {self.before.shape[::-1]} and {self.now.shape[::-1]} pixels"
        rows, columns = np.nonzero(self.differs)
        box = f"x from {columns.min()} to {columns.max()}, y from {rows.min()} to {rows.max()}"
        return f"{self.name}: {len(rows)} pixels differ, {box}"


def contact_sheet(title: str, pairs: Sequence[Pair]) -> Path:
    """The sheet of the first few pairs, a PNG in a temporary folder."""
    pairs = pairs[:_MOST]
    heights = [_LINE + max(_height(one) for one in _images(pair)) + _GAP for pair in pairs]
    sheet = QImage(3 * _WIDE + 4 * _GAP, sum(heights) + _GAP, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#888888"))
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    top = _GAP
    for pair, height in zip(pairs, heights, strict=True):
        labels = ("approved", "now", "difference")
        for column, (label, image) in enumerate(zip(labels, _images(pair), strict=True)):
            left = _GAP + column * (_WIDE + _GAP)
            painter.drawText(QPointF(left, top + 15), f"{title}: {pair.name}, {label}")
            painter.drawImage(QRectF(left, top + _LINE, _WIDE, _height(image)), image)
        top += height
    painter.end()
    path = Path(tempfile.mkdtemp(prefix="layerwise-pictures-")) / f"{title}.png"
    sheet.save(str(path))
    return path


def _images(pair: Pair) -> tuple[QImage, QImage, QImage]:
    now = image_of(pair.now)
    before = image_of(pair.before) if pair.before is not None else image_of(np.full_like(pair.now, 0xFFFFFF))
    # The picture pale, what differs red, and a box around it.
    pale = (pair.now >> 2 & 0x3F3F3F) + 0xC0C0C0
    marked = image_of(np.where(pair.differs, 0xFF0000, pale))
    rows, columns = np.nonzero(pair.differs)
    painter = QPainter(marked)
    painter.setPen(QPen(QColor("#d00000"), 2, Qt.PenStyle.DashLine))
    left, top = int(columns.min()) - _RING, int(rows.min()) - _RING
    painter.drawRect(left, top, int(columns.max()) - left + _RING, int(rows.max()) - top + _RING)
    painter.end()
    return before, now, marked


def _height(image: QImage) -> int:
    return round(image.height() * _WIDE / image.width())

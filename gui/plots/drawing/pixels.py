"""Drawing in pixels from within an item that lies in a plot's coordinates, such as words beside a place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem


@contextmanager
def in_pixels(painter: QPainter, item: QGraphicsItem) -> Iterator[QTransform]:
    """Let ``painter`` draw in the scene's pixels; gives the transform from the item's coordinates to them.

    An export that draws the scene larger enlarges these pixels too, which a painter without any transform would not.
    """
    to_scene = item.sceneTransform()
    back, _ = to_scene.inverted()
    painter.save()
    painter.setTransform(back * painter.transform())
    try:
        yield to_scene
    finally:
        painter.restore()

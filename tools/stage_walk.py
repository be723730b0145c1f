"""Has a stage painted through an engine that looks at everything that is drawn, in the order of painting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from gui.export.plain_device import PlainEngine
from gui.plots.drawing.paint_device import ScreenDevice
from gui.stage.view import View
from gui.style.theme import theme


def walk(view: View[Any, Any], reader_on: Callable[[QPainter, QImage], PlainEngine]) -> None:
    """Paint a stage as it is seen; ``reader_on`` makes the engine from the picture so far and its painter."""
    port = view.stage.viewport()
    image = QImage(port.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(theme().surface))
    target = QPainter(image)
    device = ScreenDevice(reader_on(target, image), image.width(), image.height())
    painter = QPainter(device)
    view.stage.render(painter, QRectF(port.rect()), port.rect())
    painter.end()
    target.end()

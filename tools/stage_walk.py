"""Paints a stage with a paint engine that inspects everything drawn, in painting order."""

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
    """Paints a stage; ``reader_on`` creates the engine from the painter and the image painted so far."""
    port = view.stage.viewport()
    image = QImage(port.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(theme().surface))
    target = QPainter(image)
    device = ScreenDevice(reader_on(target, image), image.width(), image.height())
    painter = QPainter(device)
    view.stage.render(painter, QRectF(port.rect()), port.rect())
    painter.end()
    target.end()

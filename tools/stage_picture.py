"""A stage as a small PNG: rendered without a window at a larger size, then smoothly downsampled."""

from __future__ import annotations

import os
from pathlib import Path

from engine.export.record import Export


def write_picture(export: Export, theme_name: str, drawn: tuple[int, int], kept: tuple[int, int], path: Path) -> None:
    """Writes ``path``: the stage at the size ``drawn``, downsampled to the size ``kept`` (width, height)."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSize, Qt
    from PySide6.QtGui import QColor, QImage, QPainter

    from gui.export.figure import paint_stage
    from gui.export.offscreen import application, stage_of
    from gui.style.theme import theme

    application()
    with stage_of(export, drawn, theme_name) as view:
        image = QImage(QSize(*drawn) * 2, QImage.Format.Format_RGB32)
        image.fill(QColor(theme().surface))
        painter = QPainter(image)
        painter.scale(2, 2)
        paint_stage(view, painter)
        painter.end()
    smooth = Qt.TransformationMode.SmoothTransformation
    image.scaled(QSize(*kept), Qt.AspectRatioMode.IgnoreAspectRatio, smooth).save(str(path))

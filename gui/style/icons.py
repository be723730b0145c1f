"""The program's icons, in the theme's text colour, and the thumbnail images of its experiments."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.style.language import language
from gui.style.theme import theme
from gui.style.typography import px

_RESOURCES = Path(__file__).resolve().parents[2] / "resources"
_SIDE = 20
_WIDTH, _HEIGHT = 600, 400
"""The size in pixels of the thumbnail images of experiments."""


def program_icon() -> QIcon:
    """The program's own icon, as windows and About show it."""
    return QIcon(str(_RESOURCES / "images" / "layerwise.svg"))


def thumbnail_pixmap(experiment_id: str) -> QPixmap:
    """The thumbnail image of an experiment at full size, in the language and theme in use. It is transparent if the
    experiment has none, such as one of a pack.
    """
    found = QPixmap(str(_RESOURCES / "images" / "overview" / f"{experiment_id}.{language()}.{theme().name}.png"))
    if found.isNull():
        found = QPixmap(_WIDTH, _HEIGHT)
        found.fill(Qt.GlobalColor.transparent)
    return found


def icon(name: str) -> QIcon:
    """An icon of resources/icons by file name, paler on disabled buttons. Icons have the theme's colour and the zoom's
    size, so a new one must be taken after these change.
    """
    source = (_RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    side = px(_SIDE)
    for mode, color in ((QIcon.Mode.Normal, theme().text), (QIcon.Mode.Disabled, theme().disabled_text)):
        renderer = QSvgRenderer(QByteArray(source.replace("currentColor", color).encode()))
        for density in (1, 2, 3):
            pixmap = QPixmap(QSize(side, side) * density)
            pixmap.fill(Qt.GlobalColor.transparent)
            with QPainter(pixmap) as painter:
                renderer.render(painter, QRectF(pixmap.rect()))
            pixmap.setDevicePixelRatio(density)
            made.addPixmap(pixmap, mode)
    return made

"""Pens and brushes from the theme's colours."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from gui.plots.drawing.points import rgb
from gui.style.foreground import TEXT, contrast
from gui.style.theme import theme
from gui.style.typography import zoom

NEGATIVE = (3.0, 2.0)
"""The dash pattern of negative values, in line widths: the sign stays visible without colours, in print or in grey."""


def pen(color: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine, opacity: float = 1.0) -> QPen:
    """A pen of this colour that is ``width`` pixels wide, times the zoom, whatever the scale of the plot."""
    return QPen(_pen(color, width * zoom(), style, opacity))


@lru_cache(maxsize=512)
def _pen(color: str, width: float, style: Qt.PenStyle, opacity: float) -> QPen:
    """A pen from a cache, since every painting needs hundreds; callers must copy it before they change it."""
    made = QPen(faded(color, opacity), width, style)
    made.setCosmetic(True)
    made.setCapStyle(Qt.PenCapStyle.RoundCap)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return made


def hairline(color: str, opacity: float = 1.0) -> QPen:
    """A pen of one pixel at every zoom: the only width at which Qt draws fast along thousands of points."""
    made = pen(color, opacity=opacity)
    made.setWidthF(1.0)
    return made


def with_square_ends(pen: QPen) -> QPen:
    """A copy of the pen with square line ends instead of round ones, with which Qt takes ten times as long for single
    lines.
    """
    made = QPen(pen)
    if made.capStyle() == Qt.PenCapStyle.RoundCap:
        made.setCapStyle(Qt.PenCapStyle.SquareCap)
    return made


def brush(color: str, opacity: float = 1.0) -> QBrush:
    """A solid brush of a colour with this opacity."""
    return QBrush(_brush(color, opacity))


@lru_cache(maxsize=512)
def _brush(color: str, opacity: float) -> QBrush:
    return QBrush(faded(color, opacity))


def faded(color: str, opacity: float) -> QColor:
    """A colour as a QColor with this opacity."""
    made = QColor(color)
    made.setAlphaF(opacity)
    return made


def mixed(color: str, share: float) -> str:
    """An opaque mix of a colour, with this ``share``, and the theme's surface; for marks that hide what lies under
    them.
    """
    parts = zip(rgb(color), rgb(theme().surface), strict=True)
    return QColor(*(round(share * ink + (1 - share) * ground) for ink, ground in parts)).name()


def readable_on(ground: str, *inks: str) -> str:
    """The first of the colours ``inks`` that is readable as text on a background; if none is, black or white."""
    colors = theme()
    found = next((ink for ink in inks if contrast(ink, ground) >= TEXT), None)
    return found or max((colors.darkest, colors.lightest), key=lambda ink: contrast(ink, ground))


def sign_ink(value: float) -> str:
    """The text colour for a value's sign: class 1's if positive, class 0's if negative, muted for 0."""
    inks = theme().class_inks
    return inks[1] if value > 0 else inks[0] if value < 0 else theme().muted_text


def sign_color(value: float) -> str:
    """The fill colour for a value's sign: class 1's if positive, class 0's if negative, muted for 0."""
    if value > 0:
        return theme().positive
    return theme().negative if value < 0 else theme().muted_text

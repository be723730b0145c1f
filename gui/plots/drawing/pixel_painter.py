"""A painter with short methods for drawing over a plot in pixels: lines, fills, dots and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsItem

from gui.plots.drawing.ink import brush, pen
from gui.style.api import Role, font, px, theme
from gui.style.focus_ring import paint_focus_ring


@contextmanager
def in_pixels(painter: QPainter, item: QGraphicsItem) -> Iterator[QTransform]:
    """Make ``painter`` draw in scene pixels; yields the transform from item coordinates to these.

    An export that scales the scene also scales these pixels, unlike those of a painter whose transform is reset.
    """
    to_scene = item.sceneTransform()
    back, _ = to_scene.inverted()
    painter.save()
    painter.setTransform(back * painter.transform())
    try:
        yield to_scene
    finally:
        painter.restore()


CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_HALO = 2


@contextmanager
def sketch(painter: QPainter, item: QGraphicsItem) -> Iterator[PixelPainter]:
    """Context manager that yields a ``PixelPainter`` over an item's plot, in scene pixels; for use in the item's
    ``paint``.
    """
    with in_pixels(painter, item) as to_pixels:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        yield PixelPainter(painter, to_pixels, to_pixels.mapRect(item.boundingRect()))


def sketch_of(item: QGraphicsItem) -> PixelPainter:
    """A ``PixelPainter`` that only measures what an item would draw over its plot, and cannot draw."""
    to_pixels = item.sceneTransform()
    return PixelPainter(None, to_pixels, to_pixels.mapRect(item.boundingRect()))


def sketch_alone(painter: QPainter, item: QGraphicsItem) -> PixelPainter:
    """A ``PixelPainter`` for an item that does not lie over a plot, in item coordinates."""
    return PixelPainter(painter, QTransform(), item.boundingRect())


class _NoPainter:
    def __getattr__(self, name: str) -> object:
        raise RuntimeError("this sketch takes measures, it draws nothing")


_NO_PAINTER = _NoPainter()


class PixelPainter:
    """Draws in pixels; ``box`` is the visible part of the plot, ``transform`` leads from plot coordinates to pixels.
    Arguments are in pixels, except for those of ``at``, ``places``, ``span`` and ``area``, in plot coordinates.
    ``painter`` is for drawing that has no method here; RuntimeError if this object only measures.
    """

    def __init__(self, painter: QPainter | None, transform: QTransform, box: QRectF) -> None:
        self.painter = painter if painter is not None else cast("QPainter", _NO_PAINTER)
        self.box = box
        self.transform = transform
        self._text = theme().text
        self._types: dict[tuple[Role, bool], tuple[QFont, QFontMetricsF]] = {}
        self._inks: dict[tuple[str, float], QPen] = {}
        self._share = 1.0

    def write_smaller(self, share: float) -> None:
        """Scale all fonts by ``share`` from now on, for cramped drawings."""
        self._share = share
        self._types.clear()

    def at(self, x: float, y: float) -> QPointF:
        """The point (x, y) in plot coordinates, converted to pixels."""
        return self.transform.map(QPointF(x, y))

    def places(self, places: np.ndarray) -> list[QPointF]:
        """Points (K, 2) in plot coordinates as pixels; for hundreds of points four times as fast as ``at`` for each."""
        mapped = self.transform.map(QPolygonF([QPointF(x, y) for x, y in places.tolist()]))
        return mapped.toList()

    def span(self, left: float, right: float) -> QRectF:
        """The box from one x of the plot to another, over its whole height, in pixels."""
        ends = (self.at(left, 0).x(), self.at(right, 0).x())
        return QRectF(ends[0], self.box.top(), ends[1] - ends[0], self.box.height())

    def area(self, left: float, low: float, right: float, high: float) -> QRectF:
        """A box in plot coordinates, converted to pixels."""
        return QRectF(self.at(left, high), self.at(right, low)).normalized()

    def line(
        self,
        start: QPointF,
        end: QPointF,
        color: str,
        width: float = 1,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        opacity: float = 1.0,
        dashes: Sequence[float] = (),
    ) -> None:
        """Draw a straight line; ``dashes`` are lengths of dashes and gaps in line widths."""
        made = pen(color, width, style, opacity)
        if dashes:
            # Round ends would close the gaps.
            made.setCapStyle(Qt.PenCapStyle.FlatCap)
            made.setDashPattern(list(dashes))
        self.painter.setPen(made)
        self.painter.drawLine(start, end)

    def fill(self, box: QRectF, color: str, opacity: float = 1.0, radius: float = 0.0) -> None:
        """Fill a box without an outline, with rounded corners of ``radius``."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(brush(color, opacity))
        self.painter.drawRoundedRect(box, radius, radius)

    def panel(
        self, box: QRectF, color: str, rim: str, width: float = 1, radius: float = 0.0, opacity: float = 1.0
    ) -> None:
        """Draw a filled box with an outline."""
        self.painter.setPen(pen(rim, width))
        self.painter.setBrush(brush(color, opacity))
        self.painter.drawRoundedRect(box, radius, radius)

    def frame(
        self,
        box: QRectF,
        color: str,
        width: float = 1,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        opacity: float = 1.0,
        radius: float = 0.0,
    ) -> None:
        """Draw the outline of a box."""
        self.painter.setPen(pen(color, width, style, opacity))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(box, radius, radius)

    def seen_frame(self, box: QRectF, color: str, width: float) -> None:
        """Draw the outline of a box with a halo in the plot's background colour, so that it stands out anywhere."""
        self.frame(box, theme().surface, width + _HALO)
        self.frame(box, color, width)

    def focus(self, box: QRectF, radius: float = 3.0) -> None:
        """Draw the ring that marks the keyboard focus around a box."""
        paint_focus_ring(self.painter, box, radius)

    def dot(
        self, place: QPointF, radius: float, color: str, rim: str | None = None, width: float = 2, opacity: float = 1.0
    ) -> None:
        """Draw a filled disc; ``rim`` is the colour of its outline."""
        self.painter.setPen(pen(rim, width) if rim else Qt.PenStyle.NoPen)
        self.painter.setBrush(brush(color, opacity))
        self.painter.drawEllipse(place, radius, radius)

    def ring(self, place: QPointF, radius: float, color: str, width: float = 2, opacity: float = 1.0) -> None:
        """Draw a circle."""
        self.painter.setPen(pen(color, width, opacity=opacity))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawEllipse(place, radius, radius)

    def diamond(self, place: QPointF, radius: float, color: str) -> None:
        """Draw a filled diamond."""
        aside, up = QPointF(radius, 0), QPointF(0, radius)
        self.shape([place - up, place + aside, place + up, place - aside], color)

    def width_of(self, words: str, role: Role = "notes", bold: bool = False) -> float:
        """The width of a text in pixels."""
        face = self._types.get((role, bold)) or self._type(role, bold)
        return face[1].horizontalAdvance(words)

    def height_of(self, role: Role = "notes") -> float:
        """The height of a line of text in pixels."""
        return (self._types.get((role, False)) or self._type(role))[1].height()

    def fitting(self, wordings: Sequence[str], width: float, role: Role = "notes", bold: bool = False) -> str:
        """The first wording that fits into ``width`` (so pass the fullest first); "" if none fits."""
        return next((words for words in wordings if self.width_of(words, role, bold) <= width), "")

    def words(
        self,
        words: str,
        box: QRectF,
        role: Role = "notes",
        color: str | None = None,
        align: Qt.AlignmentFlag = CENTRE,
        bold: bool = False,
        opacity: float = 1.0,
    ) -> None:
        """Draw text in a box, in the usual text colour by default."""
        color = color or self._text
        # Looked for here: a table asks for one font and a few inks a hundred times.
        face, ink = self._types.get((role, bold)) or self._type(role, bold), self._inks.get((color, opacity))
        if ink is None:
            ink = self._inks[color, opacity] = pen(color, opacity=opacity)
        self.painter.setFont(face[0])
        self.painter.setPen(ink)
        self.painter.drawText(box, align, words)

    def plate(self, words: str, box: QRectF, color: str, role: Role = "notes", bold: bool = False) -> None:
        """Draw text in a box on a background that covers most of what lies under it."""
        self.fill(box, theme().surface, 0.85, px(3))
        self.words(words, box, role, color, bold=bold)

    def elided(self, words: str, width: float, role: Role = "notes") -> str:
        """The text, shortened at its end with an ellipsis if it is too wide."""
        return self._type(role)[1].elidedText(words, Qt.TextElideMode.ElideRight, width)

    def picture(self, box: QRectF, image: QImage, smooth: bool = False) -> None:
        """Draw an image that fills a box, its pixels as squares unless ``smooth``."""
        self.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        self.painter.drawImage(box, image)

    def head(
        self, tip: QPointF, along: QPointF, length: float, color: str, opacity: float = 1.0, halo: float = 0.0
    ) -> None:
        """Draw an arrowhead that ends at ``tip`` in the direction of a unit vector."""
        base, aside = tip - along * length, QPointF(-along.y(), along.x()) * length * 0.45
        self.shape([tip, base + aside, base - aside], color, opacity, halo)

    def shape(self, corners: Sequence[QPointF], color: str, opacity: float = 1.0, halo: float = 0.0) -> None:
        """Draw a filled polygon; a ``halo`` of so many pixels sets it off from its background."""
        self.painter.setBrush(brush(color, opacity))
        for edge in (*([pen(theme().surface, halo)] if halo else []), Qt.PenStyle.NoPen):
            self.painter.setPen(edge)
            self.painter.drawPolygon(QPolygonF(corners))

    def _type(self, role: Role, bold: bool = False) -> tuple[QFont, QFontMetricsF]:
        """The font of a role and its metrics, cached for one painting, since there may be hundreds of texts."""
        if (role, bold) not in self._types:
            face = font(role)
            if bold:
                face.setBold(True)
            if self._share != 1.0:
                face.setPixelSize(max(1, round(self._share * face.pixelSize())))
            self._types[role, bold] = face, QFontMetricsF(face)
        return self._types[role, bold]

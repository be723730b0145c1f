"""Finds the marks on a stage, such as points, curves and frames, with the background of least contrast for each."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintEngineState, QPainter, QPainterPath

from gui.export.plain_device import PlainEngine
from gui.plots.drawing.points import divided, rgb
from gui.stage.view import View
from gui.style.foreground import blend, contrast
from gui.style.theme import theme
from gui.style.tokens import Theme
from tools.stage_walk import walk

_STRONG = 0.5
"""Fainter marks are faint on purpose, such as those from before the latest change."""
_SHARE, _SHARE_OF_DOT, _DOT = 0.25, 0.5, 8
"""The share of a mark's surroundings that a background must fill, half for marks up to so many pixels."""
_APART, _MOST, _BESIDE = 4.0, 48, 1.0
"""The pixels between two sampled places of a mark, the most of them, and their distance from the mark."""
_ALIKE, _EVEN = 40, 12
"""Within so much in each channel a colour is that of a mark, drawn a little fainter, and a pixel is as its neighbours:
where it is not, it is the smoothed edge of another mark.
"""
_ENOUGH = 3
"""Of the four pixels around one, as many as are like it where it is even."""
_SMALL = 14
"""In pixels; a smaller filled area is a mark in any colour."""
_LARGEST = 64
"""In pixels; a larger filled area is a background, or a bar, whose outline is checked like a line."""


@dataclass(frozen=True)
class Mark:
    """A mark's colour, the background with the least contrast, and its bounds in pixels."""

    ink: str
    ground: str
    ratio: float
    box: QRectF


def inks_of(of: Theme) -> frozenset[str]:
    """The colours of marks that carry a meaning; separators and guides, such as axes, have other colours."""
    single = (
        of.text, of.muted_text, of.accent, of.positive, of.negative, of.forward, of.backward, of.right, of.wrong,
        of.handle, of.selection,
    )  # fmt: skip
    return frozenset((*single, *of.class_colors, *of.curve_colors))


def marks_on(view: View[Any, Any]) -> list[Mark]:
    """Every mark drawn within a stage, in painting order."""
    found: list[Mark] = []
    walk(view, lambda target, image: _Reader(target, image, found))
    return found


class _Reader(PlainEngine):
    """Draws everything, and examines the surroundings of each mark before."""

    def __init__(self, target: QPainter, image: QImage, found: list[Mark]) -> None:
        super().__init__(target)
        self._image, self._found = image, found
        self._opacity = 1.0
        self._inks = inks_of(theme())
        self._marks = [rgb(ink) for ink in self._inks]

    def updateState(self, state: QPaintEngineState) -> None:
        super().updateState(state)
        if state.state() & self.DirtyFlag.DirtyOpacity:
            self._opacity = state.opacity()

    def _stroke(self, path: QPainterPath, cut: Callable[[QRectF], QPainterPath] | None = None) -> None:
        pen = self.painter().pen()
        if pen.style() != Qt.PenStyle.NoPen:
            self._look(path, pen.color(), self._pen().widthF() / 2)
        super()._stroke(path, cut)

    def _fill(self, path: QPainterPath) -> None:
        brush = self.painter().brush()
        box = self._transform.map(path).boundingRect()
        if brush.style() == Qt.BrushStyle.SolidPattern and max(box.width(), box.height()) <= _LARGEST:
            pen = self.painter().pen()
            if max(box.width(), box.height()) <= _SMALL:
                # Of dots in the colours of a scale, which lie on one another, the upper one is seen as well.
                self._marks.append(rgb(brush.color()))
            is_set_off = pen.style() != Qt.PenStyle.NoPen and pen.color().name() not in self._inks
            # A rim in another colour is all that the filling touches.
            self._look(path, brush.color(), 0.0, pen.color().name() if is_set_off else None)
        super()._fill(path)

    def _look(self, path: QPainterPath, color: QColor, half: float, rim: str | None = None) -> None:
        strength = color.alphaF() * self._opacity
        if color.name() not in self._inks or strength < _STRONG:
            return
        line, clip = self._transform.map(path), self._clip_box()
        seen = QRectF(self._image.rect()) if clip is None else clip & QRectF(self._image.rect())
        ratios = []
        for sides in _beside(line, half + _BESIDE):
            grounds = [rim or self._ground(place) for place in sides if seen.contains(place)]
            inks = [(contrast(blend(ground, color.name(), strength), ground), ground) for ground in grounds if ground]
            if inks:
                ratios.append(max(inks))
        if ratios:
            share = _SHARE_OF_DOT if max(line.boundingRect().width(), line.boundingRect().height()) <= _DOT else _SHARE
            ratio, ground = sorted(ratios)[int(share * len(ratios))]
            self._found.append(Mark(color.name(), ground, ratio, line.boundingRect()))

    def _ground(self, place: QPointF) -> str | None:
        """The colour at a place; None if another mark is there, which does not count as background: of two curves on
        top of each other, one is visible.
        """
        x, y = place.toPoint().toTuple()
        here = rgb(QColor(self._image.pixel(x, y)))
        if any(_distance(here, ink) <= _ALIKE for ink in self._marks):
            return None
        near = [(x + dx, y + dy) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))]
        even = sum(_distance(here, rgb(QColor(self._image.pixel(*one)))) <= _EVEN for one in near if self._holds(*one))
        return QColor(*here).name() if even >= _ENOUGH else None

    def _holds(self, x: int, y: int) -> bool:
        return 0 <= x < self._image.width() and 0 <= y < self._image.height()


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _beside(line: QPainterPath, away: float) -> Iterator[tuple[QPointF, QPointF]]:
    """Points at both sides of a line, all along it."""
    for polygon in line.toSubpathPolygons():
        corners = polygon.toList()
        pieces = [(one, other - one) for one, other in pairwise(corners)]
        lengths = [math.hypot(way.x(), way.y()) for _, way in pieces]
        step = max(_APART, sum(lengths) / _MOST)
        gone = step / 2
        for (start, way), length in zip(pieces, lengths, strict=True):
            while gone < length:
                along = divided(way, length)
                middle, aside = start + along * gone, QPointF(-along.y(), along.x()) * away
                yield middle + aside, middle - aside
                gone += step
            gone -= length

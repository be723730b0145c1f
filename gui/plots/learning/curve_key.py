"""The key of curves over a run: their names and newest values, in a place where no curve runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPen

from gui.plots.drawing.pieces import LEFT, RIGHT, OverPlot, Role, Sketch, scaled, theme

KEY_GROUND = 0.85
"""How far the key's ground covers what lies under it."""
_SAMPLE, _GAP = 34, 8
"""The length of a piece of curve in the key, with its gap to the name."""
_STEPS = 24
"""In how many steps the key goes from the top of its plot to the bottom, to find a free place."""
Curve = tuple[np.ndarray, np.ndarray]
"""The places (N,) and (N,) of a curve, across and up; it is interrupted where there is no number."""


def runs_through(curve: Curve, box: QRectF) -> bool:
    """Whether a curve, which goes from left to right, has a part of a line within a box of the same coordinates."""
    x, y = curve
    if len(x) < 2:
        return bool(np.any((x >= box.left()) & (x <= box.right()) & (y >= box.top()) & (y <= box.bottom())))
    ends = np.column_stack([x[:-1], y[:-1], x[1:], y[1:]])
    near = (ends[:, 0] <= box.right()) & (ends[:, 2] >= box.left()) & np.isfinite(ends).all(axis=1)
    x1, y1, x2, y2 = ends[near].T
    slope = np.divide(y2 - y1, x2 - x1, out=np.zeros_like(x1), where=x2 > x1)
    # What of each piece lies between the sides of the box.
    first = np.where(x2 > x1, y1 + slope * (np.maximum(x1, box.left()) - x1), y1)
    last = np.where(x2 > x1, y1 + slope * (np.minimum(x2, box.right()) - x1), y2)
    return bool(np.any((np.maximum(first, last) >= box.top()) & (np.minimum(first, last) <= box.bottom())))


def _in_pixels(sketch: Sketch, x: np.ndarray, y: np.ndarray) -> Curve:
    start, end = sketch.at(0, 0), sketch.at(1, 1)
    return start.x() + (end.x() - start.x()) * x, start.y() + (end.y() - start.y()) * y


def _away_from(height: float) -> Callable[[float], float]:
    return lambda other: abs(other - height)


class CurveKey(OverPlot):
    """A row for every curve: a piece of it, its name, and its newest value; where there is little room, values only.

    A single value stands large above the names, which so take less room. The curve of before has a row without a value.

    It stands at the right, or ``at_left``, a share ``key_at`` of the height from the top, or at the bottom: there, or
    where one of the ``curves`` runs through that place or something has ``taken`` it, in the nearest that is free.
    Where none is, it stands on a ground through which the curves hardly show.
    """

    def __init__(
        self,
        widest: str,
        key_at: float | None,
        at_left: bool,
        curves: Callable[[], Iterable[Curve]],
        taken: Callable[[Sketch], Iterable[QRectF]],
    ) -> None:
        super().__init__()
        self._widest, self._key_at, self._at_left = widest, key_at, at_left
        self._curves, self._taken = curves, taken
        self.setZValue(20)

    def draw(self, sketch: Sketch) -> None:
        if not self.state:
            return
        series, notes = self.state
        series = [one for one in series if any(one[::2])]
        box, small = sketch.box.adjusted(0, 0, -scaled(6), -scaled(4)), sketch.height_of()
        values = [(ink, value) for _, ink, value in series if value]
        alone = len(values) == 1
        rows = [("", *values[0]), *((name, ink, "") for name, ink, _ in series)] if alone else series
        most = 0.62 * sketch.box.height()
        # More than two are told apart by their names, so these stay as long as they can: in small letters.
        many = len(values) > 2 and len(rows) * sketch.height_of("headline") > 0.36 * sketch.box.height()
        large: Role = "notes" if many else "headline"
        numbers = 0 if alone else sketch.width_of(self._widest, large)
        names = max((sketch.width_of(name, "notes" if alone or many else "text") for name, _, _ in series), default=0)
        left = box.right() - numbers - names - (0 if alone else scaled(_GAP))
        heights = [sketch.height_of(large) if value else small for _, _, value in rows]
        whole = sum(heights)
        most = 0.9 * sketch.box.height() if many else most
        if box.right() - left + scaled(_SAMPLE) > 0.6 * sketch.box.width() or whole > most:
            self._draw_values_only(sketch, box, values)
            return
        note = sketch.fitting(notes, box.width() - scaled(6)) if whole + small < most else ""
        size = QSizeF(box.right() - left + scaled(_SAMPLE), whole)
        place = self._place(sketch, box, size, small if note else 0.0)
        home, away, top = box, box.right() - place.right(), place.top()
        left, box = left - away, box.adjusted(0, 0, -away, 0)
        ground = QRectF(QPointF(left - scaled(_SAMPLE), top), QPointF(box.right(), top + whole))
        sketch.fill(ground.adjusted(-scaled(4), 0, scaled(4), 0), theme().surface, KEY_GROUND, scaled(4))
        for (name, ink, value), height in zip(rows, heights, strict=True):
            row = QRectF(box.left(), top, box.width(), height)
            sketch.words(value, row, large, ink.color().name(), RIGHT)
            if name:
                place = QRectF(QPointF(left, top), row.bottomRight())
                self._draw_name(sketch, place, name, ink, large=bool(value) and not many)
            top += height
        if note:
            # Where the key has left its place at the bottom, the note stays.
            row = QRectF(home.left(), top if self._key_at is not None else home.bottom() - small, home.width(), small)
            if self._key_at is not None or self._at_left:
                row.setRight(box.right())
            sketch.words(note, row, color=theme().muted_text, align=RIGHT)

    def _place(self, sketch: Sketch, box: QRectF, size: QSizeF, below: float) -> QRectF:
        """Where the key stands: at its own place, or the nearest height at that side, or the other, with no curve.

        ``below`` is the height of a note under it, through which curves may run.
        """
        box = box.adjusted(0, 0, 0, -below)
        own = box.bottom() - size.height() if self._key_at is None else box.top() + self._key_at * sketch.box.height()
        sides = [box.left() + scaled(10), box.right() - size.width()]
        spare = box.height() - size.height()
        tops = [own, *sorted((box.top() + spare * step / _STEPS for step in range(_STEPS + 1)), key=_away_from(own))]
        places = [
            QRectF(QPointF(x, y), size)
            for x in (sides if self._at_left else reversed(sides))
            for y in tops
            if y + size.height() <= box.bottom() + 1
        ]
        curves = [_in_pixels(sketch, *curve) for curve in self._curves()]
        taken = list(self._taken(sketch))
        free = (
            one
            for one in places
            if not any(map(one.intersects, taken)) and not any(runs_through(curve, one) for curve in curves)
        )
        return next(free, places[0] if places else QRectF(QPointF(sides[not self._at_left], own), size))

    def _draw_name(self, sketch: Sketch, row: QRectF, name: str, ink: QPen, large: bool) -> None:
        """A name with a piece of its curve before it."""
        color = ink.color().name() if large else theme().muted_text
        sketch.words(name, row, "text" if large else "notes", color, LEFT)
        sketch.painter.setPen(ink)
        end = QPointF(row.left(), row.center().y())
        sketch.painter.drawLine(end - QPointF(scaled(_SAMPLE), 0), end - QPointF(scaled(_GAP), 0))

    def _draw_values_only(self, sketch: Sketch, box: QRectF, values: Sequence[tuple[QPen, str]]) -> None:
        """In one row, in the inks of their curves."""
        role: Role = "headline" if len(values) == 1 else "notes"
        height = sketch.height_of(role)
        top = box.bottom() - height if self._key_at is None else box.top() + self._key_at * box.height()
        row = QRectF(box.left(), top, box.width(), height)
        for ink, value in reversed(values):
            sketch.words(value, row, role, ink.color().name(), RIGHT)
            row.setRight(row.right() - sketch.width_of(value, role) - scaled(6))

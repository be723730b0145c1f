"""The legend of a plot of curves over a run, placed where no curve runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPen

from gui.plots.drawing.api import LEFT, RIGHT, PixelPainter, PlotOverlay, Role, px, theme
from gui.style.typography import zoom

KEY_GROUND = 0.85
"""The opacity of the legend's background."""
_SAMPLE, _LONGEST, _GAP = 26, 50, 8
"""Lengths in pixels: a curve sample, its largest length when it is extended to show long dashes, and its gap to the
name.
"""
_TOLD_BY_INK = 2
"""Up to this many curves can be told apart by the colours of their values, without names."""
_WIDEST, _WIDEST_SMALL, _WIDEST_PLAIN, _LARGE = 0.6, 0.75, 0.9, 1.5
"""The largest share of the plot's width that the legend may take: usually, in small letters or from the zoom ``_LARGE``
on, and without curve samples.
"""
_STEPS = 24
"""The number of steps from the top of the plot to the bottom in which the legend looks for a free place."""
_FEW = 32
Curve = tuple[np.ndarray, np.ndarray]
"""The x (N,) and y (N,) of a curve; NaN interrupts it."""


_Row = tuple[str, QPen, str]
"""A row of the legend: the name of a curve, its pen and its newest value as text. Name or value may be empty."""


@dataclass(frozen=True)
class _Way:
    """One way to draw the legend: ``rows`` with their ``heights``, the font ``role`` of values, ``width`` in pixels,
    the width of a curve ``sample`` (0 without samples), and the largest height allowed, ``most``.
    """

    rows: Sequence[_Row]
    role: Role
    heights: Sequence[float]
    width: float
    sample: float
    most: float

    @property
    def height(self) -> float:
        """The height of all rows of the legend together, in pixels."""
        return sum(self.heights)

    def fits(self, sketch: PixelPainter) -> bool:
        """Whether this way of drawing the legend is narrow and low enough for the plot."""
        is_small = self.role == "notes" or zoom() >= _LARGE
        widest = _WIDEST_PLAIN if not self.sample else _WIDEST_SMALL if is_small else _WIDEST
        return self.width <= widest * sketch.box.width() and self.height <= self.most


def runs_through(curve: Curve, box: QRectF) -> bool:
    """Whether a curve, whose x ascends, crosses a box in the same coordinates."""
    x, y = curve
    if len(x) > _FEW and np.all(np.diff(x) >= 0):
        # Only the pieces near the box; a curve that is joined of several has gaps, which are no numbers.
        near = slice(max(0, np.searchsorted(x, box.left()) - 1), np.searchsorted(x, box.right(), "right") + 1)
        x, y = x[near], y[near]
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


def curve_in_pixels(sketch: PixelPainter, x: np.ndarray, y: np.ndarray) -> Curve:
    """A curve, given in plot coordinates, converted to scene pixels."""
    start, end = sketch.at(0, 0), sketch.at(1, 1)
    return start.x() + (end.x() - start.x()) * x, start.y() + (end.y() - start.y()) * y


def _sample(inks: Sequence[QPen]) -> float:
    """The length in pixels of a curve sample. If a dash pattern is longer than the usual sample, the sample is extended
    to show the pattern and half of its first dash again; otherwise the curve would look solid.
    """
    usual = float(px(_SAMPLE))
    patterns = [(ink.dashPattern(), ink.widthF()) for ink in inks]
    longer = ((sum(dashes) + dashes[0] / 2) * width for dashes, width in patterns if sum(dashes) * width > usual)
    return min(max([usual, *longer]), px(_LONGEST))


def _away_from(height: float) -> Callable[[float], float]:
    return lambda other: abs(other - height)


def _ground(place: QRectF) -> QRectF:
    """The background rectangle of a legend at this place: a little wider than its words."""
    return place.adjusted(-px(4), 0, px(4), 0)


def is_taken(box: QRectF, curves: Iterable[Curve], taken: Iterable[QRectF]) -> bool:
    """Whether a curve crosses a box, or a box in ``taken`` overlaps it; all in the same coordinates."""
    return any(map(box.intersects, taken)) or any(runs_through(curve, box) for curve in curves)


class CurveKey(PlotOverlay):
    """A legend with a row for every curve: a sample, its name, and its newest value.

    If there is little room, the name has the colour of its curve instead of a sample; if there is even less, only
    values are shown. A single value stands in large letters above the names, which then need less room. The ghost's row
    has no value.

    The legend stands at the right, or ``at_left``, at a share ``key_at`` of the height from the top, or at the bottom.
    If one of the ``curves`` or a box in ``taken`` is there, it stands at the nearest free place, preferably without a
    ``faint`` curve. If no place is free, it is drawn smaller; a legend of many curves, or one without samples, then
    gets a background. The date, which says when the values were measured, is never left out.
    """

    def __init__(
        self,
        widest: str,
        key_at: float | None,
        at_left: bool,
        curves: Callable[[], Iterable[Curve]],
        taken: Callable[[PixelPainter], Iterable[QRectF]],
        faint: Callable[[], Iterable[Curve]] = tuple,
    ) -> None:
        super().__init__()
        self._widest, self._key_at, self._at_left = widest, key_at, at_left
        self._curves, self._taken, self._faint = curves, taken, faint
        self.drawn: list[QRectF] = []
        """The boxes in which legend and note were drawn last, in scene pixels."""
        self.named: list[str] = []
        """The names of curves that were drawn last."""
        self.setZValue(20)

    def draw(self, sketch: PixelPainter) -> None:
        self.drawn, self.named = [], []
        if not self.state:
            return
        series, notes, date = self.state
        notes = [*(f"{date} · {note}" for note in notes), date] if date else notes
        series = [one for one in series if any(one[::2])]
        box, small = sketch.box.adjusted(0, 0, -px(6), -px(4)), sketch.height_of()
        curves, taken = [curve_in_pixels(sketch, *curve) for curve in self._curves()], list(self._taken(sketch))
        faint = [curve_in_pixels(sketch, *curve) for curve in self._faint()]
        chosen: tuple[_Way, str, QRectF] | None = None
        many = sum(bool(value) for _, _, value in series) > _TOLD_BY_INK
        ways = [way for way in self._ways(sketch, series) if way.fits(sketch)]
        # The note says what the numbers are of: it is worth more than the size of their letters.
        noted = [way for way in ways if notes and way.height + small < way.most]
        for way, has_note in [*((way, True) for way in noted), *((way, False) for way in ways)]:
            if date and not has_note:
                continue
            places = self._places(sketch, box, QSizeF(way.width, way.height), small if has_note else 0.0)
            free = [one for one in places if not is_taken(_ground(one), curves, taken)]
            # Preferably where no faint curve is.
            in_order = sorted(free, key=lambda one: is_taken(_ground(one), faint, ()))
            found = in_order[0] if in_order else None
            note = ""
            if has_note:
                wanted = in_order or ([places[0]] if many or not way.sample else [])
                with_note = [(one, self._note_at(sketch, notes, one, taken)) for one in wanted]
                found, note = next((pair for pair in with_note if pair[1]), (None, ""))
                if not note:
                    continue
            if found is not None or many or not way.sample:
                chosen = way, note, found or places[0]
            if in_order:
                break
        if chosen is None:
            self._draw_values_only(sketch, box, [(ink, value) for _, ink, value in series if value], date)
            return
        way, note, place = chosen
        before = way.sample + px(_GAP) if way.sample else 0.0
        self.drawn.append(place)
        sketch.fill(_ground(place), theme().surface, KEY_GROUND, px(4))
        top, left = place.top(), place.left() + before
        for (name, ink, value), height in zip(way.rows, way.heights, strict=True):
            row = QRectF(QPointF(left, top), QPointF(place.right(), top + height))
            sketch.words(value, row, way.role, ink.color().name(), RIGHT)
            if name:
                self.named.append(name)
                self._draw_name(sketch, row, name, ink, way.sample, large=bool(value) and way.role != "notes")
            top += height
        if note:
            row = self._note_row(sketch, place)
            sketch.words(note, row, color=theme().muted_text, align=RIGHT)
            self.drawn.append(row.adjusted(row.width() - sketch.width_of(note), 0, 0, 0))

    def _note_row(self, sketch: PixelPainter, place: QRectF) -> QRectF:
        """The row for the note under a legend at this place; the note is right-aligned in it."""
        box, small = sketch.box.adjusted(0, 0, -px(6), -px(4)), sketch.height_of()
        # Where the key has left its place at the bottom, the note stays.
        top = place.bottom() if self._key_at is not None else box.bottom() - small
        row = QRectF(box.left(), top, box.width(), small)
        if self._key_at is not None or self._at_left:
            row.setRight(place.right())
        return row

    def _note_at(self, sketch: PixelPainter, notes: Sequence[str], place: QRectF, taken: Sequence[QRectF]) -> str:
        """The first of the ``notes``, the fullest first, that has room under a legend at this place and overlaps no box
        in ``taken``; "" if none does.
        """
        row = self._note_row(sketch, place)

        def is_free(note: str) -> bool:
            width = sketch.width_of(note)
            box = row.adjusted(row.width() - width, 0, 0, 0)
            return width <= row.width() - px(6) and not any(map(box.intersects, taken))

        return next(filter(is_free, notes), "")

    def _ways(self, sketch: PixelPainter, series: Sequence[_Row]) -> Iterator[_Way]:
        """Yield the ways to draw the legend, the best first: large, in small letters, without the ghost, without
        samples.
        """
        valued, box = [one for one in series if one[2]], sketch.box
        alone = len(valued) == 1
        stacked = [("", *valued[0][1:]), *((name, ink, "") for name, ink, _ in series)] if alone else series
        # More are told apart by their names, so these stay as long as they can: in small letters.
        many = len(valued) > _TOLD_BY_INK and len(stacked) * sketch.height_of("headline") > 0.36 * box.height()
        if not many:
            beside = 0.0 if alone else self._beside(sketch, "headline")
            yield self._way(sketch, stacked, "headline", "notes" if alone else "text", beside, 0.62 * box.height())
        for rows in (series, valued):
            yield self._way(sketch, rows, "notes", "notes", self._beside(sketch, "notes"), 0.9 * box.height())
        for rows in (series, valued):
            yield self._way(sketch, rows, "notes", "notes", self._beside(sketch, "notes"), 0.9 * box.height(), False)

    def _beside(self, sketch: PixelPainter, role: Role) -> float:
        """The width in pixels that the widest value needs beside a name, with the gap."""
        return sketch.width_of(self._widest, role) + px(_GAP)

    @staticmethod
    def _way(
        sketch: PixelPainter,
        rows: Sequence[_Row],
        role: Role,
        names: Role,
        beside: float,
        most: float,
        with_samples: bool = True,
    ) -> _Way:
        heights = [sketch.height_of(role if value else "notes") for _, _, value in rows]
        sample = _sample([ink for name, ink, _ in rows if name]) if with_samples else 0.0
        before = sample + px(_GAP) if sample else 0.0
        width = max((sketch.width_of(name, names) for name, _, _ in rows), default=0.0) + beside + before
        return _Way(rows, role, heights, width, sample, most)

    def _places(self, sketch: PixelPainter, box: QRectF, size: QSizeF, below: float) -> list[QRectF]:
        """The boxes where the legend may stand, the best first: the one meant for it, then the nearest heights on that
        side, then those on the other side.

        ``below`` is the height of a note under the legend, through which curves may run.
        """
        box = box.adjusted(0, 0, 0, -below)
        own = box.bottom() - size.height() if self._key_at is None else box.top() + self._key_at * sketch.box.height()
        sides = [box.left() + px(10), box.right() - size.width()]
        spare = box.height() - size.height()
        tops = [own, *sorted((box.top() + spare * step / _STEPS for step in range(_STEPS + 1)), key=_away_from(own))]
        places = [
            QRectF(QPointF(x, y), size)
            for x in (sides if self._at_left else reversed(sides))
            for y in tops
            if y + size.height() <= box.bottom() + 1
        ]
        return places or [QRectF(QPointF(sides[not self._at_left], own), size)]

    def _draw_name(self, sketch: PixelPainter, row: QRectF, name: str, ink: QPen, sample: float, large: bool) -> None:
        """Draw a curve's name with a sample of the curve before it, or in the curve's colour if ``sample`` is 0."""
        color = ink.color().name() if large or not sample else theme().muted_text
        sketch.words(name, row, "text" if large else "notes", color, LEFT)
        if not sample:
            return
        sketch.painter.setPen(ink)
        end = QPointF(row.left() - px(_GAP), row.center().y())
        sketch.painter.drawLine(end - QPointF(sample, 0), end)

    def _draw_values_only(
        self, sketch: PixelPainter, box: QRectF, values: Sequence[tuple[QPen, str]], date: str
    ) -> None:
        """Draw the values in one row, in the colours of their curves, and before them the date if there is one."""
        role: Role = "headline" if len(values) == 1 else "notes"
        height = sketch.height_of(role)
        top = box.bottom() - height if self._key_at is None else box.top() + self._key_at * box.height()
        row = QRectF(box.left(), top, box.width(), height)
        for ink, value in reversed(values):
            sketch.words(value, row, role, ink.color().name(), RIGHT)
            width = sketch.width_of(value, role)
            self.drawn.append(row.adjusted(row.width() - width, 0, 0, 0))
            row.setRight(row.right() - width - px(6))
        if date:
            sketch.words(date, row, color=theme().muted_text, align=RIGHT)
            self.drawn.append(row.adjusted(row.width() - sketch.width_of(date), 0, 0, 0))

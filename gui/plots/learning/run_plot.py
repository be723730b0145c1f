"""Curves over the updates of a run: an axis that only widens, a line where each epoch ends, the newest values large."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from engine.contract.text import Text
from gui.plots.axes.chart import Chart
from gui.plots.axes.power_axis import power_of_ten
from gui.plots.drawing.pieced_curve import PiecedCurve
from gui.plots.drawing.pieces import LEFT, RIGHT, OverPlot, Role, Sketch, brush, pen, scaled, show, sketch_of, theme

SHORTEST = 600
_EPOCH = Text("epoch {number}", "第 {number} 轮")
KEY_GROUND = 0.85
"""How far the key's ground covers what lies under it."""
_MOST_LINES = 8
# How many lines of words high a plot must be for the epochs to be named in it.
_LINES = 9
# The length of a piece of curve in the key, with its gap to the name.
_SAMPLE, _GAP = 34, 8
# How the two lines of words in a tinted stretch are written.
_ROLES: tuple[Role, Role] = ("strong", "notes")


def span_for(updates: float, shortest: float = SHORTEST) -> float:
    """How many updates an axis shows for a run that has done so many: the fewest, doubled as often as is needed."""
    span = shortest
    while span < updates:
        span *= 2
    return span


def _power_ticks(bottom: float, top: float) -> list[tuple[float, str]]:
    """Numbers at an axis of powers of ten from ``bottom`` to ``top``: the powers, and three times each."""
    powers = range(math.floor(math.log10(bottom)), math.ceil(math.log10(top)) + 1)
    every = [(power + math.log10(factor), factor, power) for power in powers for factor in (1, 3)]
    return [
        (at, power_of_ten(power) if factor == 1 else f"{factor * 10.0**power:g}" if power >= -3 else "")
        for at, factor, power in every
        if math.log10(bottom) - 1e-9 <= at <= math.log10(top) + 1e-9
    ]


def epoch_stride(span: float, updates_per_epoch: float) -> int:
    """Every how many epochs a line is drawn, so that there are at most eight: 1, 2, 5, 10, 20, …"""
    epochs, stride, factors = span / updates_per_epoch, 1, (2, 2.5, 2)
    turn = 0
    while epochs / stride > _MOST_LINES:
        stride = round(stride * factors[turn % 3])
        turn += 1
    return stride


@dataclass(frozen=True, eq=False)
class Series:
    """A curve (N,) with its name; ``value`` is its newest value in words, none where the curve goes with another one.

    ``marks`` are places (M,) and (M,) that were measured more exactly. A ``band`` goes up and down at every point:
    smoothing its edges would take most of the time of a whole picture. ``between`` are heights (N,) and (N,) that are
    shaded between, such as the least and the largest of several runs.
    """

    name: str
    pen: QPen
    updates: np.ndarray
    values: np.ndarray
    value: str = ""
    marks: tuple[np.ndarray, np.ndarray] | None = None
    band: bool = False
    between: tuple[np.ndarray, np.ndarray] | None = None


def band_of(name: str, pen: QPen, updates: np.ndarray, smallest: np.ndarray, largest: np.ndarray) -> Series:
    """Rows (N,) that stand for many updates each, as one line from the smallest to the largest value of every row."""
    return Series(name, pen, np.repeat(updates, 2), np.column_stack([smallest, largest]).ravel(), band=True)


class RunPlot(Chart):
    """``show_span`` sets the axis; plots that stand one above the other show the same span.

    The plot goes up to the first of the ``tops`` that the largest value does not pass; what is beyond the last one
    leaves it, since beside it nothing else could be told apart. With ``bottoms`` the upright axis is one of powers of
    ten, and goes down to the first of them that the smallest value does not fall below. The key stands at the right, or
    with ``key_left`` at the left, a share ``key_at`` of the height from the top, or at the bottom; ``widest`` is the
    widest value in it. The axis shows ``shortest`` updates at least; where a run is drawn by epochs, these are counted
    in their place, and ``show_span`` may say another ``shortest`` where it is drawn by seconds.
    """

    def __init__(
        self,
        tops: Sequence[float],
        widest: str,
        key_at: float | None = None,
        names_epochs: bool = False,
        numbered_below: bool = True,
        shortest: float = SHORTEST,
        bottoms: Sequence[float] = (),
        key_left: bool = False,
    ) -> None:
        super().__init__()
        self._shortest = shortest
        self._tops, self._bottoms, self._span = tops, bottoms, 0.0
        self._reach = (0.0, 0.0)
        self._names_epochs, self._numbered_below = names_epochs, numbered_below
        self._epoch = ""
        self._epochs: tuple[float, int, float] = (1, 1, 0)
        self._level: tuple[float, Sequence[str]] = (0.0, ())
        self._stretch: tuple[int, Sequence[str]] = (0, ())
        self.ground, self.key = _Ground(), _Key(widest, key_at, key_left)
        self.level, self.gap = pg.InfiniteLine(0, 0), QGraphicsPathItem()
        self.ghost = pg.PlotCurveItem(connect="finite")
        self.gap.setPen(Qt.PenStyle.NoPen)
        self.level.hide()
        self.later, self.place = pg.PlotCurveItem(connect="finite"), pg.InfiniteLine(0, 90)
        self.later.setZValue(-15)
        self.place.setZValue(15)
        self.lines: list[PiecedCurve] = []
        self.marks: list[pg.ScatterPlotItem] = []
        self.shades: list[QGraphicsPathItem] = []
        self.put(self.ground, self.later, self.level, self.gap, self.ghost, self.place, self.key)
        # Until the first frame comes, which may take a second of loading, the axes stand where they will be.
        self.show_top(np.empty(0))
        self.show_later(None, ())
        self.show_span(0, math.inf)

    def set_names(self, across: str, up: str) -> None:
        """The names of both axes; takes the words for epochs, colours and fonts anew."""
        self._epoch = show(_EPOCH(number="{number}"))
        self.name_axes(across, up)
        self.getAxis("bottom").setStyle(showValues=self._numbered_below)
        if not self._numbered_below:
            self.getAxis("bottom").setHeight(scaled(6))
        self.level.setPen(pen(theme().control_outline, 1, Qt.PenStyle.DashLine))
        self.ghost.setPen(pen(theme().text, 2, opacity=theme().ghost_opacity))
        self.later.setPen(pen(theme().muted_text, 1.2, opacity=theme().ghost_opacity))
        self.place.setPen(pen(theme().text, 1.2))
        self._show_ground()

    def show_span(self, updates: float, updates_per_epoch: float, shortest: float | None = None) -> None:
        """Make room for a run that has done so many updates, or taken so many seconds; an epoch of ∞ has no lines."""
        span = span_for(updates, shortest or self._shortest)
        if span != self._span:
            self._span = span
            # A little air at the left end, so that the first value does not lie on the axis.
            self.setXRange(-span / 150, span * 1.005, padding=0)
        self._epochs = updates_per_epoch, epoch_stride(span, updates_per_epoch), span
        self._show_ground()

    def show_top(self, values: np.ndarray) -> None:
        """Make room for these values; those that are no numbers need none."""
        most = float(np.max(values, initial=0.0, where=np.isfinite(values)))
        top, bottom = next((top for top in self._tops if most <= top), self._tops[-1]), 0.0
        if self._bottoms:
            least = float(np.min(values, initial=self._bottoms[0], where=np.isfinite(values)))
            bottom = next((bottom for bottom in self._bottoms if bottom <= least), self._bottoms[-1])
        if (bottom, top) != self._reach:
            self._reach = bottom, top
            if self._bottoms:
                self.getAxis("left").setTicks([_power_ticks(bottom, top)])
            self.setYRange(float(self._at(bottom)), float(self._at(top)), padding=0)

    def _at(self, values: np.ndarray | float) -> np.ndarray:
        """Where values stand on the upright axis: on one of powers of ten nothing lies below the last of its ends."""
        return np.log10(np.maximum(values, self._bottoms[-1] / 10)) if self._bottoms else np.asarray(values)

    def show_series(self, series: Sequence[Series], notes: Sequence[str] = ()) -> None:
        """The curves, the later ones on top, with a note under their names, the fullest wording first."""
        while len(self.lines) < len(series):
            self.lines.append(PiecedCurve())
            self.marks.append(pg.ScatterPlotItem())
            self.marks[-1].setZValue(1)
            self.shades.append(QGraphicsPathItem())
            self.shades[-1].setPen(Qt.PenStyle.NoPen)
            self.shades[-1].setZValue(-5)
            self.put(self.shades[-1], self.lines[-1], self.marks[-1])
        none = np.empty(0)
        for number, (line, marks) in enumerate(zip(self.lines, self.marks, strict=True)):
            one = series[number] if number < len(series) else None
            line.setVisible(one is not None)
            if one is not None:
                # A curve that ends where a run was lost has no numbers after that.
                line.setData(one.updates, self._at(one.values), pen=one.pen, antialias=not one.band)
            self._show_shade(self.shades[number], one)
            # Where marks lie on one another the rings are still seen around the dot.
            color, filled = one.pen.color().name() if one else theme().text, number == 0
            style = {"pen": pen(color, 1.6), "brush": brush(color, float(filled)), "size": scaled(6 if filled else 12)}
            at, heights = one.marks if one and one.marks else (none, none)
            marks.setData(at, self._at(heights), **style)
        self.key.show_state(tuple((one.name, one.pen, one.value) for one in series), tuple(notes))

    def _show_shade(self, shade: QGraphicsPathItem, one: Series | None) -> None:
        shade.setVisible(one is not None and one.between is not None)
        if one is not None and one.between is not None:
            low, high = one.between
            known = np.isfinite(low) & np.isfinite(high)
            shade.setPath(self._path_between(one.updates[known], low[known], high[known]))
            shade.setBrush(brush(one.pen.color().name(), 0.2))

    def _path_between(self, updates: np.ndarray, one: np.ndarray, other: np.ndarray) -> QPainterPath:
        there_and_back = np.concatenate([updates, updates[::-1]]).astype(float)
        return pg.arrayToQPath(there_and_back, self._at(np.concatenate([one, other[::-1]])), connect="all")

    def show_ghost(self, *ghosts: Series | None) -> None:
        """The curves of the run before, if there are any."""
        shown = [ghost for ghost in ghosts if ghost is not None]
        self.ghost.setVisible(bool(shown))
        if shown:
            self.ghost.setData(*self._joined([np.column_stack([one.updates, one.values]) for one in shown]))

    def show_later(self, at: int | None, series: Iterable[Series]) -> None:
        """A line ``at`` the place of a run that is looked at, and faintly its curves after that; None at the newest."""
        self.place.setVisible(at is not None)
        self.later.setVisible(at is not None)
        if at is None:
            return
        self.place.setPos(at)
        rows = [np.column_stack([one.updates, one.values])[one.updates >= at] for one in series if not one.band]
        self.later.setData(*self._joined(rows))

    def _joined(self, curves: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Curves (N, 2) as one; a row without numbers between two of them keeps them apart."""
        joined = np.concatenate([piece for curve in curves for piece in (curve, np.full((1, 2), np.nan))])
        return joined[:, 0], self._at(joined[:, 1])

    def show_gap(self, one: Series, other: Series) -> None:
        """Shade what lies between two curves over the same updates."""
        self.gap.setPath(self._path_between(one.updates, one.values, other.values))
        self.gap.setBrush(brush(other.pen.color().name(), 0.2))

    def show_level(self, height: float, wordings: Sequence[str]) -> None:
        """A dashed line with its name below its right end, the fullest wording first."""
        self._level = float(self._at(height)), tuple(wordings)
        self.level.setPos(self._level[0])
        self.level.show()
        self._show_ground()

    def show_stretch(self, updates: int, words: Sequence[str]) -> None:
        """Tint so many updates from the start, with two lines of words where there is room for both."""
        self._stretch = updates, tuple(words)
        self._show_ground()

    def stretch_words(self) -> Sequence[str]:
        """The lines of words that stand in the tinted stretch at present."""
        return self.ground.stretch_words(sketch_of(self.ground))

    def _show_ground(self) -> None:
        self.ground.show_state(self._epochs, self._epoch if self._names_epochs else "", self._level, self._stretch)


def share_plot(top: float = 1.03, widest: str = "100.0%", **more: Any) -> RunPlot:
    """A plot of shares, of which the halves are numbered; ``more`` is what a ``RunPlot`` is told beside that."""
    plot = RunPlot((top,), widest, **more)
    plot.getAxis("left").setTicks([[(0, "0"), (0.5, "0.5"), (1, "1")], []])
    return plot


class _Ground(OverPlot):
    """What lies under the curves: the tinted stretch, hairlines where epochs end, and the name of the level."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(-20)

    def stretch_words(self, sketch: Sketch) -> Sequence[str]:
        updates, words = self.state[-1]
        room = max((sketch.width_of(line, role) for role, line in zip(_ROLES, words, strict=False)), default=0)
        return words if sketch.span(0, updates).width() >= room + scaled(6) else ()

    def draw(self, sketch: Sketch) -> None:
        if self.state:
            epochs, name, level, stretch = self.state
            self._draw_stretch(sketch, stretch[0])
            self._draw_epochs(sketch, epochs, name)
            self._draw_name(sketch, *level)

    def _draw_stretch(self, sketch: Sketch, updates: int) -> None:
        if not updates:
            return
        colors, row = theme(), sketch.span(0, updates)
        sketch.fill(row, colors.selection_fill, 0.8)
        row.setBottom(row.bottom() - scaled(6))
        for role, line in reversed(list(zip(_ROLES, self.stretch_words(sketch), strict=False))):
            row.setTop(row.bottom() - sketch.height_of(role))
            sketch.words(line, row, role, colors.text if role == "strong" else colors.muted_text)
            row.setBottom(row.top())

    def _draw_epochs(self, sketch: Sketch, epochs: tuple[float, int, float], name: str) -> None:
        (updates, stride, span), box = epochs, sketch.box
        free = box.left()
        # In a low plot the names would lie on what is drawn at the top.
        named = name and box.height() > _LINES * sketch.height_of()
        for epoch in range(stride, int(span // updates) + 1, stride):
            line = sketch.span(0, epoch * updates)
            sketch.line(line.topRight(), line.bottomRight(), theme().hairline)
            words = name.format(number=epoch)
            room = QRectF(QPointF(free, box.top() + 1), QPointF(line.right() - scaled(4), box.bottom()))
            if named and sketch.width_of(words) < room.width():
                room.setHeight(sketch.height_of())
                sketch.words(words, room, color=theme().muted_text, align=RIGHT)
                free = line.right()

    def _draw_name(self, sketch: Sketch, height: float, wordings: Sequence[str]) -> None:
        """On a plate that no epoch's line crosses."""
        words = sketch.fitting(wordings, 0.4 * sketch.box.width())
        if words:
            width, top = sketch.width_of(words), sketch.at(0, height).y() + 1
            plate = QRectF(sketch.box.right() - width - scaled(6), top, width, sketch.height_of())
            sketch.fill(plate.adjusted(-scaled(3), 0, scaled(3), 0), theme().surface)
            sketch.words(words, plate, color=theme().muted_text)


class _Key(OverPlot):
    """A row for every curve: a piece of it, its name, and its newest value; where there is little room, values only.
    They stand on a ground through which a curve that runs there hardly shows.

    A single value stands large above the names, which so take less room.
    """

    def __init__(self, widest: str, key_at: float | None, at_left: bool) -> None:
        super().__init__()
        self._widest, self._key_at, self._at_left = widest, key_at, at_left
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
        if self._at_left:
            away = left - scaled(_SAMPLE) - box.left() - scaled(10)
            left, box = left - away, box.adjusted(0, 0, -away, 0)
        note = sketch.fitting(notes, box.width() - scaled(6)) if whole + small < most else ""
        top = box.bottom() - whole - (small if note else 0)
        if self._key_at is not None:
            top = box.top() + self._key_at * sketch.box.height()
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
            sketch.words(note, QRectF(box.left(), top, box.width(), small), color=theme().muted_text, align=RIGHT)

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

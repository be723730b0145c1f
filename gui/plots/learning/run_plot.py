"""Curves over the updates of a run: an axis that only widens, epoch lines, and a legend with the newest values."""

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
from gui.plots.axes.axis import power_of_ten
from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import RIGHT, PixelPainter, PlotOverlay, Role, brush, pen, px, sketch_of, theme, translate
from gui.plots.drawing.long_lines import PiecedCurve
from gui.plots.learning.curve_key import Curve, CurveKey
from gui.plots.learning.pinned_curves import PinnedCurve, PinnedCurves

SHORTEST = 600
_AT_UPDATE = Text("at update {update:,}")
BEFORE = Text("before")
_EPOCH = Text("epoch {number}")
_FULL = 1.03
"""The upper end of an axis of shares: a little above 1, so that a curve at 1 is not cut off."""
_MOST_LINES = 8
# How many lines of words high a plot must be for the epochs to be named in it.
_LINES = 9
# How the two lines of words in a tinted stretch are written.
_ROLES: tuple[Role, Role] = ("strong", "notes")


def span_for(updates: float, shortest: float = SHORTEST) -> float:
    """The length of the axis for a run of so many updates: ``shortest``, doubled until the run fits."""
    span = shortest
    while span < updates:
        span *= 2
    return span


def _power_ticks(bottom: float, top: float) -> list[tuple[float, str]]:
    """Ticks (coordinate, text) of an axis of powers of ten from ``bottom`` to ``top``: 1 and 3 times each power."""
    powers = range(math.floor(math.log10(bottom)), math.ceil(math.log10(top)) + 1)
    every = [(power + math.log10(factor), factor, power) for power in powers for factor in (1, 3)]
    return [
        (at, power_of_ten(power) if factor == 1 else f"{factor * 10.0**power:g}" if power >= -3 else "")
        for at, factor, power in every
        if math.log10(bottom) - 1e-9 <= at <= math.log10(top) + 1e-9
    ]


def epoch_stride(span: float, updates_per_epoch: float) -> int:
    """The number of epochs from one epoch line to the next, so that there are at most eight lines: 1, 2, 5, 10, 20,
    …
    """
    epochs, stride, factors = span / updates_per_epoch, 1, (2, 2.5, 2)
    turn = 0
    while epochs / stride > _MOST_LINES:
        stride = round(stride * factors[turn % 3])
        turn += 1
    return stride


@dataclass(frozen=True, eq=False)
class Series:
    """A curve (N,) with its name; ``value`` is its newest value as text, "" for curves that have none in the legend.

    ``marks`` are x (M,) and values (M,) that were measured more exactly. A ``band`` is a line that goes up and down at
    every point; it is drawn without antialiasing, which would take most of the painting time. ``between`` are lower and
    upper bounds (N,) of a shaded area, such as the smallest and the largest of several runs.
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
    """A band of rows (N,), each standing for many updates, as a line from smallest to largest value in every row."""
    return Series(name, pen, np.repeat(updates, 2), np.column_stack([smallest, largest]).ravel(), band=True)


def date_of(series: Sequence[Series], now: int) -> str:
    """The update at which the values of these curves were measured, as text; "" if that is ``now``."""
    at = max((int(one.updates[-1]) for one in series if not one.band and len(one.updates)), default=now)
    return "" if at == now else translate(_AT_UPDATE(update=at))


class RunPlot(Chart):
    """A plot of curves over updates; ``show_span`` sets the horizontal range; plots above one another have the same
    one.

    The vertical axis ends at the first of the ``tops`` that the largest value does not exceed; values above the last of
    these are cut off, since they would flatten everything else. With ``bottoms`` the vertical axis is logarithmic, and
    begins at the first of them that the smallest value does not fall below. The legend stands at the right, or with
    ``key_left`` at the left, at a share ``key_at`` of the height from the top, or at the bottom; ``widest`` is the
    widest value that it may show. The horizontal axis shows at least ``shortest`` updates, or epochs for a run drawn by
    epochs; ``show_span`` may be given another ``shortest``, for seconds.
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
        self._rows: tuple[tuple[str, QPen, str], ...] = ()
        self._notes: tuple[str, ...] = ()
        self._date = ""
        self.ground = _Ground()
        self.pinned = PinnedCurves(self, self._at, self._curves, self._level_room)
        self.key = CurveKey(widest, key_at, key_left, self._curves, self._taken, self.pinned.curves)
        self.level, self.gap = pg.InfiniteLine(0, 0), QGraphicsPathItem()
        self.ghost = pg.PlotCurveItem(connect="finite")
        self.ghost.hide()
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
        """Set the names of both axes; applies the current language, colours and fonts."""
        self._epoch = translate(_EPOCH(number="{number}"))
        self.name_axes(across, up)
        self.getAxis("bottom").setStyle(showValues=self._numbered_below)
        if not self._numbered_below:
            self.getAxis("bottom").setHeight(px(6))
        self.level.setPen(pen(theme().control_outline, 1, Qt.PenStyle.DashLine))
        self.ghost.setPen(pen(theme().text, 2, opacity=theme().ghost_opacity))
        self.later.setPen(pen(theme().muted_text, 1.2, opacity=theme().ghost_opacity))
        self.place.setPen(pen(theme().text, 1.2))
        self._show_ground()

    def show_span(self, updates: float, updates_per_epoch: float, shortest: float | None = None) -> None:
        """Fit the horizontal axis to a run of this many updates or seconds; ``shortest`` is its smallest length. If
        ``updates_per_epoch`` is ∞, no epoch lines are drawn.
        """
        span = span_for(max(updates, self.pinned.last), shortest or self._shortest)
        if span != self._span:
            self._span = span
            # A little air at the left end, so that the first value does not lie on the axis.
            self.setXRange(-span / 150, span * 1.005, padding=0)
        self._epochs = updates_per_epoch, epoch_stride(span, updates_per_epoch), span
        self._show_ground()

    def show_top(self, values: np.ndarray) -> None:
        """Fit the vertical axis to these values; NaN is ignored."""
        values = np.concatenate([np.ravel(values), self.pinned.values])
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
        """The vertical coordinates of values; on a logarithmic axis log10, where too small values are raised to just
        below the axis.
        """
        return np.log10(np.maximum(values, self._bottoms[-1] / 10)) if self._bottoms else np.asarray(values)

    def show_series(self, series: Sequence[Series], notes: Sequence[str] = (), date: str = "") -> None:
        """Show the curves, the later ones on top, and the first of the ``notes``, the fullest first, that fits under
        the legend.

        ``date`` says when the values were measured if not at the update shown; it is never left out.
        """
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
            style = {"pen": pen(color, 1.6), "brush": brush(color, float(filled)), "size": px(6 if filled else 12)}
            at, heights = one.marks if one and one.marks else (none, none)
            marks.setData(at, self._at(heights), **style)
        self._rows, self._notes = tuple((one.name, one.pen, one.value) for one in series), tuple(notes)
        self._date = date
        self._show_key()
        if self.pinned.shown:
            self.pinned.names.redraw()

    def _show_key(self) -> None:
        before = ((translate(BEFORE), self.ghost.opts["pen"], ""),) if self.ghost.isVisible() else ()
        self.key.show_state((*self._rows, *before), self._notes, self._date)
        self.key.redraw()

    def show_pinned(self, curves: Sequence[PinnedCurve]) -> None:
        """Show the curves of pinned runs, behind all others; ``show_span`` and ``show_top`` make room for them."""
        self.pinned.show(curves)

    def _level_room(self, sketch: PixelPainter) -> list[QRectF]:
        return self.ground.level_room(sketch)

    def written(self) -> list[QRectF]:
        """The boxes of the legend and the names of pinned runs and of the level, in scene pixels."""
        names = [name.box for name in self.pinned.names.places()]
        return [*self.key.drawn, *names, *self.ground.level_room(sketch_of(self.ground))[1:]]

    def _taken(self, sketch: PixelPainter) -> list[QRectF]:
        """The boxes that the legend avoids, besides the curves."""
        return [*self._level_room(sketch), *(name.box for name in self.pinned.names.places(sketch))]

    def _curves(self) -> list[Curve]:
        """The curves that the legend avoids: the current ones, and the ghosts as far as the current ones reach."""
        shown = [line for line in (*self.lines, self.ghost) if line.isVisible()]
        return [line.getData() for line in shown if line.getData()[0] is not None]

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
        """Show the previous run's curves as ghosts, but only as far as this run's axis goes: a longer axis would shrink
        the current curves. Curves that are already drawn as pinned are left out, and those of one point, which is no
        line: the legend would name what nobody sees.
        """
        lines = [one for one in ghosts if one is not None and np.count_nonzero(np.isfinite(one.values)) > 1]
        shown = [one for one in lines if not self.pinned.has(one.updates, one.values)]
        self.ghost.setVisible(bool(shown))
        if shown:
            self.ghost.setData(*self._joined([np.column_stack([one.updates, one.values]) for one in shown]))
        self._show_key()

    def show_later(self, at: int | None, series: Iterable[Series]) -> None:
        """Show a vertical line ``at`` the update shown, and the parts of the curves after it faintly. ``at`` is None if
        the newest update is shown.
        """
        self.place.setVisible(at is not None)
        self.later.setVisible(at is not None)
        if at is None:
            return
        self.place.setPos(at)
        rows = [np.column_stack([one.updates, one.values])[one.updates >= at] for one in series if not one.band]
        self.later.setData(*self._joined(rows))

    def _joined(self, curves: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """The x and y of several curves (N, 2) joined to one, with NaN between them."""
        joined = np.concatenate([piece for curve in curves for piece in (curve, np.full((1, 2), np.nan))])
        return joined[:, 0], self._at(joined[:, 1])

    def show_gap(self, one: Series, other: Series) -> None:
        """Shade the area between two series over the same updates."""
        self.gap.setPath(self._path_between(one.updates, one.values, other.values))
        self.gap.setBrush(brush(other.pen.color().name(), 0.2))

    def show_level(self, height: float, wordings: Sequence[str]) -> None:
        """Show a dashed horizontal line with its name below its right end, the fullest wording first."""
        self._level = float(self._at(height)), tuple(wordings)
        self.level.setPos(self._level[0])
        self.level.show()
        self._show_ground()

    def show_stretch(self, updates: int, words: Sequence[str]) -> None:
        """Tint the first ``updates`` updates, with two lines of words if there is room."""
        self._stretch = updates, tuple(words)
        self._show_ground()

    def stretch_words(self) -> Sequence[str]:
        """The words drawn in the tinted range; empty if there is no room."""
        return self.ground.stretch_words(sketch_of(self.ground))

    def _show_ground(self) -> None:
        self.ground.show_state(self._epochs, self._epoch if self._names_epochs else "", self._level, self._stretch)


def share_plot(widest: str = "100.0%", **more: Any) -> RunPlot:
    """A plot of shares from 0 to 1 with ticks at 0, a half and 1; ``more`` are further arguments of ``RunPlot``."""
    plot = RunPlot((_FULL,), widest, **more)
    plot.getAxis("left").setTicks([[(0, "0"), (0.5, "0.5"), (1, "1")], []])
    return plot


class _Ground(PlotOverlay):
    """The overlay under the curves: the tinted range, the epoch lines, and the name of the level."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(-20)

    def stretch_words(self, sketch: PixelPainter) -> Sequence[str]:
        updates, words = self.state[-1]
        room = max((sketch.width_of(line, role) for role, line in zip(_ROLES, words, strict=False)), default=0)
        return words if sketch.span(0, updates).width() >= room + px(6) else ()

    def draw(self, sketch: PixelPainter) -> None:
        if self.state:
            epochs, name, level, stretch = self.state
            self._draw_stretch(sketch, stretch[0])
            self._draw_epochs(sketch, epochs, name)
            self._draw_name(sketch, *level)

    def _draw_stretch(self, sketch: PixelPainter, updates: int) -> None:
        if not updates:
            return
        colors, row = theme(), sketch.span(0, updates)
        sketch.fill(row, colors.selection_fill, 0.8)
        row.setBottom(row.bottom() - px(6))
        for role, line in reversed(list(zip(_ROLES, self.stretch_words(sketch), strict=False))):
            row.setTop(row.bottom() - sketch.height_of(role))
            sketch.words(line, row, role, colors.text if role == "strong" else colors.muted_text)
            row.setBottom(row.top())

    def _draw_epochs(self, sketch: PixelPainter, epochs: tuple[float, int, float], name: str) -> None:
        (updates, stride, span), box = epochs, sketch.box
        free = box.left()
        # In a low plot the names would lie on what is drawn at the top.
        named = name and box.height() > _LINES * sketch.height_of()
        for epoch in range(stride, int(span // updates) + 1, stride):
            line = sketch.span(0, epoch * updates)
            sketch.line(line.topRight(), line.bottomRight(), theme().hairline)
            words = name.format(number=epoch)
            room = QRectF(QPointF(free, box.top() + 1), QPointF(line.right() - px(4), box.bottom()))
            if named and sketch.width_of(words) < room.width():
                room.setHeight(sketch.height_of())
                sketch.words(words, room, color=theme().muted_text, align=RIGHT)
                free = line.right()

    def _draw_name(self, sketch: PixelPainter, height: float, wordings: Sequence[str]) -> None:
        """Draw the level's name on a plate that hides the epoch lines."""
        words = sketch.fitting(wordings, 0.4 * sketch.box.width())
        if words:
            plate = self._plate(sketch, height, words)
            sketch.fill(plate.adjusted(-px(3), 0, px(3), 0), theme().surface)
            sketch.words(words, plate, color=theme().muted_text)

    def level_room(self, sketch: PixelPainter) -> list[QRectF]:
        """The boxes of the level and its name."""
        height, wordings = self.state[2] if self.state else (0.0, ())
        if not wordings:
            return []
        line = QRectF(sketch.box.left(), sketch.at(0, height).y() - 1, sketch.box.width(), 2)
        return [line, self._plate(sketch, height, sketch.fitting(wordings, 0.4 * sketch.box.width()))]

    @staticmethod
    def _plate(sketch: PixelPainter, height: float, words: str) -> QRectF:
        width = sketch.width_of(words)
        return QRectF(sketch.box.right() - width - px(6), sketch.at(0, height).y() + 1, width, sketch.height_of())

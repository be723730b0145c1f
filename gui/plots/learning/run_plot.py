"""Curves over the updates of a run: an axis that only widens, a line where each epoch ends, the newest values large."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsPathItem

from gui.plots.axes.chart import Chart
from gui.plots.drawing.ink import brush, pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.sketch import LEFT, RIGHT, Sketch, sketch_of
from gui.style.theme import theme
from gui.style.typography import Role, scaled

SHORTEST = 600
_MOST_LINES = 8
# How many lines of words high a plot must be for the epochs to be named in it.
_LINES = 9
# The length of a piece of curve in the key, with its gap to the name.
_SAMPLE, _GAP = 34, 8
# How the two lines of words in a tinted stretch are written.
_ROLES: tuple[Role, Role] = ("strong", "notes")


def span_for(updates: int, shortest: int = SHORTEST) -> int:
    """How many updates an axis shows for a run that has done so many: the fewest, doubled as often as is needed."""
    span = shortest
    while span < updates:
        span *= 2
    return span


def epoch_stride(span: int, updates_per_epoch: int) -> int:
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
    smoothing its edges would take most of the time of a whole picture.
    """

    name: str
    pen: QPen
    updates: np.ndarray
    values: np.ndarray
    value: str = ""
    marks: tuple[np.ndarray, np.ndarray] | None = None
    band: bool = False


def band_of(name: str, pen: QPen, updates: np.ndarray, smallest: np.ndarray, largest: np.ndarray) -> Series:
    """Rows (N,) that stand for many updates each, as one line from the smallest to the largest value of every row."""
    return Series(name, pen, np.repeat(updates, 2), np.column_stack([smallest, largest]).ravel(), band=True)


class RunPlot(Chart):
    """``show_span`` sets the axis; plots that stand one above the other show the same span.

    The plot goes up to the first of the ``tops`` that the largest value does not pass; what is beyond the last one
    leaves it, since beside it nothing else could be told apart. The key stands at the right, a share ``key_at`` of the
    height from the top, or at the bottom; ``widest`` is the widest value in it. The axis shows ``shortest`` updates at
    least; where a run is drawn by epochs, these are counted in their place.
    """

    def __init__(
        self,
        tops: Sequence[float],
        widest: str,
        key_at: float | None = None,
        names_epochs: bool = False,
        numbered_below: bool = True,
        shortest: int = SHORTEST,
    ) -> None:
        super().__init__()
        self._shortest = shortest
        self._tops, self._top, self._span = tops, 0.0, 0
        self._names_epochs, self._numbered_below = names_epochs, numbered_below
        self._epoch = ""
        self._epochs: tuple[int, int, int] = (1, 1, 0)
        self._level: tuple[float, Sequence[str]] = (0.0, ())
        self._stretch: tuple[int, Sequence[str]] = (0, ())
        self.ground, self.key = _Ground(), _Key(widest, key_at)
        self.level, self.gap, self.ghost = pg.InfiniteLine(0, 0), QGraphicsPathItem(), pg.PlotCurveItem()
        self.gap.setPen(Qt.PenStyle.NoPen)
        self.level.hide()
        self.later, self.place = pg.PlotCurveItem(connect="finite"), pg.InfiniteLine(0, 90)
        self.later.setZValue(-15)
        self.place.setZValue(15)
        self.lines: list[pg.PlotCurveItem] = []
        self.marks: list[pg.ScatterPlotItem] = []
        self.put(self.ground, self.later, self.level, self.gap, self.ghost, self.place, self.key)
        # Until the first frame comes, which may take a second of loading, the axes stand where they will be.
        self.show_top(np.empty(0))
        self.show_later(None, ())
        self.show_span(0, shortest)

    def set_names(self, across: str, up: str, epoch: str) -> None:
        """The names of both axes and of an epoch, with a place for its number; takes colours and fonts anew."""
        self._epoch = epoch
        self.name_axes(across, up)
        self.getAxis("bottom").setStyle(showValues=self._numbered_below)
        if not self._numbered_below:
            self.getAxis("bottom").setHeight(scaled(6))
        self.level.setPen(pen(theme().control_outline, 1, Qt.PenStyle.DashLine))
        self.ghost.setPen(pen(theme().text, 2, opacity=theme().ghost_opacity))
        self.later.setPen(pen(theme().muted_text, 1.2, opacity=theme().ghost_opacity))
        self.place.setPen(pen(theme().text, 1.2))
        self._show_ground()

    def show_span(self, updates: int, updates_per_epoch: int) -> None:
        """Make room for a run that has done so many updates."""
        span = span_for(updates, self._shortest)
        if span != self._span:
            self._span = span
            # A little air at the left end, so that the first value does not lie on the axis.
            self.setXRange(-span / 150, span * 1.005, padding=0)
        self._epochs = updates_per_epoch, epoch_stride(span, updates_per_epoch), span
        self._show_ground()

    def show_top(self, values: np.ndarray) -> None:
        """Make room for these values."""
        most = float(np.max(values, initial=0.0))
        top = next((top for top in self._tops if most <= top), self._tops[-1])
        if top != self._top:
            self._top = top
            self.setYRange(0, top, padding=0)

    def show_series(self, series: Sequence[Series], notes: Sequence[str] = ()) -> None:
        """The curves, the later ones on top, with a note under their names, the fullest wording first."""
        while len(self.lines) < len(series):
            self.lines.append(pg.PlotCurveItem())
            self.marks.append(pg.ScatterPlotItem())
            self.marks[-1].setZValue(1)
            self.put(self.lines[-1], self.marks[-1])
        none = np.empty(0)
        for number, (line, marks) in enumerate(zip(self.lines, self.marks, strict=True)):
            one = series[number] if number < len(series) else None
            line.setVisible(one is not None)
            if one is not None:
                line.setData(one.updates, one.values, pen=one.pen, antialias=not one.band)
            # Where marks lie on one another the rings are still seen around the dot.
            color, filled = one.pen.color().name() if one else theme().text, number == 0
            style = {"pen": pen(color, 1.6), "brush": brush(color, float(filled)), "size": scaled(6 if filled else 12)}
            marks.setData(*(one.marks if one and one.marks else (none, none)), **style)
        self.key.show_state(tuple((one.name, one.pen, one.value) for one in series), tuple(notes))

    def show_ghost(self, ghost: Series | None) -> None:
        """The curve of the run before, if there is one."""
        self.ghost.setVisible(ghost is not None)
        if ghost is not None:
            self.ghost.setData(ghost.updates, ghost.values)

    def show_later(self, at: int | None, series: Iterable[Series]) -> None:
        """A line ``at`` the place of a run that is looked at, and faintly its curves after that; None at the newest."""
        self.place.setVisible(at is not None)
        self.later.setVisible(at is not None)
        if at is None:
            return
        self.place.setPos(at)
        rows = [np.column_stack([one.updates, one.values])[one.updates >= at] for one in series if not one.band]
        # A row without numbers between two curves keeps them apart.
        joined = np.concatenate([piece for row in rows for piece in (row, np.full((1, 2), np.nan))])
        self.later.setData(joined[:, 0], joined[:, 1])

    def show_gap(self, one: Series, other: Series) -> None:
        """Shade what lies between two curves over the same updates."""
        there_and_back = np.concatenate([one.updates, one.updates[::-1]]).astype(float)
        heights = np.concatenate([one.values, other.values[::-1]])
        self.gap.setPath(pg.arrayToQPath(there_and_back, heights, connect="all"))
        self.gap.setBrush(brush(other.pen.color().name(), 0.2))

    def show_level(self, height: float, wordings: Sequence[str]) -> None:
        """A dashed line with its name below its right end, the fullest wording first."""
        self._level = height, tuple(wordings)
        self.level.setPos(height)
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

    def _draw_epochs(self, sketch: Sketch, epochs: tuple[int, int, int], name: str) -> None:
        (updates, stride, span), box = epochs, sketch.box
        free = box.left()
        # In a low plot the names would lie on what is drawn at the top.
        named = name and box.height() > _LINES * sketch.height_of()
        for epoch in range(stride, span // updates + 1, stride):
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

    A single value stands large above the names, which so take less room.
    """

    def __init__(self, widest: str, key_at: float | None) -> None:
        super().__init__()
        self._widest, self._key_at = widest, key_at
        self.setZValue(20)

    def draw(self, sketch: Sketch) -> None:
        if not self.state:
            return
        series, notes = self.state
        box, small = sketch.box.adjusted(0, 0, -scaled(6), -scaled(4)), sketch.height_of()
        values = [(ink, value) for _, ink, value in series if value]
        alone = len(values) == 1
        rows = [("", *values[0]), *((name, ink, "") for name, ink, _ in series)] if alone else series
        numbers = 0 if alone else sketch.width_of(self._widest, "headline")
        names = max((sketch.width_of(name, "notes" if alone else "text") for name, _, _ in series), default=0)
        left = box.right() - numbers - names - (0 if alone else scaled(_GAP))
        heights = [sketch.height_of("headline") if value else small for _, _, value in rows]
        whole, most = sum(heights), 0.62 * sketch.box.height()
        if box.right() - left + scaled(_SAMPLE) > 0.6 * sketch.box.width() or whole > most:
            self._draw_values_only(sketch, box, values)
            return
        note = sketch.fitting(notes, box.width() - scaled(6)) if whole + small < most else ""
        top = box.bottom() - whole - (small if note else 0)
        if self._key_at is not None:
            top = box.top() + self._key_at * sketch.box.height()
        for (name, ink, value), height in zip(rows, heights, strict=True):
            row = QRectF(box.left(), top, box.width(), height)
            sketch.words(value, row, "headline", ink.color().name(), RIGHT)
            if name:
                self._draw_name(sketch, QRectF(QPointF(left, top), row.bottomRight()), name, ink, large=bool(value))
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

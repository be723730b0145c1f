"""Curves of pinned runs, that is, runs kept for comparison: thin, behind those of the current run, named at their
ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import LEFT, PixelPainter, PlotOverlay, brush, pen, px, sketch_of, theme
from gui.plots.drawing.ink import mixed
from gui.plots.drawing.long_lines import PiecedCurve
from gui.plots.learning.curve_key import Curve, curve_in_pixels, is_taken
from gui.style.painting import tells_faults
from gui.style.typography import zoom

_INK, _WIDTH, _LIT_WIDTH = 0.5, 1.4, 2.6
_WIDEST = 0.42
"""The largest width of a name, as a share of the plot's width."""
_NEAR = 4
"""The largest distance in pixels between the pointer and the curve that it points at."""
_STEPS = (0, -1, 1, -2, 2, -3, 3)
"""The tried heights of a name above or below its curve's end, in lines of text, in this order."""
_DASHES = [5.0, 3.0]


@dataclass(frozen=True, eq=False)
class PinnedCurve:
    """A curve of the pinned run with number ``run`` and name ``name``: ``values`` (N,) at the updates or epochs ``at``
    (N,).
    """

    run: int
    name: str
    at: np.ndarray
    values: np.ndarray
    dashed: bool = False
    lit: bool = False


@dataclass(frozen=True)
class EndName:
    """The box of a run's name in pixels, and the point where its curve ends."""

    run: int
    words: str
    box: QRectF
    end: QPointF
    lit: bool


class PinnedCurves:
    """The curves of pinned runs in a plot; ``heights`` converts values to vertical plot coordinates.

    ``live`` returns the curves of the current run, ``taken`` the scene boxes that are occupied; names avoid both. A
    name without room is left out, unless its run is highlighted.
    """

    def __init__(
        self,
        chart: Chart,
        heights: Callable[[np.ndarray], np.ndarray],
        live: Callable[[], Iterable[Curve]],
        taken: Callable[[PixelPainter], Iterable[QRectF]] = lambda sketch: (),
    ) -> None:
        self._chart, self._heights, self._live = chart, heights, live
        self.lines: list[PiecedCurve] = []
        self._picture = _Picture(self.lines)
        self.shown: tuple[PinnedCurve, ...] = ()
        self._drawn: tuple[object, ...] = ()
        self.names = _EndNames(self, taken)
        self.names.hide()
        chart.put(self._picture, self.names)

    def show(self, curves: Sequence[PinnedCurve]) -> None:
        """Show these pinned curves and no others, the highlighted ones on top."""
        self.shown = tuple(curves)
        drawn = (theme(), zoom(), *((one.at, one.values, one.name, one.dashed, one.lit) for one in curves))
        if len(drawn) == len(self._drawn) and all(map(_alike, drawn, self._drawn)):
            return
        self._drawn = drawn
        self.draw_anew()

    def draw_anew(self) -> None:
        """Redraw the curves after the vertical axis has changed."""
        while len(self.lines) < len(self.shown):
            self.lines.append(PiecedCurve())
            self.lines[-1].setFlag(PiecedCurve.GraphicsItemFlag.ItemHasNoContents)
            self._chart.put(self.lines[-1])
        for number, line in enumerate(self.lines):
            line.setVisible(number < len(self.shown))
            if number < len(self.shown):
                one = self.shown[number]
                line.setZValue(float(one.lit))
                line.setData(one.at, self._heights(one.values), pen=_pen(one))
        self.names.setVisible(bool(self.shown))
        self._picture.setVisible(bool(self.shown))
        self._picture.redraw()
        self.names.forget()

    @property
    def last(self) -> float:
        """The largest horizontal coordinate of any pinned curve; 0 if there are none."""
        return max((float(one.at[-1]) for one in self.shown if len(one.at)), default=0.0)

    @property
    def values(self) -> np.ndarray:
        """The values of all curves in one array (K,), to which the plot fits its axis."""
        return np.concatenate([one.values for one in self.shown]) if self.shown else np.empty(0)

    def has(self, at: np.ndarray, values: np.ndarray) -> bool:
        """Whether a curve, ``values`` (N,) at ``at`` (N,), is the beginning of one of the pinned curves; NaN is
        ignored.
        """
        if not self.shown:
            return False
        known = np.isfinite(values)
        at, values = at[known], values[known]
        return any(np.array_equal(one.at[: len(at)], at) and np.array_equal(one.values[: len(at)], values)
                   for one in self.shown)  # fmt: skip

    def curves(self) -> list[Curve]:
        """The pinned curves drawn, in plot coordinates."""
        return [line.getData() for line in self.lines[: len(self.shown)] if line.getData()[0] is not None]

    def live(self) -> Iterable[Curve]:
        """The curves of the current run, which names avoid."""
        return self._live()

    def run_at(self, place: QPointF) -> int | None:
        """The number of the run whose curve or name is at a point of the scene; None if there is none."""
        if not self.shown or not self.names.isVisible():
            return None
        box = self._chart.vb.sceneBoundingRect()
        if not box.contains(place):
            return None
        for name in self.names.places():
            if name.box.contains(place):
                return name.run
        across = np.array(
            [self._chart.vb.mapSceneToView(place + QPointF(by, 0)).x() for by in np.linspace(-_NEAR, _NEAR, 5)]
        )
        upper, lower = (self._chart.vb.mapSceneToView(place + QPointF(0, by)).y() for by in (-_NEAR, _NEAR))
        for one in self.shown:
            inside = across[(across >= one.at[0]) & (across <= one.at[-1])] if len(one.at) else across[:0]
            if len(inside):
                heights = np.interp(inside, one.at, self._heights(one.values))
                if heights.max() >= lower and heights.min() <= upper:
                    return one.run
        return None


class _Picture(PlotOverlay):
    """The pinned curves as a cached pixmap, since they do not move while a run goes on; painted again only if they or
    the axes change. On vector engines each curve is a path.
    """

    def __init__(self, lines: Sequence[PiecedCurve]) -> None:
        super().__init__()
        self._lines = lines
        self._painted: tuple[tuple[float, ...], QPixmap] | None = None
        self.setZValue(-17)

    def redraw(self) -> None:
        self._painted = None
        super().redraw()

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if painter.paintEngine().type() != QPaintEngine.Type.Raster:
            self._paint_lines(painter, option, widget)
            return
        place = painter.transform()
        device = painter.device()
        dense = device.devicePixelRatioF()
        box = place.mapRect(self.boundingRect()).toAlignedRect() & QRect(0, 0, device.width(), device.height())
        if box.isEmpty():
            return  # Qt gives no painter for a picture without pixels
        where = (place.m11(), place.m22(), place.dx(), place.dy(), *_sides(box), dense)
        if self._painted is None or self._painted[0] != where:
            picture = QPixmap(box.size() * dense)
            picture.setDevicePixelRatio(dense)
            picture.fill(Qt.GlobalColor.transparent)
            with QPainter(picture) as inner:
                inner.setTransform(place * QTransform.fromTranslate(-box.left(), -box.top()))
                self._paint_lines(inner, option, widget)
            self._painted = where, picture
        painter.save()
        painter.resetTransform()
        painter.drawPixmap(box.topLeft(), self._painted[1])
        painter.restore()

    def _paint_lines(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None) -> None:
        for line in sorted(self._lines, key=lambda one: one.zValue()):
            if line.isVisible():
                painter.save()
                line.paint(painter, option, widget)
                painter.restore()


class _EndNames(PlotOverlay):
    """The overlay of run names, each beside the end of its run's first curve."""

    def __init__(self, pinned: PinnedCurves, taken: Callable[[PixelPainter], Iterable[QRectF]]) -> None:
        super().__init__()
        self._pinned, self._taken = pinned, taken
        self._placed: tuple[tuple[float, ...], list[EndName]] | None = None
        self._is_checked = False
        self.setZValue(12)

    def forget(self) -> None:
        """Discard the places of the names, since other curves are to be named."""
        self._placed = None
        self.redraw()

    def redraw(self) -> None:
        self._is_checked = False
        super().redraw()

    def places(self, sketch: PixelPainter | None = None) -> list[EndName]:
        """The names with their places, those of highlighted runs first."""
        sketch = sketch or sketch_of(self)
        start, end = sketch.at(0, 0), sketch.at(1, 1)
        where = (start.x(), start.y(), end.x(), end.y(), *_sides(sketch.box))
        if self._placed is None or self._placed[0] != where or not (self._is_checked or self._are_free(sketch)):
            self._placed = where, self._place(sketch)
        self._is_checked = True
        return self._placed[1]

    def _are_free(self, sketch: PixelPainter) -> bool:
        """Whether the names' places are still free, so that they may stay while the run goes on."""
        found = self._placed[1] if self._placed is not None else []
        live, taken = [curve_in_pixels(sketch, *curve) for curve in self._pinned.live()], list(self._taken(sketch))
        return not any(is_taken(name.box, live, taken) for name in found)

    def _place(self, sketch: PixelPainter) -> list[EndName]:
        firsts: dict[int, tuple[PinnedCurve, Curve]] = {}
        for one, curve in zip(self._pinned.shown, self._pinned.curves(), strict=True):
            if len(one.at):
                firsts.setdefault(one.run, (one, curve))
        live = [curve_in_pixels(sketch, *curve) for curve in self._pinned.live()]
        beside = [curve_in_pixels(sketch, *curve) for curve in self._pinned.curves()]
        taken = list(self._taken(sketch))
        found: list[EndName] = []
        for one, (x, y) in sorted(firsts.values(), key=lambda pair: not pair[0].lit):
            end = sketch.at(float(x[-1]), float(y[-1]))
            words = sketch.elided(one.name, _WIDEST * sketch.box.width())
            boxes = _candidates(sketch, end, words)
            box = next((box for box in boxes if not is_taken(box, [*live, *beside], taken)), None)
            box = box or next((box for box in boxes if not is_taken(box, live, taken)), None)
            if box is None and one.lit and boxes:
                box = boxes[0]
            if box is not None:
                found.append(EndName(one.run, words, box, end, one.lit))
                taken.append(box)
        return found

    def draw(self, sketch: PixelPainter) -> None:
        colors = theme()
        for name in self.places(sketch):
            color = colors.text if name.lit else colors.muted_text
            if sketch.box.contains(name.end):
                sketch.dot(name.end, px(2.4 if name.lit else 1.8), color)
                side = QPointF(
                    name.box.left() if name.box.left() > name.end.x() else name.box.right(), name.box.center().y()
                )
                if abs(side.y() - name.end.y()) > name.box.height() / 2:
                    sketch.line(name.end, side, color, 0.8)
            # Round corners would take most of the time.
            sketch.painter.fillRect(name.box, brush(colors.surface, 0.85))
            sketch.words(name.words, name.box.adjusted(px(2), 0, 0, 0), color=color, align=LEFT)


def _candidates(sketch: PixelPainter, end: QPointF, words: str) -> list[QRectF]:
    """The boxes tried for a name: to the right of its curve's end, then to the left, each at the nearest height inside
    the plot first.
    """
    width, height, gap = sketch.width_of(words) + px(4), sketch.height_of(), px(6)
    room = sketch.box.adjusted(1, 1, -1, -1)
    low, high = room.top() + height / 2, room.bottom() - height / 2
    middle = min(max(end.y(), low), max(low, high))
    boxes = [
        QRectF(x, middle + step * height - height / 2, width, height)
        for step in _STEPS
        for x in (end.x() + gap, end.x() - gap - width)
    ]
    return [box for box in boxes if room.contains(box)]


def _pen(one: PinnedCurve) -> QPen:
    colors = theme()
    made = pen(colors.text if one.lit else mixed(colors.text, _INK), _LIT_WIDTH if one.lit else _WIDTH)
    if one.dashed:
        made.setDashPattern(_DASHES)
        made.setCapStyle(Qt.PenCapStyle.FlatCap)
    return made


def _sides(box: QRect | QRectF) -> tuple[float, float, float, float]:
    return box.left(), box.top(), box.width(), box.height()


def _alike(one: object, other: object) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(a is b or (not isinstance(a, np.ndarray) and a == b) for a, b in zip(one, other, strict=True))
    return one == other

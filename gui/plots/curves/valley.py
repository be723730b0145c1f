"""Errors over a step size on two logarithmic axes: a valley between two causes of error, with a draggable step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt

from gui.plots.axes.axis import PowerAxis
from gui.plots.axes.chart import Chart
from gui.plots.curves.touch_points import CursorLine
from gui.plots.drawing.api import LEFT, RIGHT, PixelPainter, PlotOverlay, pen, px, theme

_CURVES, _GUIDES = 4, 2
_BAND, _ABOVE = 20, 34
"""The height in pixels of the band with the zones' names, and of the free room below it."""
_TOP = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True)
class ErrorCurve:
    """A curve of errors over the step h: ``powers`` (N,) are the errors' logarithms to base 10, NaN where the curve has
    a gap.

    The legend shows ``name`` and ``value``, the error at the chosen step. The curve of the chosen method is ``strong``,
    drawn thicker and with bold text; a ``ghost`` is drawn pale.
    """

    powers: np.ndarray
    color: str
    dashed: bool
    strong: bool
    name: str
    value: str
    ghost: bool = False

    @property
    def ink(self) -> tuple[str, float, Qt.PenStyle, float]:
        """Colour, width, style and opacity of the curve's line, in the plot and in the legend."""
        style = Qt.PenStyle.DashLine if self.dashed else Qt.PenStyle.SolidLine
        if self.ghost:
            return self.color, 1.6, style, theme().ghost_opacity
        return (self.color, 2.2, style, 1.0) if self.strong else (self.color, 1.4, style, 0.7)


@dataclass(frozen=True)
class Zone:
    """A range of the lower axis, in powers of ten, with wordings of its name, the longest first.

    ``here`` tells whether the chosen step lies in it, ``good`` whether it is tinted.
    """

    low: float
    high: float
    wordings: tuple[str, ...]
    here: bool
    good: bool = False


@dataclass(frozen=True)
class ValleyWords:
    """Words and marks of a ``ValleyPlot``: its ``zones``, the ``best`` step and the chosen ``step``, each with its
    error, and ``mark``, a further named step.

    In the legend ``heading`` is the first line; after the curves follow ``before``, the name of the earlier curve, and
    ``guides``, that of the theoretical errors. Empty names are left out. ``message`` is shown if there are no curves.
    """

    zones: tuple[Zone, ...] = ()
    best: tuple[float, float] | None = None
    step: tuple[float, float] | None = None
    mark: tuple[float, str] = (0.0, "")
    heading: str = ""
    before: str = ""
    guides: str = ""
    message: str = ""
    curves: tuple[ErrorCurve, ...] = ()


class ValleyPlot(Chart):
    """A plot of errors over step sizes, both as powers of ten; an error at or below 10^``floor`` counts as 0."""

    def __init__(self, low: float, high: float, floor: float) -> None:
        super().__init__({"bottom": PowerAxis("bottom"), "left": PowerAxis("left", floor)})
        self._floor, self._top = floor, 0.0
        self.setXRange(low, high, padding=0)
        self.vb.sigResized.connect(self._fit)
        self.ground, self.words = _Ground(), _Words()
        self.ghost = pg.PlotCurveItem(connect="finite")
        self.guides = [pg.PlotCurveItem(connect="finite") for _ in range(_GUIDES)]
        self.lines = [pg.PlotCurveItem(connect="finite") for _ in range(_CURVES)]
        self.mark = pg.InfiniteLine(0, 90)
        self.cursor = CursorLine()
        self.put(self.ground, self.mark, self.ghost, *self.guides, *self.lines, self.words)
        self.addItem(self.cursor, ignoreBounds=True)
        self.ground.setZValue(-10)
        # Above the step's line, which would cross the legend.
        self.words.setZValue(6)

    def set_names(self, across: str, up: str, has_legend: bool) -> None:
        """Set the names of both axes, and whether there is a legend; applies the current colours and fonts."""
        self.words.has_legend = has_legend
        self.name_axes(across, up)
        self.set_room("10⁻¹⁵")
        self.mark.setPen(pen(theme().control_outline, 1, Qt.PenStyle.DotLine))

    def show_top(self, top: float) -> None:
        """Set the upper end of the errors, as a power of ten; above it is room for the zones' names."""
        self._top = top
        self._fit()

    def _fit(self, *_: object) -> None:
        share = min(0.4, px(_BAND + _ABOVE) / max(1.0, self.vb.height()))
        bottom = self._floor - 0.6
        self.setYRange(bottom, bottom + (self._top - bottom) / (1 - share), padding=0)

    def show_errors(
        self,
        across: np.ndarray,
        curves: Sequence[ErrorCurve],
        guides: Sequence[np.ndarray],
        ghost: np.ndarray | None,
        words: ValleyWords,
    ) -> None:
        """Show up to four curves over the powers of ten ``across`` (N,), up to two ``guides`` (N,), such as theoretical
        errors, an earlier curve ``ghost`` (N,), and words.
        """
        for items, shown in ((self.lines, curves), (self.guides, guides)):
            for number, item in enumerate(items):
                item.setVisible(number < len(shown))
        for item, curve in zip(self.lines, curves, strict=False):
            item.setData(across, curve.powers)
            item.setPen(pen(*curve.ink))
            item.setZValue(2 if curve.strong else 1)
        for item, powers in zip(self.guides, guides, strict=False):
            item.setData(across, powers)
            item.setPen(pen(*_guide(words.guides).ink))
        self.ghost.setVisible(ghost is not None)
        if ghost is not None:
            self.ghost.setData(across, ghost)
            self.ghost.setPen(pen(*_before(words.before).ink))
        self.mark.setPos(words.mark[0])
        self.ground.show_state(*words.zones)
        self.words.shown = replace(words, curves=tuple(curves))
        self.words.update()


class _Ground(PlotOverlay):
    """The overlay that tints the background of the zone that is ``good``."""

    def draw(self, sketch: PixelPainter) -> None:
        for zone in self.state:
            if zone.good:
                sketch.fill(sketch.span(zone.low, zone.high), theme().right, 0.1)


class _Words(PlotOverlay):
    """The overlay of the zones' names in a band at the top, the legend at the lower left, and the marks of the best and
    the chosen step.
    """

    shown = ValleyWords()
    has_legend = True

    def draw(self, sketch: PixelPainter) -> None:
        colors, shown = theme(), self.shown
        for zone in shown.zones:
            _draw_zone(sketch, zone)
        _draw_mark(sketch, *shown.mark)
        if shown.message:
            below = sketch.box.adjusted(0, px(_BAND), 0, 0)
            sketch.words(shown.message, below, "strong", colors.muted_text, _TOP)
            return
        if shown.best is not None:
            sketch.dot(sketch.at(*shown.best), px(5), colors.surface, colors.right, 2.2)
        if shown.step is not None:
            sketch.dot(sketch.at(*shown.step), px(5), colors.text, colors.surface)
        if self.has_legend:
            _draw_legend(sketch, shown)


def _draw_zone(sketch: PixelPainter, zone: Zone) -> None:
    colors, box = theme(), sketch.span(zone.low, zone.high)
    if box.width() < px(4):
        return
    box = QRectF(box.left() + 1, box.top(), box.width() - 2, px(_BAND))
    ground = (colors.right if zone.good else colors.accent) if zone.here else colors.selection_fill
    sketch.fill(box, ground, radius=px(3))
    words = sketch.fitting(zone.wordings, box.width() - px(4), bold=zone.here)
    sketch.words(words, box, color=colors.accent_text if zone.here else colors.text, bold=zone.here)


def _draw_mark(sketch: PixelPainter, power: float, name: str) -> None:
    height = sketch.height_of()
    left, top = sketch.at(power, 0).x() + px(3), sketch.box.bottom() - height - px(3)
    box = QRectF(left, top, sketch.width_of(name) + px(4), height)
    if box.right() <= sketch.box.right():
        sketch.plate(name, box, theme().muted_text)


def _draw_legend(sketch: PixelPainter, shown: ValleyWords) -> None:
    colors = theme()
    line, sample, gap = sketch.height_of() + px(2), px(24), px(6)
    others = (_before(shown.before) if shown.before else None, _guide(shown.guides) if shown.guides else None)
    rows = (*shown.curves, *filter(None, others))
    names = max((sketch.width_of(row.name, bold=True) for row in rows), default=0)
    numbers = sketch.width_of("0.0e\N{MINUS SIGN}00", bold=True)
    width = max(sample + names + numbers + 3 * gap, sketch.width_of(shown.heading)) + gap
    height = line * (len(rows) + 1) + gap
    left, top = sketch.box.left() + gap, sketch.box.bottom() - height - px(22)
    plate = QRectF(left, top, width, height)
    sketch.fill(plate, colors.surface, 0.9, px(4))
    sketch.frame(plate, colors.hairline, radius=px(4))
    box = QRectF(left + gap, top + gap / 2, width - 2 * gap, line)
    sketch.words(shown.heading, box, color=colors.muted_text, align=RIGHT)
    for row in rows:
        box = box.translated(0, line)
        height = box.center().y()
        sketch.line(QPointF(box.left(), height), QPointF(box.left() + sample, height), *row.ink)
        after = box.adjusted(sample + gap, 0, 0, 0)
        sketch.words(row.name, after, color=row.color, align=LEFT, bold=row.strong)
        sketch.words(row.value, box, align=RIGHT, bold=row.strong)


def _before(name: str) -> ErrorCurve:
    return ErrorCurve(np.empty(0), theme().text, False, False, name, "", ghost=True)


def _guide(name: str) -> ErrorCurve:
    return ErrorCurve(np.empty(0), theme().muted_text, True, False, name, "")


def powers_of(errors: np.ndarray, floor: float) -> np.ndarray:
    """The logarithms of errors to base 10, at least ``floor``; NaN stays NaN."""
    with np.errstate(divide="ignore"):
        return np.maximum(np.log10(errors), floor)


def zones_between(
    borders: Sequence[float], wordings: Sequence[tuple[str, ...]], step: float, good: int | None = None
) -> tuple[Zone, ...]:
    """The zones between neighbouring borders, which are powers of ten; ``here`` is True for the zone that contains
    ``step``, ``good`` for that with this index.
    """
    return tuple(
        Zone(low, high, words, low <= step < high, number == good)
        for number, ((low, high), words) in enumerate(zip(pairwise(borders), wordings, strict=True))
    )

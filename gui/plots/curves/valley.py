"""Errors over a step on two logarithmic axes: a valley between two causes, with the step to be dragged along it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.axes.axis import dress_axes
from gui.plots.axes.chart import Chart
from gui.plots.axes.power_axis import PowerAxis
from gui.plots.curves.cursor_line import CursorLine
from gui.plots.drawing.ink import brush, pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.pixels import in_pixels
from gui.style.theme import theme
from gui.style.typography import font, scaled

_CURVES, _GUIDES = 4, 2
_BAND, _ABOVE = 20, 34
"""Pixels of the zones' names, and free ones below them."""


@dataclass(frozen=True)
class ErrorCurve:
    """``powers`` (N,) are powers of ten, nan for gaps; of the legend the ``name`` and the error at the step, ``value``.

    ``strong`` is the one that is meant.
    """

    powers: np.ndarray
    color: str
    dashed: bool
    strong: bool
    name: str
    value: str


@dataclass(frozen=True)
class Zone:
    """A part of the lower axis with its name, the longest wording first; ``here`` if the step is in it."""

    low: float
    high: float
    wordings: tuple[str, ...]
    here: bool
    good: bool = False


class ValleyPlot(Chart):
    """Axes carry powers of ten; what lies at or below ``floor`` is an error of 0."""

    def __init__(self, low: float, high: float, floor: float) -> None:
        self._error_axis = _ErrorAxis(floor)
        super().__init__({"bottom": PowerAxis(orientation="bottom"), "left": self._error_axis})
        self._floor = floor
        self._top = 0.0
        self._ghost_step: float | None = None
        self.setXRange(low, high, padding=0)
        self.vb.sigResized.connect(self._fit)
        self.under, self.words = _Zones(), _Words()
        self.ghost = pg.PlotCurveItem(connect="finite")
        self.guides = [pg.PlotCurveItem(connect="finite") for _ in range(_GUIDES)]
        self.lines = [pg.PlotCurveItem(connect="finite") for _ in range(_CURVES)]
        self.mark = pg.InfiniteLine(0, 90)
        self.cursor = CursorLine()
        for item in (self.under, self.mark, self.ghost, *self.guides, *self.lines, self.words):
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        for item in (self.under, self.mark, self.ghost, *self.guides, *self.lines, self.cursor, self.words):
            self.addItem(item, ignoreBounds=True)
        self.under.setZValue(-10)
        # Above the step's line, which would cross the legend.
        self.words.setZValue(6)

    def restyle(self, across: str, up: str) -> None:
        """The names of both axes; takes colours and fonts anew."""
        colors = theme()
        notes = QFontMetricsF(font("notes"))
        dress_axes(self, across, up)
        self.getAxis("bottom").setStyle(autoExpandTextSpace=False, tickTextHeight=round(notes.height()))
        self.mark.setPen(pen(colors.control_outline, 1, Qt.PenStyle.DotLine))

    def show_top(self, top: float) -> None:
        """The largest power of ten that errors reach; above it is room for the zones' names."""
        self._top = top
        self._fit()

    def set_compact(self, compact: bool) -> None:
        """Whether to leave out the legend and the axes' names."""
        self.words.has_legend = not compact
        for side in ("bottom", "left"):
            self.getAxis(side).showLabel(not compact)
        room = QFontMetricsF(font("notes")).horizontalAdvance("10⁻¹⁵")
        room += 0 if compact else QFontMetricsF(font("text")).height()
        self.getAxis("left").setWidth(round(room) + scaled(12))

    def _fit(self, *_: object) -> None:
        share = min(0.4, scaled(_BAND + _ABOVE) / max(1.0, self.vb.height()))
        bottom = self._floor - 0.6
        self.setYRange(bottom, bottom + (self._top - bottom) / (1 - share), padding=0)

    def show_errors(self, across: np.ndarray, curves: Sequence[ErrorCurve], heading: str, guides: str) -> None:
        """The curves over the powers ``across`` (N,), and the first and last line of the legend."""
        for item, curve in zip(self.lines, curves, strict=True):
            item.setData(across, curve.powers)
            style = Qt.PenStyle.DashLine if curve.dashed else Qt.PenStyle.SolidLine
            item.setPen(pen(curve.color, 2.2 if curve.strong else 1.1, style, 1.0 if curve.strong else 0.42))
            item.setZValue(2 if curve.strong else 1)
        self.words.curves, self.words.heading, self.words.guides = tuple(curves), heading, guides
        self.words.update()

    def show_ghost(self, across: np.ndarray, powers: np.ndarray | None, step: float | None) -> None:
        """The strong curve and the step from before; None for none."""
        self.ghost.setVisible(powers is not None)
        if powers is not None:
            self.ghost.setData(across, powers)
            self.ghost.setPen(pen(theme().text, 1.6, Qt.PenStyle.SolidLine, theme().ghost_opacity))
        self._ghost_step = step

    def show_guides(self, across: np.ndarray, guides: Sequence[np.ndarray]) -> None:
        """What theory expects, one line each."""
        for item, powers in zip(self.guides, guides, strict=True):
            item.setData(across, powers)
            item.setPen(pen(theme().muted_text, 1.1, Qt.PenStyle.DashLine))

    def show_step(self, power: float, error: float) -> None:
        """Where the step stands, and the power of ten of its error; nan for none."""
        self.cursor.show_cursor(power, self._ghost_step)
        self.words.step = (power, error) if error == error else None
        self.words.update()

    def show_zones(self, zones: Sequence[Zone], best: tuple[float, float] | None) -> None:
        """The named parts, and the best place in them."""
        self.under.zones = self.words.zones = tuple(zones)
        self.words.best = best
        self.under.update()
        self.words.update()

    def show_mark(self, power: float, name: str) -> None:
        """A thin line at a step that is worth naming."""
        self.mark.setPos(power)
        self.words.mark = (power, name)
        self.words.update()

    def show_message(self, message: str) -> None:
        """Words in the middle, where there are no curves; empty for none."""
        self.words.message = message
        self.words.update()


class _ErrorAxis(PowerAxis):
    """Powers of ten with a place for 0 below them."""

    def __init__(self, floor: float) -> None:
        super().__init__(orientation="left")
        self._floor = floor

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        ((every, places),) = super().tickValues(low, high, size)
        line = 1.2 * QFontMetricsF(font("notes")).height() * (high - low) / max(size, 1.0)
        return [(every, [self._floor, *(place for place in places if place >= self._floor + line)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return ["0" if value == self._floor else text for value, text in
                zip(values, super().tickStrings(values, scale, spacing), strict=True)]  # fmt: skip


class _Painted(OverPlot):
    """Covers all that its plot shows."""


class _Zones(_Painted):
    """The ground of the good zone."""

    zones: tuple[Zone, ...] = ()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        view = self.boundingRect()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(theme().right, 0.1))
        for zone in self.zones:
            if zone.good:
                painter.drawRect(QRectF(zone.low, view.top(), zone.high - zone.low, view.height()))


class _Words(_Painted):
    """The zones' names in a band at the top, the legend at the lower left, and the best place."""

    zones: tuple[Zone, ...] = ()
    curves: tuple[ErrorCurve, ...] = ()
    heading = guides = ""
    best: tuple[float, float] | None = None
    step: tuple[float, float] | None = None
    mark: tuple[float, str] | None = None
    message = ""
    has_legend = True

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        with in_pixels(painter, self) as to_pixels:
            shown = to_pixels.mapRect(self.boundingRect())
            for zone in self.zones:
                left, right = (to_pixels.map(QPointF(end, 0)).x() for end in (zone.low, zone.high))
                self._paint_zone(painter, zone, QRectF(left, shown.top(), right - left, scaled(_BAND)))
            if self.mark is not None:
                self._paint_mark(painter, to_pixels.map(QPointF(self.mark[0], 0)).x(), shown)
            if self.message:
                painter.setFont(font("strong"))
                painter.setPen(pen(theme().muted_text))
                upper = shown.adjusted(0, scaled(_BAND), 0, 0)
                wrapped = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
                painter.drawText(upper, wrapped, self.message)
                return
            if self.best is not None:
                painter.setPen(pen(theme().right, 2.2))
                painter.setBrush(brush(theme().surface))
                painter.drawEllipse(to_pixels.map(QPointF(*self.best)), scaled(5), scaled(5))
            if self.step is not None:
                painter.setPen(pen(theme().surface, 2))
                painter.setBrush(brush(theme().text))
                painter.drawEllipse(to_pixels.map(QPointF(*self.step)), scaled(5), scaled(5))
            if self.has_legend:
                self._paint_legend(painter, shown)

    def _paint_zone(self, painter: QPainter, zone: Zone, box: QRectF) -> None:
        colors = theme()
        if box.width() < scaled(4):
            return
        inner = box.adjusted(1, 0, -1, 0)
        ground = (colors.right if zone.good else colors.accent) if zone.here else colors.selection_fill
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(ground))
        painter.drawRoundedRect(inner, scaled(3), scaled(3))
        face = font("notes")
        face.setBold(zone.here)
        metrics = QFontMetricsF(face)
        words = next((one for one in zone.wordings if metrics.horizontalAdvance(one) <= inner.width() - scaled(4)), "")
        painter.setFont(face)
        painter.setPen(pen(colors.accent_text if zone.here else colors.text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_mark(self, painter: QPainter, x: float, shown: QRectF) -> None:
        metrics = QFontMetricsF(font("notes"))
        width = metrics.horizontalAdvance(self.mark[1]) + scaled(4)
        box = QRectF(x + scaled(3), shown.bottom() - metrics.height() - scaled(3), width, metrics.height())
        if box.right() > shown.right():
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(theme().surface, 0.85))
        painter.drawRect(box)
        painter.setFont(font("notes"))
        painter.setPen(pen(theme().muted_text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.mark[1])

    def _paint_legend(self, painter: QPainter, shown: QRectF) -> None:
        rows, colors = self.curves, theme()
        metrics = QFontMetricsF(font("notes"))
        line, sample, gap = metrics.height() + scaled(2), scaled(24), scaled(6)
        bold = font("notes")
        bold.setBold(True)
        widest = QFontMetricsF(bold)
        names = max(widest.horizontalAdvance(name) for name in (*(row.name for row in rows), self.guides))
        numbers = widest.horizontalAdvance("0.0e\N{MINUS SIGN}00")
        width = max(sample + names + numbers + 3 * gap, metrics.horizontalAdvance(self.heading)) + gap
        height = line * (len(rows) + 2) + gap
        plate = QRectF(shown.left() + gap, shown.bottom() - height - scaled(22), width, height)
        painter.setPen(pen(colors.hairline))
        painter.setBrush(brush(colors.surface, 0.9))
        painter.drawRoundedRect(plate, scaled(4), scaled(4))
        painter.setFont(font("notes"))
        painter.setPen(pen(colors.muted_text))
        middle = Qt.AlignmentFlag.AlignVCenter
        heading = QRectF(plate.left() + gap, plate.top() + gap / 2, plate.width() - 2 * gap, line)
        painter.drawText(heading, Qt.AlignmentFlag.AlignRight | middle, self.heading)
        for number, row in enumerate(rows, start=1):
            box = heading.translated(0, number * line)
            style = Qt.PenStyle.DashLine if row.dashed else Qt.PenStyle.SolidLine
            painter.setPen(pen(row.color, 2.2 if row.strong else 1.3, style))
            painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.left() + sample, box.center().y()))
            painter.setFont(bold if row.strong else font("notes"))
            painter.setPen(pen(row.color))
            painter.drawText(box.adjusted(sample + gap, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | middle, row.name)
            painter.setPen(pen(colors.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | middle, row.value)
        box = heading.translated(0, (len(rows) + 1) * line)
        painter.setPen(pen(colors.muted_text, 1.1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.left() + sample, box.center().y()))
        painter.setFont(font("notes"))
        painter.drawText(box.adjusted(sample + gap, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | middle, self.guides)


def powers_of(errors: np.ndarray, floor: float) -> np.ndarray:
    """The powers of ten of errors, none below ``floor``; gaps stay gaps."""
    with np.errstate(divide="ignore"):
        return np.maximum(np.log10(errors), floor)



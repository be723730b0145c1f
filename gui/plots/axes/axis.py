"""The axes of plots: number format, style, fixed width; and pyqtgraph's plot options without their menu widgets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsSceneWheelEvent, QWidget

from engine.contract.numerals import format_real
from engine.contract.text import raised
from gui.plots.drawing.api import font, pen, theme
from gui.style.painting import tells_faults
from gui.style.typography import px

_LENGTHS = (100, 200, 400, 800, 1600)
"""Pixels; the distance of ticks goes by the root of the length, so that no distance in use lies between two of them."""
_WIDEST = 1000
"""Pixels; no number at an axis is as wide."""
_APART = 4
"""Pixels, at 100 %, that stay free beside a number that was moved."""


class StillAxis(pg.AxisItem):
    """An axis without mouse interaction: the wheel over it scrolls the widget around the plot.

    Below a plot a number at an end of the axis is moved inwards until all of it is beside the axis; where it would
    touch the next one, it is left out.
    """

    paint = tells_faults(pg.AxisItem.paint)

    def generateDrawSpecs(self, painter: QPainter) -> Any:
        view = self.linkedView()
        if view is not None and min(view.width(), view.height()) < 1:
            # A plot whose axes have one scale shows a range without end where it has no height.
            return None
        across = self.orientation in ("bottom", "top")
        hides = self.style["hideOverlappingLabels"]
        if across:
            # pyqtgraph leaves out what is beyond the ends by more than this, and moves nothing.
            self.style["hideOverlappingLabels"] = _WIDEST
        try:
            specs = super().generateDrawSpecs(painter)
        finally:
            self.style["hideOverlappingLabels"] = hides
        if across and specs is not None:
            axis, ticks, texts = specs
            specs = axis, ticks, _within(texts, self.width())
        return specs

    def wheelEvent(self, event: QGraphicsSceneWheelEvent) -> None:
        event.ignore()


def _within(texts: list[tuple[QRectF, Any, str]], width: float) -> list[tuple[QRectF, Any, str]]:
    """The texts of an axis, those at its ends moved inwards; without those that then come too near to another one."""
    inside = [one for one in texts if one[0].left() >= 0 and one[0].right() <= width]
    for box, flags, text in texts:
        left = min(max(box.left(), 0.0), width - box.width())
        moved = box.translated(left - box.left(), 0.0)
        if left == box.left() or left < 0:
            continue
        room = moved.adjusted(-px(_APART), 0, px(_APART), 0)
        if not any(room.intersects(other) for other, *_ in inside):
            inside.append((moved, flags, text))
    return inside


class NumberAxis(StillAxis):
    """An axis whose numbers have real minus signs and no superfluous digits: −0.5, 0, 0.5, 1."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [format_real(value * scale) for value in values]

    def told_ticks(self) -> list[tuple[float, str]]:
        """The ticks that were set explicitly, with their texts; empty if the axis computes its own."""
        return [tick for level in self._tickLevels or () for tick in level]

    def numbers_within(self, low: float, high: float) -> list[str]:
        """All tick texts that may appear while the axis shows this range, however long it is on the screen."""
        levels = [level for length in _LENGTHS for level in self.tickValues(low, high, length)]
        return [words for spacing, values in levels for words in self.tickStrings(values, 1.0, spacing)]


def widest_of(labels: Sequence[str]) -> str:
    """The label that needs the most room at an axis."""
    return max(labels, key=QFontMetricsF(font("notes")).horizontalAdvance, default="")


def dress_axes(plot: pg.PlotItem, across: str | None = None, up: str | None = None) -> None:
    """Apply the current colours and fonts, and the names given, to both axes; call again after a change of style."""
    colors = theme()
    for side, name in (("bottom", across), ("left", up)):
        axis = plot.getAxis(side)
        axis.setPen(pen(colors.hairline))
        axis.setTextPen(pen(colors.muted_text))
        axis.setTickFont(font("notes"))
        axis.setStyle(tickLength=4)
        _leave_unscaled(axis)
        if name is not None:
            name_axis(axis, name)


def name_axis(axis: pg.AxisItem, name: str) -> None:
    """Set the name of one axis; an empty name frees its room."""
    # The font first: the axis takes its width from the name when that is set.
    axis.label.setFont(font("text"))
    # The label reads HTML, and a name may come from a file.
    axis.setLabel(escape(name, quote=False), siPrefixEnableRanges=(), color=theme().muted_text)
    # pyqtgraph centres a name only when the axis changes its size.
    axis.resizeEvent()


def steady(plot: pg.PlotItem, widest: str) -> None:
    """Reserve room for ``widest`` at the ticks of both axes, in the current font; must be called again after a change
    of style.

    Otherwise an axis widens with its numbers and hardly shrinks again, so that a plot would not look the same again.
    """
    metrics = QFontMetricsF(font("notes"))
    plot.getAxis("left").setStyle(autoExpandTextSpace=False, tickTextWidth=round(metrics.horizontalAdvance(widest)))
    plot.getAxis("bottom").setStyle(autoExpandTextSpace=False, tickTextHeight=round(metrics.height()))


def _leave_unscaled(axis: pg.AxisItem) -> None:
    """Keep pyqtgraph from scaling the numbers by thousands.

    pyqtgraph 0.14 computes a scale even while SI prefixes are disabled, and then writes 200 for 0.2.
    """
    axis.setSIPrefixEnableRanges(())
    axis.enableAutoSIPrefix(False)


_OFF = (
    "clipToViewCheck", "maxTracesCheck", "downsampleCheck", "forgetTracesCheck", "meanRadio", "subsampleRadio",
    "logXCheck", "logYCheck", "derivativeCheck", "phasemapCheck", "fftCheck", "subtractMeanCheck", "xGridCheck",
    "yGridCheck", "autoAlphaCheck",
)  # fmt: skip
_ON = ("peakRadio", "autoDownsampleCheck", "autoPointsCheck")
_NUMBERS = {"maxTracesSpin": (0, 99), "downsampleSpin": (1, 100000), "gridAlphaSlider": (128, 255),
            "alphaSlider": (1000, 1000)}  # fmt: skip
"""The number that an option has at first, and its largest."""
_GROUPS = {"averageGroup": False, "decimateGroup": False, "transformGroup": False, "pointsGroup": True,
           "gridGroup": False, "alphaGroup": True}  # fmt: skip


class _Option(QObject):
    """Stand-in for the widget of a plot option: a number from 0 to a maximum, where 1 and 0 also stand for on and
    off.
    """

    toggled = Signal(bool)
    valueChanged = Signal(int)

    def __init__(self, value: int, most: int = 1) -> None:
        super().__init__()
        self._value, self._most = value, most

    def isChecked(self) -> bool:
        return bool(self._value)

    def setChecked(self, on: bool) -> None:
        self.setValue(int(on))

    def value(self) -> int:
        return self._value

    def maximum(self) -> int:
        return self._most

    def setValue(self, value: int) -> None:
        if value != self._value:
            self._value = value
            self.valueChanged.emit(value)
            self.toggled.emit(bool(value))


class _Group(QWidget):
    """Stand-in for the group box of a menu, which must be a widget."""

    toggled = Signal(bool)

    def __init__(self, on: bool) -> None:
        super().__init__()
        self._on = on

    def isChecked(self) -> bool:
        return self._on


class _NoCurves(QObject):
    """Stand-in for the list of curves to average; always empty."""

    itemClicked = Signal(object)

    def clear(self) -> None:
        pass

    def count(self) -> int:
        return 0


class Ui_Form:  # the name by which pyqtgraph asks for its menu
    """Stand-in for pyqtgraph's form of plot options, without widgets."""

    def setupUi(self, form: QWidget) -> None:
        options: dict[str, Any] = {name: _Option(int(name in _ON)) for name in (*_OFF, *_ON)}
        options |= {name: _Option(*numbers) for name, numbers in _NUMBERS.items()}
        options |= {name: _Group(on) for name, on in _GROUPS.items()}
        for name, option in {**options, "avgParamList": _NoCurves()}.items():
            setattr(self, name, option)


def without_menus() -> None:
    """From now on, make pyqtgraph create plots without the widgets of their menus."""
    # The module, which the package hides behind its class of the same name.
    module: Any = import_module("pyqtgraph.graphicsItems.PlotItem.PlotItem")
    module.ui_template = SimpleNamespace(Ui_Form=Ui_Form)


_PLAIN = 3
"""Up to this power, and down to its reciprocal, numbers are written out."""
_SMALL = tuple(math.log10(1 + value) for value in (0.1, 0.2, 0.5, 1.0))
"""The signed heights of what stands between 0 and 10 where there is room."""
_ROOM = 1.5
"""Lines, or widths of a number, that the room between two ticks takes at least."""


def raised_power(power: int) -> str:
    """A power of ten in superscript, such as 10⁻⁴."""
    return "10" + raised(power)


def power_of_ten(power: int) -> str:
    """A power of ten: as a number from 0.001 to 1000, otherwise in superscript."""
    return f"{10.0**power:g}" if -_PLAIN <= power <= _PLAIN else raised_power(power)


class PowerAxis(StillAxis):
    """The axis of a plot whose coordinates are exponents; ticks stand at whole exponents, as many as there is room for.

    ``floor`` is the position of 0, below all powers; if it has a name ``below``, of everything from there down. On a
    ``signed`` axis heights are sign(v) · log10(1 + |v|): ticks are 0, powers of ten from 10 on with both signs, and
    some smaller numbers if there is room.
    """

    def __init__(self, orientation: str, floor: float | None = None, below: str = "0") -> None:
        super().__init__(orientation)
        self._floor, self.below = floor, below
        self._signed = False

    def set_signed(self, signed: bool) -> None:
        """Choose between exponents and signed heights."""
        if signed != self._signed:
            self._signed = signed
            self.picture = None
            self.update()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        metrics = QFontMetricsF(font("notes"))
        upright = self.orientation in ("left", "right")
        room = metrics.height() if upright else metrics.horizontalAdvance("10⁻¹⁰")
        every = max(1, math.ceil((high - low) * _ROOM * room / max(size, 1.0)))
        if self._signed:
            powers = range(every, math.floor(max(high, -low)) + 1, every)
            heights = [math.log10(1 + 10.0**power) if power < 300 else float(power) for power in powers]
            apart, shown = (high - low) * _ROOM * room / max(size, 1.0), [0.0]
            for height in (*_SMALL, *heights):
                if height - shown[-1] >= apart:
                    shown.append(height)
            places = [*shown, *(-height for height in shown[1:])]
            return [(every, sorted(place for place in places if low <= place <= high))]
        places = [float(at) for at in range(math.ceil(low), math.floor(high) + 1) if at % every == 0]
        if self._floor is not None and self._floor >= low:
            lowest = self._floor + 1.2 * room * (high - low) / max(size, 1.0)
            places = [self._floor, *(place for place in places if place >= lowest)]
        return [(every, places)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [self._spelled(value) for value in values]

    def number_at(self, height: float) -> float | None:
        """The number at a height; None at or below the floor if that has a name."""
        if self._signed:
            return math.copysign(10.0 ** abs(height) - 1, height)
        return None if self._floor is not None and height <= self._floor else 10.0**height

    def _spelled(self, height: float) -> str:
        if self._signed:
            size = power_of_ten(round(abs(height))) if abs(height) > 1 else f"{10.0 ** abs(height) - 1:.1g}"
            return f"\N{MINUS SIGN}{size}" if height < 0 else size
        return self.below if height == self._floor else power_of_ten(round(height))

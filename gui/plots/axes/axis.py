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
"""Axis lengths in pixels for which all tick texts are computed. pyqtgraph's tick spacing follows the root of the
length; these lengths are so close together that no spacing is missed.
"""
_WIDEST = 1000
"""Pixels by which a tick text may extend beyond an end of the axis before pyqtgraph leaves it out: more than any text
is wide.
"""
_APART = 4
"""Pixels, at 100 % zoom, kept free on both sides of a tick text that was moved inwards."""


class StillAxis(pg.AxisItem):
    """An axis without mouse interaction: the wheel over it scrolls the widget around the plot.

    On a horizontal axis, a tick text at an end is moved inwards until all of it lies within the axis; where it would
    then touch another text, it is left out.
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
    """The tick texts, as (rectangle, flags, text), of a horizontal axis ``width`` pixels wide. Texts that extend beyond
    an end are moved inwards, or left out if they then come too near to another text.
    """
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
    """The label that is widest in the font of tick texts; "" without labels."""
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
    """Set the name of one axis; an empty name frees the room that it takes."""
    # The font first: the axis takes its width from the name when that is set.
    axis.label.setFont(font("text"))
    # The label reads HTML, and a name may come from a file.
    axis.setLabel(escape(name, quote=False), siPrefixEnableRanges=(), color=theme().muted_text)
    # pyqtgraph centres a name only when the axis changes its size.
    axis.resizeEvent()


def steady(plot: pg.PlotItem, widest: str) -> None:
    """Reserve room for the tick text ``widest`` at both axes, in the current font; must be called again after a change
    of style.

    Otherwise an axis widens with its tick texts and hardly shrinks again.
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
"""The initial and the largest value of each numeric plot option, by the name of its widget."""
_GROUPS = {"averageGroup": False, "decimateGroup": False, "transformGroup": False, "pointsGroup": True,
           "gridGroup": False, "alphaGroup": True}  # fmt: skip


class _Option(QObject):
    """Stand-in for the widget of a plot option: an integer from 0 to a maximum; for a check box, 1 is on and 0 off."""

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
    """Stand-in for a checkable group box among pyqtgraph's plot options; pyqtgraph needs a QWidget there."""

    toggled = Signal(bool)

    def __init__(self, on: bool) -> None:
        super().__init__()
        self._on = on

    def isChecked(self) -> bool:
        return self._on


class _NoCurves(QObject):
    """Stand-in for pyqtgraph's list of curves to average; always empty."""

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
"""Powers of ten with exponents from −3 to 3 are written as plain numbers."""
_SMALL = tuple(math.log10(1 + value) for value in (0.1, 0.2, 0.5, 1.0))
"""The heights, on a signed axis, of the ticks 0.1, 0.2, 0.5 and 1, which are shown where there is room."""
_ROOM = 1.5
"""The smallest distance between two ticks, in text heights on a vertical axis and in text widths on a horizontal one.
"""


def raised_power(power: int) -> str:
    """A power of ten in superscript, such as 10⁻⁴."""
    return "10" + raised(power)


def power_of_ten(power: int) -> str:
    """A power of ten as text: a plain number from 0.001 to 1000, otherwise in superscript."""
    return f"{10.0**power:g}" if -_PLAIN <= power <= _PLAIN else raised_power(power)


class PowerAxis(StillAxis):
    """An axis whose coordinates are exponents of ten; ticks stand at whole exponents, as many as there is room for.

    ``floor`` is the coordinate of 0, below all powers. The tick there has the text ``below``, such as "≤10⁻¹⁶" if it
    stands for all smaller values. On a ``signed`` axis a value v has the height sign(v) · log10(1 + |v|): ticks are 0,
    powers of ten from 10 on with both signs, and some smaller values if there is room.
    """

    def __init__(self, orientation: str, floor: float | None = None, below: str = "0") -> None:
        super().__init__(orientation)
        self._floor, self.below = floor, below
        self._signed = False

    def set_signed(self, signed: bool) -> None:
        """Choose whether coordinates are signed heights, sign(v) · log10(1 + |v|), or exponents."""
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
        """The value at a coordinate of the axis; None at or below the floor."""
        if self._signed:
            return math.copysign(10.0 ** abs(height) - 1, height)
        return None if self._floor is not None and height <= self._floor else 10.0**height

    def _spelled(self, height: float) -> str:
        if self._signed:
            size = power_of_ten(round(abs(height))) if abs(height) > 1 else f"{10.0 ** abs(height) - 1:.1g}"
            return f"\N{MINUS SIGN}{size}" if height < 0 else size
        return self.below if height == self._floor else power_of_ten(round(height))

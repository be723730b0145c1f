"""What pyqtgraph lets a person set of a plot in a menu, held without the widgets of that menu, which is never opened.

`PlotItem` makes the menu for each plot, shown or not: 44 widgets, 0.5 MB and 3 ms a plot, and every change of the look
goes through all of them. Its options stay, with the same values at first, since the plot asks them how to draw.
"""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

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
    """A number from 0 to a largest one, or something that is on or off: 1 or 0."""

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
    """What would hold the options of one kind; the menu wants a widget."""

    toggled = Signal(bool)

    def __init__(self, on: bool) -> None:
        super().__init__()
        self._on = on

    def isChecked(self) -> bool:
        return self._on


class _NoCurves(QObject):
    """The curves that can be averaged: none is ever named."""

    itemClicked = Signal(object)

    def clear(self) -> None:
        pass

    def count(self) -> int:
        return 0


class Ui_Form:  # the name by which pyqtgraph asks for its menu
    """The options of one plot."""

    def setupUi(self, form: QWidget) -> None:
        options: dict[str, Any] = {name: _Option(int(name in _ON)) for name in (*_OFF, *_ON)}
        options |= {name: _Option(*numbers) for name, numbers in _NUMBERS.items()}
        options |= {name: _Group(on) for name, on in _GROUPS.items()}
        for name, option in {**options, "avgParamList": _NoCurves()}.items():
            setattr(self, name, option)


def without_menus() -> None:
    """From now on plots come without the widgets of their menus."""
    # The module, which the package hides behind its class of the same name.
    module: Any = import_module("pyqtgraph.graphicsItems.PlotItem.PlotItem")
    module.ui_template = SimpleNamespace(Ui_Form=Ui_Form)

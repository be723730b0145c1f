"""An axis in words: what it is called, and from where to where it goes."""

from __future__ import annotations

import pyqtgraph as pg

from engine.contract.text.numerals import format_real
from engine.contract.text.text import Text
from gui.plots.axes.power_axis import PowerAxis
from gui.style.language import translate

_AXIS = Text("The axis {way}: what is shown goes from {low} to {high}.")
_ACROSS, _UP = Text("across"), Text("upwards")


def axis_in_words(axis: pg.AxisItem) -> tuple[str, str]:
    """The name of an axis, perhaps none, and a sentence on its range, in the language in use."""
    low, high = (_number(axis, end) for end in axis.range)
    sentence = _AXIS(way=_ACROSS if axis.orientation in ("bottom", "top") else _UP, low=low, high=high)
    return axis.label.toPlainText().strip(), translate(sentence)


def _number(axis: pg.AxisItem, value: float) -> str:
    """A number as the axis itself writes it, and no more digits than it needs."""
    if isinstance(axis, PowerAxis):
        number = axis.number_at(value)
        return axis.below if number is None else format_real(number, 3)
    return axis.tickStrings([value], 1.0, 1.0)[0] if axis.logMode else format_real(value, 3)

"""An accessible object for a text on the stage, and an axis described in words."""

from __future__ import annotations

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible

from engine.contract.numerals import format_real
from engine.contract.text import Text
from gui.plots.axes.axis import PowerAxis
from gui.spoken.spoken import Spoken
from gui.style.language import translate


class AccessibleText(QObject):
    """An accessible object for a text on the stage; ``told`` is its description as last read from a frame.

    Screen readers keep objects and query them at any time: ``read_anew`` is called first to read the frame that is
    shown. If the text is no longer on the stage, the object describes itself as invisible.
    """

    def __init__(self, parent: QObject, read_anew: Callable[[], object]) -> None:
        super().__init__(parent)
        self._read_anew = read_anew
        self.go()

    def go(self) -> None:
        """Describe itself as invisible, since the text is no longer on the stage."""
        gone = frozenset({"invisible"})
        self.told = Spoken(QAccessible.Role.StaticText, "", states=gone, parent=self.parent())

    def spoken(self) -> Spoken:
        """The current description, for Qt's accessibility interface."""
        self._read_anew()
        return self.told


_AXIS = Text("The axis {way}: what is shown goes from {low} to {high}.")


_ACROSS, _UP = Text("across"), Text("upwards")


def axis_in_words(axis: pg.AxisItem) -> tuple[str, str]:
    """The name of an axis, possibly empty, and a sentence on its range, in the language in use."""
    low, high = (_number(axis, end) for end in axis.range)
    sentence = _AXIS(way=_ACROSS if axis.orientation in ("bottom", "top") else _UP, low=low, high=high)
    return axis.label.toPlainText().strip(), translate(sentence)


def _number(axis: pg.AxisItem, value: float) -> str:
    """A value as the axis itself writes it, with no more digits than needed."""
    if isinstance(axis, PowerAxis):
        number = axis.number_at(value)
        return axis.below if number is None else format_real(number, 3)
    return axis.tickStrings([value], 1.0, 1.0)[0] if axis.logMode else format_real(value, 3)

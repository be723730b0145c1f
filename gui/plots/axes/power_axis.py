"""An axis of powers of ten, for what is drawn over exponents: 0.01, 1, 100, 10⁴."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtGui import QFontMetricsF

from engine.contract.text.numerals import raised
from gui.plots.axes.axis import StillAxis
from gui.style.typography import font

_PLAIN = 3
"""Up to this power, and down to its reciprocal, numbers are written out."""
_SMALL = tuple(math.log10(1 + value) for value in (0.1, 0.2, 0.5, 1.0))
"""The signed heights of what stands between 0 and 10 where there is room."""
_ROOM = 1.5
"""Lines, or widths of a number, that the room between two ticks takes at least."""


def raised_power(power: int) -> str:
    """A power of ten as such, 10⁻⁴."""
    return "10" + raised(power)


def power_of_ten(power: int) -> str:
    """A power of ten: written out where that is short, from 0.001 to 1000."""
    return f"{10.0**power:g}" if -_PLAIN <= power <= _PLAIN else raised_power(power)


class PowerAxis(StillAxis):
    """The axis of a plot whose coordinates are exponents; ticks stand at whole ones, as many as there is room for.

    ``floor`` is where 0 stands, below all powers, or under the name ``below`` everything from there down. Of a
    ``signed`` axis heights are sign(v) · log10(1 + |v|), so that it shows powers of ten from 10 on to both sides of 0,
    and some smaller numbers where there is room.
    """

    def __init__(self, orientation: str, floor: float | None = None, below: str = "0") -> None:
        super().__init__(orientation)
        self._floor, self.below = floor, below
        self._signed = False

    def set_signed(self, signed: bool) -> None:
        """What the heights mean from now on."""
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
        """The number that stands at a height; None where everything below all powers does."""
        if self._signed:
            return math.copysign(10.0 ** abs(height) - 1, height)
        return None if self._floor is not None and height <= self._floor else 10.0**height

    def _spelled(self, height: float) -> str:
        if self._signed:
            size = power_of_ten(round(abs(height))) if abs(height) > 1 else f"{10.0 ** abs(height) - 1:.1g}"
            return f"\N{MINUS SIGN}{size}" if height < 0 else size
        return self.below if height == self._floor else power_of_ten(round(height))

"""Axes of powers of ten, for what is drawn over exponents: 0.01, 1, 100, 10⁴, or on both sides of 0."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtGui import QFontMetricsF

from engine.contract.numerals import raised
from gui.style.typography import font

_PLAIN = 3
"""Up to this power, and down to its reciprocal, numbers are written out."""


def raised_power(power: int) -> str:
    """A power of ten as such, 10⁻⁴."""
    return "10" + raised(power)


def power_of_ten(power: int) -> str:
    """A power of ten: written out where that is short, from 0.001 to 1000."""
    return f"{10.0**power:g}" if -_PLAIN <= power <= _PLAIN else raised_power(power)


class PowerAxis(pg.AxisItem):
    """The axis of a plot whose coordinates are exponents; ticks stand at whole ones, as many as there is room for."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        metrics = QFontMetricsF(font("notes"))
        upright = self.orientation in ("left", "right")
        room = 1.5 * metrics.height() if upright else 1.5 * metrics.horizontalAdvance("10⁻¹⁰")
        every = max(1, math.ceil((high - low) * room / max(size, 1.0)))
        return [(every, [float(at) for at in range(math.ceil(low), math.floor(high) + 1) if at % every == 0])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [power_of_ten(round(value)) for value in values]


class SignedPowerAxis(PowerAxis):
    """A ``PowerAxis`` until it is told that its heights have a sign: −100, −10, 0, 10, 100.

    Signed heights are sign(v) · log10(1 + |v|), so the powers begin with 10.
    """

    signed = False

    def set_signed(self, signed: bool) -> None:
        """What the heights mean from now on."""
        if signed != self.signed:
            self.signed = signed
            self.picture = None
            self.update()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        if not self.signed:
            return super().tickValues(low, high, size)
        room = 1.5 * QFontMetricsF(font("notes")).height()
        every = max(1, math.ceil((high - low) * room / max(size, 1.0)))
        powers = list(range(every, math.floor(max(high, -low)) + 1, every))
        heights = [math.log10(1 + 10.0**power) if power < 300 else float(power) for power in powers]
        ticks = [0.0, *heights, *(-height for height in heights)]
        return [(every, sorted(tick for tick in ticks if low <= tick <= high))]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        if not self.signed:
            return super().tickStrings(values, scale, spacing)
        return [_spelled(value) for value in values]


def _spelled(height: float) -> str:
    if height == 0:
        return "0"
    word = power_of_ten(round(abs(height)))
    return word if height > 0 else "\N{MINUS SIGN}" + word

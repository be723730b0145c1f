"""An axis of powers of ten to both sides of 0, for heights sign(v) · log10(1 + |v|): −100, −10, 0, 10, 100."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtGui import QFontMetricsF

from gui.plots.axes.power_axis import PowerAxis, power_of_ten
from gui.style.typography import font


class SignedPowerAxis(PowerAxis):
    """A ``PowerAxis`` until it is told that its heights have a sign; the powers then begin with 10."""

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

"""Where a slider's notches lie, on linear and logarithmic scales; no widgets here."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from decimal import Decimal

# More notches than pixels on any screen would only make a slider's keys slow.
_MOST_NOTCHES = 10_000


class Scale(ABC):
    """Positions 0 to ``last``, each with a value; ``position(value(p)) == p`` for all of them."""

    last: int

    @abstractmethod
    def value(self, position: int) -> float:
        """The value at a position."""

    @abstractmethod
    def position(self, value: float) -> int:
        """The position whose value is nearest."""

    @property
    def origin(self) -> int:
        """The position from which a slider is filled: that of zero where the range crosses it, else the first."""
        return self.position(0.0) if self.value(0) < 0 < self.value(self.last) else 0

    @abstractmethod
    def stepped(self, value: float, steps: int) -> float:
        """The value so many notches further, within the range; negative ``steps`` go down."""


class LinearScale(Scale):
    """Notches ``step`` apart from ``minimum``, the last at ``maximum``; computed in decimal, so that they are tidy."""

    def __init__(self, minimum: float, maximum: float, step: float) -> None:
        self._minimum, self._maximum, self._step = (Decimal(repr(number)) for number in (minimum, maximum, step))
        notches = math.ceil((self._maximum - self._minimum) / self._step)
        self._notch = self._step * math.ceil(notches / _MOST_NOTCHES)
        self.last = max(1, math.ceil((self._maximum - self._minimum) / self._notch))

    def value(self, position: int) -> float:
        return float(min(self._minimum + position * self._notch, self._maximum))

    def position(self, value: float) -> int:
        below = int((Decimal(repr(value)) - self._minimum) / self._notch)
        near = [max(0, min(self.last, position)) for position in (below, below + 1)]
        return min(near, key=lambda position: abs(self.value(position) - value))

    def stepped(self, value: float, steps: int) -> float:
        return float(max(self._minimum, min(self._maximum, Decimal(repr(value)) + steps * self._step)))


class LogScale(Scale):
    """Notches about a ``factor`` apart, all of them round numbers and powers of ten among them."""

    def __init__(self, minimum: float, maximum: float, factor: float) -> None:
        decades = math.log10(maximum) - math.log10(minimum)
        per_decade = max(1, min(round(1 / math.log10(factor)), int(_MOST_NOTCHES / max(1.0, decades))))
        exponents = range(math.ceil(math.log10(minimum) * per_decade), math.floor(math.log10(maximum) * per_decade) + 1)
        inner = {_rounded(10 ** (exponent / per_decade), 10 ** (1 / per_decade)) for exponent in exponents}
        self._values = sorted({minimum, maximum, *(value for value in inner if minimum < value < maximum)})
        self.last = len(self._values) - 1

    def value(self, position: int) -> float:
        return self._values[position]

    def position(self, value: float) -> int:
        above = min(self.last, bisect_left(self._values, value))
        near = [max(0, above - 1), above]
        return min(near, key=lambda position: abs(math.log(self._values[position] / value)))

    def stepped(self, value: float, steps: int) -> float:
        if steps >= 0:
            position = bisect_right(self._values, value) - 1 + steps
        else:
            position = bisect_left(self._values, value) + steps
        return self._values[max(0, min(self.last, position))]


def _rounded(value: float, factor: float) -> float:
    """The nearest multiple of the largest 1, 2 or 5 times a power of ten that is no more than one notch."""
    notch = value * min(factor - 1, 1.0) * 1.05
    power = math.floor(math.log10(notch))
    step = next(digit for digit in (5, 2, 1) if digit <= notch / 10.0**power or digit == 1)
    # Multiplied out in decimal, so that the number is as one would write it.
    unit = Decimal(step).scaleb(power)
    return float(round(Decimal(value) / unit) * unit)

"""Times in words."""

from __future__ import annotations

from engine.contract.text.numerals import format_real
from engine.contract.text.text import Text

_UNITS = (
    (1e-3, 1e-6, Text("{value} µs")),
    (1.0, 1e-3, Text("{value} ms")),
    (120.0, 1.0, Text("{value} s")),
    (7200.0, 60.0, Text("{value} minutes")),
    (172_800.0, 3600.0, Text("{value} hours")),
    (float("inf"), 86_400.0, Text("{value} days")),
)


def duration(seconds: float, digits: int = 2) -> Text:
    """A time for people, two digits and a unit: 16 s, 1.8 days; one digit where it is measured and would waver."""
    divisor, words = next((unit, words) for limit, unit, words in _UNITS if seconds < limit)
    value = float(f"{seconds / divisor:.{digits}g}")
    return words(value=f"{value:.0f}" if value >= 10 else format_real(value, 2))

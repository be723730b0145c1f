"""The text colour of a widget, and arithmetic with colours."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtWidgets import QWidget

from gui.style.theme import theme


def write_in(widget: QWidget, color: str) -> None:
    """Set a widget's text colour; the rest of its palette stays."""
    palette = widget.palette()
    palette.setColor(widget.foregroundRole(), color)
    widget.setPalette(palette)


def use_secondary_ink(widget: QWidget) -> None:
    """Give a widget the colour of secondary text."""
    write_in(widget, theme().muted_text)


TEXT, MARK = 4.5, 3.0
"""The smallest contrast ratios of text and of marks to any background on which they stand (WCAG 2, level AA)."""


def blend(one: str, other: str, part: float) -> str:
    """The mix of two ``#rrggbb`` colours with the share ``part``, from 0 to 1, of the second one."""
    red, green, blue = [
        round(int(one[i : i + 2], 16) * (1 - part) + int(other[i : i + 2], 16) * part) for i in (1, 3, 5)
    ]
    return f"#{red:02x}{green:02x}{blue:02x}"


@lru_cache(maxsize=512)
def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colours, from 1 (alike) to 21 (black and white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    """The relative luminance of a ``#rrggbb`` colour, 0 to 1."""
    red, green, blue = linear_rgb(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear_rgb(color: str) -> tuple[float, float, float]:
    """Red, green and blue of a ``#rrggbb`` colour as linear light intensities (without gamma), from 0 to 1."""
    red, green, blue = (_linear(int(color[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

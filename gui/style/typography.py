"""One type scale, times the zoom: which font and how many pixels each kind of text gets."""

from __future__ import annotations

import math
from functools import cache
from typing import Literal

from PySide6.QtGui import QFont, QFontMetricsF

from gui.style.appearance import appearance
from gui.style.fonts import code_families, text_families
from gui.style.language import language

Role = Literal["text", "notes", "headline", "strong", "number", "code"]

# Pixels at zoom 1.
SIZES: dict[str, int] = {"text": 13, "notes": 11, "headline": 17, "strong": 13, "number": 13, "code": 13}

# What Ctrl + and Ctrl − go through.
ZOOM_STEPS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)

# Type that is read from the last row of a room is so much of the height of what is shown there.
_SHOWN = 1 / 40
_LEAST_SHOWN, _LARGEST_SHOWN, _STEP_SHOWN = 1.25, 6.0, 1.1

# A line of figures is at most so many capitals high.
_CAPITALS = 1.68

_TABULAR_ROLES = {"number", "headline", "notes"}
_zoom = 1.0
_presented: float | None = None
"""The zoom of a presentation while there is one."""


def font(role: Role) -> QFont:
    """The font of ``text``, ``notes``, ``headline``, ``strong``, ``number`` or ``code`` at the present zoom.

    Numbers, headlines and notes change while a run goes on, so their figures are all of one width.
    Raises ValueError for another role.
    """
    families = code_families() if role == "code" else text_families(language())
    return QFont(_made(role, families, _zoom, _presented))


@cache
def _made(role: Role, families: tuple[str, ...], usual: float, presented: float | None) -> QFont:
    """The font of these families at the present zoom; views ask for it with everything that they draw."""
    made = QFont()
    made.setPixelSize(pixels(role))
    made.setFamilies(list(families))
    if role == "strong":
        made.setWeight(QFont.Weight.DemiBold)
    if role == "code":
        made.setStyleHint(QFont.StyleHint.Monospace)
        made.setFixedPitch(True)
    if role in _TABULAR_ROLES:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def pixels(role: Role) -> int:
    """The height of a role's type in pixels at the present zoom; raises ValueError for an unknown role."""
    if role not in SIZES:
        raise ValueError(f"font role {role!r}: must be one of {', '.join(SIZES)}")
    # From afar there is no small type.
    return px(SIZES[role] if _presented is None else max(SIZES[role], SIZES["text"]))


def figures_height(role: Role) -> float:
    """The height of a line of figures; the lines of a Chinese font are higher than its letters need."""
    metrics = QFontMetricsF(font(role))
    return min(metrics.height(), _CAPITALS * metrics.capHeight())


def px(length: float) -> int:
    """A length in pixels at the present zoom, at least 1."""
    return max(1, round(length * (_zoom if _presented is None else _presented)))


def zoom() -> float:
    """The factor of all type and of lengths that follow it, 0.8 to 2.0; in a presentation more."""
    return _zoom if _presented is None else _presented


def set_zoom(factor: float) -> None:
    """Show everything at ``factor`` times its size; raises ValueError outside 0.8 to 2.0."""
    global _zoom
    # Written so that NaN is refused too.
    if not ZOOM_STEPS[0] <= factor <= ZOOM_STEPS[-1]:
        raise ValueError(f"zoom {factor}: must lie between {ZOOM_STEPS[0]} and {ZOOM_STEPS[-1]}")
    if factor != _zoom:
        _zoom = float(factor)
        appearance().announce_zoom()


def present(height: int | None) -> None:
    """Show everything so large on a screen of this height that it is read from the last row; None ends that."""
    _present_at(None if height is None else math.ceil(height * _SHOWN) / SIZES["text"])


def _present_at(factor: float | None) -> None:
    global _presented
    before, _presented = _presented, None if factor is None else min(_LARGEST_SHOWN, max(_LEAST_SHOWN, factor))
    if _presented != before:
        appearance().announce_zoom()


def shown_at(factor: float | None) -> float | None:
    """Present at a zoom, or with None not at all; gives what there was, to be put back."""
    before = _presented
    _present_at(factor)
    return before


def usual_zoom() -> float:
    """The zoom that there is beside a presentation, and again after it."""
    return _zoom


def zoom_in() -> None:
    """One step larger; at the largest, nothing."""
    if _presented is not None:
        _present_at(_presented * _STEP_SHOWN)
        return
    set_zoom(min((step for step in ZOOM_STEPS if step > _zoom), default=ZOOM_STEPS[-1]))


def zoom_out() -> None:
    """One step smaller; at the smallest, nothing."""
    if _presented is not None:
        _present_at(_presented / _STEP_SHOWN)
        return
    set_zoom(max((step for step in ZOOM_STEPS if step < _zoom), default=ZOOM_STEPS[0]))


def zoom_reset() -> None:
    """Back to the size that the program was drawn for; a presentation stays as large as it is."""
    set_zoom(1.0)

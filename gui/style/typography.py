"""The fonts and font sizes of the program: one size for each kind of text, times the zoom."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from engine.contract.language import CHINESE, language_of
from gui.style.appearance import appearance
from gui.style.language import language

SHIPPED_FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"

_LATIN = ("Segoe UI", "Noto Sans", "Inter", "Ubuntu", "Cantarell", "Open Sans", "Liberation Sans", "DejaVu Sans")
_CODE = ("Cascadia Mono", "Consolas", "SF Mono", "Menlo", "Noto Sans Mono", "DejaVu Sans Mono", "Liberation Mono")


@lru_cache(maxsize=8)
def text_families(language: str) -> tuple[str, ...]:
    """The font families for text in ``language``, best first. A QApplication must exist.

    Chinese and Japanese begin with a family of their own: quotation marks and … have the same code points as in English
    but are full-width there, and characters that both languages have differ in shape. English begins with a Latin
    family.
    """
    latin = _first_installed(_LATIN, QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family())
    return tuple(dict.fromkeys(family for family in (own_family(language), latin, own_family(CHINESE)) if family))


@lru_cache(maxsize=8)
def code_families(language: str) -> tuple[str, ...]:
    """The font families for program code with comments in ``language``. A QApplication must exist."""
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    families = _first_installed(_CODE, fixed), own_family(language), own_family(CHINESE)
    return tuple(dict.fromkeys(family for family in families if family))


@lru_cache(maxsize=8)
def own_family(language: str) -> str:
    """The font family for a language's own script: an installed one, otherwise the program's own font file, loaded
    here.

    "" if the script is Latin, or if neither exists.
    """
    record = language_of(language)
    script = getattr(QFontDatabase.WritingSystem, record.writing_system, None)
    installed = [] if script is None else QFontDatabase.families(script)
    if installed:
        return _first_installed(record.families, installed[0])
    if not record.font:
        return ""
    number = QFontDatabase.addApplicationFont(str(SHIPPED_FONTS / record.font))
    loaded = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return loaded[0] if loaded else ""


def _first_installed(wanted: tuple[str, ...], otherwise: str) -> str:
    # Asked by name: where a family is missing, Qt on Linux would take whatever fontconfig thinks is like it.
    installed = set(QFontDatabase.families())
    return next((family for family in wanted if family in installed), otherwise)


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
"""The zoom of a presentation; None outside a presentation."""


def font(role: Role) -> QFont:
    """The font of ``text``, ``notes``, ``headline``, ``strong``, ``number`` or ``code`` at the present zoom.

    Numbers, headlines and notes change while a run goes on, so their digits are all of one width. Raises ValueError for
    another role.
    """
    families = code_families(language()) if role == "code" else text_families(language())
    return QFont(_made(role, families, _zoom, _presented))


@cache
def _made(role: Role, families: tuple[str, ...], usual: float, presented: float | None) -> QFont:
    """A font of these families at the present zoom, cached: views ask for one at every painting."""
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
    """The font size of a role in pixels at the present zoom; raises ValueError for an unknown role."""
    if role not in SIZES:
        raise ValueError(f"font role {role!r}: must be one of {', '.join(SIZES)}")
    # From afar there is no small type.
    return px(SIZES[role] if _presented is None else max(SIZES[role], SIZES["text"]))


def figures_height(role: Role) -> float:
    """The height of a line of digits; the lines of a Chinese font are higher than digits need."""
    metrics = QFontMetricsF(font(role))
    return min(metrics.height(), _CAPITALS * metrics.capHeight())


def px(length: float) -> int:
    """A length in pixels at the present zoom, at least 1."""
    return max(1, round(length * (_zoom if _presented is None else _presented)))


def zoom() -> float:
    """The present factor of font sizes and of lengths: 0.8 to 2.0, in a presentation more."""
    return _zoom if _presented is None else _presented


def set_zoom(factor: float) -> None:
    """Set the factor of font sizes and of lengths; raises ValueError outside 0.8 to 2.0."""
    global _zoom
    # Written so that NaN is refused too.
    if not ZOOM_STEPS[0] <= factor <= ZOOM_STEPS[-1]:
        raise ValueError(f"zoom {factor}: must lie between {ZOOM_STEPS[0]} and {ZOOM_STEPS[-1]}")
    if factor != _zoom:
        _zoom = float(factor)
        appearance().announce_zoom()


def present(height: int | None) -> None:
    """Begin a presentation: enlarge everything so that it can be read from the last row of a room, on a screen
    ``height`` pixels high. None ends it.
    """
    _present_at(None if height is None else math.ceil(height * _SHOWN) / SIZES["text"])


def _present_at(factor: float | None) -> None:
    global _presented
    before, _presented = _presented, None if factor is None else min(_LARGEST_SHOWN, max(_LEAST_SHOWN, factor))
    if _presented != before:
        appearance().announce_zoom()


def shown_at(factor: float | None) -> float | None:
    """Present at a zoom, or with None end the presentation; returns the former argument, with which it can be
    restored.
    """
    before = _presented
    _present_at(factor)
    return before


def usual_zoom() -> float:
    """The zoom outside a presentation, and again after it."""
    return _zoom


def zoom_in() -> None:
    """Zoom in by one step, unless at the largest zoom."""
    if _presented is not None:
        _present_at(_presented * _STEP_SHOWN)
        return
    set_zoom(min((step for step in ZOOM_STEPS if step > _zoom), default=ZOOM_STEPS[-1]))


def zoom_out() -> None:
    """Zoom out by one step, unless at the smallest zoom."""
    if _presented is not None:
        _present_at(_presented / _STEP_SHOWN)
        return
    set_zoom(max((step for step in ZOOM_STEPS if step < _zoom), default=ZOOM_STEPS[0]))


def zoom_reset() -> None:
    """Reset the zoom to 1; that of a presentation stays."""
    set_zoom(1.0)

"""A stage of one fixed size, drawn with fonts that are the same on every computer, and what else a picture hangs on."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest import mock

from PySide6.QtCore import QEvent, qVersion
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.contract.language import CHINESE
from gui.export.offscreen import application
from gui.stage.view import View
from gui.style.language import language, set_language
from gui.style.theme import apply_to, set_theme, theme
from gui.style.typography import set_zoom, zoom
from tools.font_subset import SUBSETS

SIZE = (900, 560)
LATIN_FONT = Path(__file__).parent / "fonts" / "LayerwiseTestSans.ttf"
"""A subset of DejaVu Sans: wide as Latin fonts go, so that words that fit here fit elsewhere."""


def facts() -> dict[str, str]:
    """What pictures hang on beside the program: with other facts a difference need not be a fault."""
    return {"system": sys.platform, "machine": platform.machine(), "qt": qVersion()}


@contextmanager
def own_fonts() -> Iterator[None]:
    """Text in the fonts of this repository, whatever else is installed."""
    latin, own = _family(LATIN_FONT), {one.language: _family(one.path) for one in SUBSETS}
    chinese = own[CHINESE]

    def families(code: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys((own.get(code, latin), latin, chinese)))

    with mock.patch.multiple(
        "gui.style.typography",
        text_families=families,
        code_families=lambda code: tuple(dict.fromkeys((latin, *families(code)))),
    ):
        apply_to(application())
        yield
    apply_to(application())


@contextmanager
def appearance(language_code: str, theme_name: str, factor: float) -> Iterator[None]:
    """Language, theme and zoom in the meantime."""
    before = language(), theme().name, zoom()
    _appear(language_code, theme_name, factor)
    try:
        yield
    finally:
        _appear(*before)


@contextmanager
def shown(view: View, size: tuple[int, int]) -> Iterator[View]:
    """A view that is shown, and gone afterwards."""
    view.resize(*size)
    view.show()
    QTest.qWait(0)
    try:
        yield view
    finally:
        # Deleted now: an item that outlives its view would be drawn with the next one's words.
        view.close()
        view.deleteLater()
        QApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete)


def _appear(language_code: str, theme_name: str, factor: float) -> None:
    set_language(language_code)
    set_theme(theme_name)
    set_zoom(factor)


@cache
def _family(path: Path) -> str:
    number = QFontDatabase.addApplicationFont(str(path))
    return QFontDatabase.applicationFontFamilies(number)[0]

"""Figures without a window: a new view is drawn with a given size, theme and language."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from engine.export.record import Export
from gui.export.figure import Figure, stage_size, words_heights
from gui.stage.view import View
from gui.style.language import language, set_language
from gui.style.running import running_application
from gui.style.theme import apply_to, set_theme, theme
from gui.style.typography import set_zoom, shown_at, usual_zoom
from gui.views import load_view


def application() -> QApplication:
    """The Qt application; if there is none, it is created and styled. QT_QPA_PLATFORM must be set before."""
    if isinstance(QApplication.instance(), QApplication):
        return running_application()
    made = running_application(["Layerwise"])
    if sys.platform == "win32":
        _bring_system_fonts()
    apply_to(made)
    return made


def _bring_system_fonts() -> None:
    """Load the fonts that the window uses: without a screen, Qt does not find the fonts of Windows."""
    for name in ("segoeui", "seguisb", "segoeuib", "seguisym", "consola", "consolab", "msyh", "msyhbd"):
        for path in (Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "Fonts").glob(f"{name}.tt?"):
            QFontDatabase.addApplicationFont(str(path))


@contextmanager
def figure_of(export: Export, size: tuple[int, int], theme_name: str, captions: Sequence[str] = ()) -> Iterator[Figure]:
    """Context manager of a figure of ``size`` pixels. At its end the view is deleted, and theme, language and zoom are
    restored.

    The figure has room for the longest of ``captions`` too. KeyError for an experiment without a view.
    """
    with _appearance(export.language, theme_name):
        room = max((words_heights(size[0], "", caption)[1] for caption in captions), default=0)
        stage = stage_size(QSize(*size), export.title, export.caption, room)
        with _drawn(export, stage) as view:
            yield Figure(view, export.title, export.caption, room)


@contextmanager
def stage_of(export: Export, size: tuple[int, int], theme_name: str) -> Iterator[View]:
    """Context manager of a view whose stage has ``size`` pixels, without title and caption; otherwise like
    ``figure_of``.
    """
    with _appearance(export.language, theme_name), _drawn(export, QSize(*size)) as view:
        view.for_export(True)
        yield view


@contextmanager
def _appearance(language_code: str, theme_name: str) -> Iterator[None]:
    before = language(), theme().name, usual_zoom()
    set_language(language_code)
    set_theme(theme_name)
    presented = shown_at(None)
    set_zoom(1.0)
    try:
        yield
    finally:
        set_language(before[0])
        set_theme(before[1])
        set_zoom(before[2])
        shown_at(presented)


@contextmanager
def _drawn(export: Export, size: QSize) -> Iterator[View]:
    view = load_view(export.experiment.id)(export.experiment)
    try:
        # Laid out like a window, but none is opened.
        view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        view.resize(size)
        view.draw(export.params, export.frame)
        view.grab()
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        yield view
    finally:
        # Deleted now, with no event loop to do it later: an item that outlives the application crashes the exit.
        view.close()
        view.deleteLater()
        QApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete)

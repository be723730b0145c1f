"""The dialog of the page to print: the chapter, and optionally a name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.contract.catalogue import chapters
from engine.contract.text import Text, notation
from gui.learner.printed.document import SUFFIXES
from gui.style.language import translate
from gui.window.dialogs import NameDialog, ask_where_to_save

_TITLE = Text("Page to print")
_ABOUT = Text("Your answers, goals, exercises and tests on one page, as HTML or PDF.")
_CHAPTER, _ALL = Text("Chapter"), Text("All chapters")
_FORMATS = notation("{html} (*.html);;{pdf} (*.pdf)")
_NAMED = notation("{number} {title}")


class PageDialog(NameDialog):
    """Emits ``page_wanted(chapter, name)`` when the page is to be saved; the chapter is a number, or None for all."""

    page_wanted = Signal(object, str)

    def __init__(self, chapter: int | None, parent: QWidget | None = None) -> None:
        super().__init__(_TITLE, _ABOUT, parent=parent)
        self.chapter = QComboBox()
        self.chapter.setAccessibleName(translate(_CHAPTER))
        self.chapter.addItem(translate(_ALL), None)
        for one in chapters():
            self.chapter.addItem(translate(_NAMED(number=one.number, title=one.title)), one.number)
        self.chapter.setCurrentIndex(max(0, self.chapter.findData(chapter)))
        self.form.insertRow(0, translate(_CHAPTER), self.chapter)
        self.setTabOrder(self.chapter, self.name)
        self.wanted.connect(lambda name: self.page_wanted.emit(self.chapter.currentData(), name))


def ask_for_page(window: QWidget, start: Path) -> Path | None:
    """Ask for the file in which the page is to be saved, HTML or PDF; None if cancelled."""

    def completed(path: Path, chosen: str) -> Path:
        is_known = path.suffix.lower() in SUFFIXES
        return path if is_known else path.with_suffix(".pdf" if "pdf" in chosen else ".html")

    return ask_where_to_save(window, _TITLE, start, translate(_FORMATS(html="HTML", pdf="PDF")), completed)

"""The dialog for the page to print: which chapter, and optionally a name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.contract.catalogue import chapters
from engine.contract.text import Refused, Text, notation, path_words
from engine.export.writing import write_together
from gui.style.language import translate
from gui.window.dialogs import NameDialog

_TITLE = Text("Page to print")
_ABOUT = Text("Your answers, goals, exercises and tests on one page, as HTML or PDF.")
_CHAPTER, _ALL = Text("Chapter"), Text("All chapters")
_NAMED = notation("{number} {title}")


class PageDialog(NameDialog):
    """Emits ``page_wanted(chapter, name)`` when the page is to be saved; the chapter is None for all."""

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


SUFFIXES = (".html", ".pdf")
_UNKNOWN = Text("{path} has none of the suffixes {known}.")


def check_suffix(path: Path) -> None:
    """Raises ``Refused`` unless the suffix is that of a format in which the page can be saved."""
    if path.suffix.lower() not in SUFFIXES:
        raise Refused(_UNKNOWN(path=path_words(path), known=" ".join(SUFFIXES)))


def write_page(page: str, path: Path, language: str) -> None:
    """Write the HTML of a page to a file; ``Refused`` for an unknown suffix, or if writing fails. PDF needs a Qt
    application.
    """
    check_suffix(path)
    content = _pdf(page, language) if path.suffix.lower() == ".pdf" else page.encode()
    write_together({path: content})


def _pdf(page: str, language: str) -> bytes:
    # Only now: a page of HTML needs no more of Qt than the settings do.
    from gui.learner.printed.sheets import pdf_of

    return pdf_of(page, language)

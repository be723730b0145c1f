"""Asks what is to stand on the page to print: which chapter, and a name if somebody wants one on it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.contract.catalogue import chapters
from engine.contract.text.text import Text, notation
from gui.style.language import translate
from gui.window.name_dialog import NameDialog

_TITLE = Text("Page to print")
_ABOUT = Text("Your answers, goals, exercises and tests on one page, as HTML or PDF.")
_CHAPTER, _ALL = Text("Chapter"), Text("All chapters")
_NAMED = notation("{number} {title}")


class PageDialog(NameDialog):
    """``page_wanted(chapter, name)`` when it is to be saved; the chapter is None for all of them."""

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

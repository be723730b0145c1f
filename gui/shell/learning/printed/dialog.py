"""Asks what is to stand on the page to print: which chapter, and a name if somebody wants one on it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from engine.contract.catalogue import chapters
from engine.contract.text import Text
from gui.style.language import show
from gui.style.tokens import GRID
from gui.style.typography import font, scaled

_TITLE = Text("Page to print", "打印学习记录")
_ABOUT = Text(
    "Your answers, goals, exercises and tests on one page, as HTML or PDF.",
    "把回答、挑战、练习和测验写成一页，保存为 HTML 或 PDF。",
)
_CHAPTER, _ALL = Text("Chapter", "章"), Text("All chapters", "全部")
_NAMED = Text("{number} {title}", "{number} {title}")
_NAME = Text("Name", "姓名")
_NO_NAME = Text("may stay empty", "可以不填")
_SAVE, _CANCEL = Text("Save…", "保存…"), Text("Cancel", "取消")
_LONGEST_NAME = 80


class PageDialog(QDialog):
    """``wanted(chapter, name)`` when it is to be saved; the chapter is None for all of them."""

    wanted = Signal(object, str)

    def __init__(self, chapter: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(show(_TITLE))
        self.setFont(font("text"))
        about = QLabel(show(_ABOUT))
        about.setWordWrap(True)
        self.chapter, self.name = QComboBox(), QLineEdit()
        self.chapter.addItem(show(_ALL), None)
        for one in chapters():
            self.chapter.addItem(show(_NAMED(number=one.number, title=one.title)), one.number)
        self.chapter.setCurrentIndex(max(0, self.chapter.findData(chapter)))
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.setPlaceholderText(show(_NO_NAME))
        form = QFormLayout()
        self.chapter.setAccessibleName(show(_CHAPTER))
        form.addRow(show(_CHAPTER), self.chapter)
        form.addRow(show(_NAME), self.name)
        buttons = QDialogButtonBox()
        buttons.addButton(show(_SAVE), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(show(_CANCEL), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(about)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.setMinimumWidth(scaled(380))
        self.name.setFocus()

    def _save(self) -> None:
        self.accept()
        self.wanted.emit(self.chapter.currentData(), self.name.text())

"""Under a chapter's heading in the overview: what it taught, its test, and what came of that, quietly."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from engine.contract.text.text import Text
from gui.learner.records import TakenTest, last_result
from gui.style.foreground import write_in
from gui.style.language import translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

_SUMMARY = Text("In five sentences")
_TEST = Text("Test")
_UNDER_WAY = Text("Go on with the test")
_BEST = Text("Test · {right} of {all} at best")
_RESULT = Text("Last result")
_SUMMARY_TIP = Text("Chapter {number} in five sentences")
_TEST_TIP = Text("Eight questions about chapter {number}")
_RESULT_TIP = Text("What came of the last test over chapter {number}")


class ChapterLinks(QWidget):
    """``summary_wanted(chapter)``, ``test_wanted(chapter)`` and, once a test was finished, ``result_wanted(chapter)``;
    nothing is locked.
    """

    summary_wanted = Signal(int)
    test_wanted = Signal(int)
    result_wanted = Signal(int)

    def __init__(self, chapter: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chapter = chapter
        self._tests: Sequence[TakenTest] = ()
        self.summary, self.test, self.result = QPushButton(), QPushButton(), QPushButton()
        self.summary.clicked.connect(lambda: self.summary_wanted.emit(chapter))
        self.test.clicked.connect(lambda: self.test_wanted.emit(chapter))
        self.result.clicked.connect(lambda: self.result_wanted.emit(chapter))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for button in (self.summary, self.test, self.result):
            button.setFlat(True)
            row.addWidget(button)
        row.addStretch(1)
        self.restyle()

    def show_tests(self, tests: Sequence[TakenTest]) -> None:
        """The tests taken so far, the oldest first."""
        self._tests = tests
        self.restyle()

    def restyle(self) -> None:
        """Take fonts, colours and words from the style."""
        best = max((one for one in self._tests if one.is_finished), key=lambda one: one.count_right, default=None)
        words = _BEST(right=best.count_right, all=len(best.answers)) if best is not None else _TEST
        if self._tests and not self._tests[-1].is_finished:
            words = _UNDER_WAY
        self.result.setVisible(last_result(self._chapter, self._tests) is not None)
        named = (
            (self.summary, _SUMMARY, _SUMMARY_TIP), (self.test, words, _TEST_TIP), (self.result, _RESULT, _RESULT_TIP),
        )  # fmt: skip
        for button, text, tip in named:
            button.setFont(font("notes"))
            button.setText(translate(text))
            button.setToolTip(translate(tip(number=self._chapter)))
            button.setAccessibleDescription(button.toolTip())
            write_in(button, theme().accent)
            button.setMaximumHeight(px(28))

"""The source of the engine's functions, with the line being executed highlighted."""

from __future__ import annotations

import importlib
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QColor, QShowEvent, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QWidget

from engine.contract.experiment import CodeMark, Experiment
from engine.contract.text import Text
from gui.panels.code.highlighting import CodeRole, code_formats, lit_line, runs
from gui.panels.prose import ReadingText
from gui.style.appearance import appearance
from gui.style.language import translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px


@dataclass(frozen=True)
class Source:
    """The source of a function: ``text``, and its first ``line`` in ``file``, relative to the program's folder."""

    name: str
    file: str
    line: int
    text: str


@lru_cache(maxsize=256)
def source_of(function: Callable[..., object]) -> Source:
    """The source of a function, method or class; OSError if it is not available."""
    function = inspect.unwrap(function)
    module = function.__module__
    lines, first = inspect.getsourcelines(function)
    is_package = hasattr(importlib.import_module(module), "__path__")
    file = module.replace(".", "/") + ("/__init__.py" if is_package else ".py")
    return Source(function.__qualname__, file, max(1, first), textwrap.dedent("".join(lines)).rstrip("\n"))


NAME = Text("Code")
NOTHING = Text("No function of the engine is at work here.")
_PLACE = Text("{file}, line {line}")
_COMPARED = Text("{place} · for comparison, not run here")


class CodePanel(ReadingText):
    """One section for each function, headed by its file; text can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources: tuple[Source, ...] = ()
        self._at_work = 0
        self._first_blocks: list[int] = []
        self._mark: CodeMark | None = None
        self._stale = True
        # Code keeps its lines; what is longer than the panel is scrolled to.
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        appearance().changed.connect(self._rebuild_when_seen)

    def set_experiment(self, experiment: Experiment) -> None:
        """Show the functions that this experiment declares in ``code`` and ``code_for_comparison``."""
        self._sources = tuple(source_of(function) for function in (*experiment.code, *experiment.code_for_comparison))
        self._at_work = len(experiment.code)
        self._mark = None
        self._rebuild_when_seen()

    @property
    def shown(self) -> int:
        """The number of functions shown; 0 before the panel is first opened."""
        return len(self._first_blocks)

    def mark(self, mark: CodeMark | None) -> None:
        """Highlight the line that a ``CodeMark`` names by function and fragment, and scroll to it if necessary; None
        for none.
        """
        if mark != self._mark:
            self._mark = mark
            if self.isVisible() and not self._stale:
                self._light()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._rebuild()
        else:
            self._light()

    def _rebuild_when_seen(self) -> None:
        self._stale = True
        if self.isVisible():
            self._rebuild()

    def _rebuild(self) -> None:
        self._stale = False
        place = self.verticalScrollBar().value()
        self.setAccessibleName(translate(NAME))
        self.setFont(font("code"))
        self.setExtraSelections([])
        self.clear()
        self.document().setDocumentMargin(px(GRID))
        self._first_blocks = []
        if not self._sources:
            self.setFont(font("text"))
            self.setTextColor(QColor(theme().muted_text))
            self.setPlainText(translate(NOTHING))
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        formats = code_formats()
        for index, source in enumerate(self._sources):
            where = _PLACE(file=source.file, line=source.line)
            words = where if index < self._at_work else _COMPARED(place=where)
            self._insert(cursor, source, formats, words, first=index == 0)
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(place)
        self._light()

    def _insert(
        self, cursor: QTextCursor, source: Source, formats: dict[CodeRole, QTextCharFormat], words: Text, first: bool
    ) -> None:
        heading, lines = QTextBlockFormat(), QTextBlockFormat()
        heading.setTopMargin(0 if first else px(3 * GRID))
        heading.setBottomMargin(px(GRID // 2))
        if first:
            cursor.setBlockFormat(heading)
        else:
            cursor.insertBlock(heading)
        look = QTextCharFormat()
        look.setFont(font("notes"))
        look.setForeground(QBrush(QColor(theme().muted_text)))
        cursor.insertText(translate(words), look)
        cursor.insertBlock(lines, formats["plain"])
        self._first_blocks.append(cursor.blockNumber())
        for text, kind in runs(source.text):
            cursor.insertText(text, formats[kind])

    def _light(self) -> None:
        place = self._marked_block()
        if place is None:
            self.setExtraSelections([])
            return
        selection = lit_line(self.document().findBlockByNumber(place))
        self.setExtraSelections([selection])
        line = self.cursorRect(selection.cursor)
        if not self.viewport().rect().contains(QRect(0, line.top(), 1, line.height())):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + line.center().y() - self.viewport().height() // 2)

    def _marked_block(self) -> int | None:
        if self._mark is None:
            return None
        for source, first in zip(self._sources, self._first_blocks, strict=True):
            if self._mark.function in (source.name, source.name.rpartition(".")[2]):
                for offset, line in enumerate(source.text.splitlines()):
                    if self._mark.fragment in line:
                        return first + offset
        return None

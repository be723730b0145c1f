"""The engine's functions at work, as their real source, with the line of the moment lit."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QColor, QShowEvent, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QWidget

from engine.contract.experiment import CodeMark, Experiment
from engine.contract.text.text import Text
from gui.panels.code.code_formats import code_formats, lit_line
from gui.panels.code.highlighting import Kind, runs
from gui.panels.code.source_text import Source, source_of
from gui.panels.reading_text import ReadingText
from gui.style.appearance import appearance
from gui.style.language import translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

NAME = Text("Code")
NOTHING = Text("No function of the engine is at work here.")
_PLACE = Text("{file}, line {line}")
_COMPARED = Text("{place} · for comparison, not run here")


class CodePanel(ReadingText):
    """One section per function, headed by its file; text can be selected and copied."""

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
        """Show the functions that this experiment declares."""
        self._sources = tuple(source_of(function) for function in (*experiment.code, *experiment.code_for_comparison))
        self._at_work = len(experiment.code)
        self._mark = None
        self._rebuild_when_seen()

    @property
    def shown(self) -> int:
        """How many functions are to be read; 0 before the panel is first seen."""
        return len(self._first_blocks)

    def mark(self, mark: CodeMark | None) -> None:
        """Light a line, and scroll to it if it is out of sight; None lights none."""
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
        self, cursor: QTextCursor, source: Source, formats: dict[Kind, QTextCharFormat], words: Text, first: bool
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

"""The panel that shows how the selected value is computed: formulas with values inserted, aligned at the "="."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QBrush, QColor, QShowEvent, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QWidget

from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.text import Text
from engine.contract.working import WorkingStep
from gui.panels.prose import ReadingText
from gui.style.appearance import appearance
from gui.style.language import translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px, text_families

NAME = Text("Working")
NOTHING = Text("Nothing is to be worked out here.")

_LINE_HEIGHT = 130
_SMALL_POWER = re.compile(r"\^([23])(?![\d.])")

_LONG_PRODUCT = re.compile(r"\S{16,}")
_BREAK = "\N{ZERO WIDTH SPACE}"
"""A break opportunity for a line; it has no width, and is not copied."""

RowKind = Literal["formula", "numbers", "result", "note"]


@dataclass(frozen=True)
class Row:
    """A row of the panel: the text left of the equals sign, possibly empty, and the text right of it."""

    kind: RowKind
    text: str
    left: str = ""

    @property
    def lead(self) -> str:
        """The row up to ``text``: the left side, a tab, the equals sign and a tab; "" for a note."""
        return "" if self.kind == "note" else f"{self.left}\t=\t"


class WorkingPanel(ReadingText):
    """Shows each step of a computation: formula, arithmetic and result below one another, with its note under them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: tuple[Experiment, Params, Frame] | None = None
        self._rows: list[Row] = []
        self._stale = True
        self._look_is_stale = True
        appearance().changed.connect(self._appearance_changed)

    def show_snapshot(self, experiment: Experiment, params: Params, frame: Frame) -> None:
        """Show the working of a frame; done only while the panel is visible."""
        self._asked = (experiment, params, frame)
        self._refresh_when_seen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def createMimeDataFromSelection(self) -> QMimeData:
        made = QMimeData()
        made.setText(self.textCursor().selection().toPlainText().replace(_BREAK, ""))
        return made

    def _appearance_changed(self) -> None:
        self._look_is_stale = True
        self._refresh_when_seen()

    def _refresh_when_seen(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        self.setAccessibleName(translate(NAME))
        rows = [] if self._asked is None else _rows(self._asked[0].working(*self._asked[1:]))
        alike = [(row.kind, row.left) for row in rows] == [(row.kind, row.left) for row in self._rows]
        if self._look_is_stale or not rows or not alike:
            self._build(rows)
        else:
            self._update(rows)
        self._rows = rows

    def _build(self, rows: list[Row]) -> None:
        self._look_is_stale = False
        place = self.verticalScrollBar().value()
        self.setFont(font("number"))
        self.clear()
        self.document().setDocumentMargin(px(GRID))
        if not rows:
            self.setTextColor(QColor(theme().muted_text))
            self.setPlainText(translate(NOTHING))
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        sign = max(self.fontMetrics().horizontalAdvance(row.left) for row in rows) + px(GRID)
        text = sign + self.fontMetrics().horizontalAdvance("=") + px(GRID)
        for index, row in enumerate(rows):
            look = _block_format(row, index == 0, sign, text)
            if index == 0:
                cursor.setBlockFormat(look)
            else:
                cursor.insertBlock(look)
            cursor.insertText(row.left, _char_format("numbers"))
            cursor.insertText(row.lead.removeprefix(row.left), _char_format("formula"))
            cursor.insertText(row.text, _char_format(row.kind))
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(place)

    def _update(self, rows: list[Row]) -> None:
        """Replace the changed texts only, keeping the selection."""
        # One block of edits is laid out once, and only where something has changed.
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for index, (row, before) in enumerate(zip(rows, self._rows, strict=True)):
            if row != before:
                block = self.document().findBlockByNumber(index)
                cursor.setPosition(block.position() + len(row.lead))
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                cursor.insertText(row.text, _char_format(row.kind))
        cursor.endEditBlock()


def _rows(lines: tuple[WorkingStep, ...]) -> list[Row]:
    rows: list[Row] = []
    for line in lines:
        formula, numbers, note = (
            _breakable(typeset(line.formula())),
            _breakable(typeset(line.arithmetic())),
            translate(line.note),
        )
        rows.append(Row("formula", formula, line.left))
        # A line without letters is its own arithmetic.
        if numbers != formula:
            rows.append(Row("numbers", numbers))
        rows.append(Row("result", line.result_text()))
        if note:
            rows.append(Row("note", note))
    return rows


def typeset(expression: str) -> str:
    """An expression with √ instead of sqrt, and with ² and ³ instead of ^2 and ^3."""
    powers = _SMALL_POWER.sub(lambda match: "²" if match[1] == "2" else "³", expression)
    return powers.replace("sqrt(", "√(")


def _breakable(text: str) -> str:
    """A text in which long products may break after each ·; they have no spaces and would break within a number."""
    return _LONG_PRODUCT.sub(lambda match: match[0].replace("·", f"·{_BREAK}"), text)


def _char_format(kind: RowKind) -> QTextCharFormat:
    made = QTextCharFormat()
    wanted = font("notes" if kind == "note" else "number")
    if kind != "note":
        # Formulas are the same in every language; a Chinese font would set the · of a product as wide as a word.
        wanted.setFamilies(list(text_families("en")))
    if kind == "result":
        wanted.setWeight(font("strong").weight())
    made.setFont(wanted)
    made.setForeground(QBrush(QColor(theme().muted_text if kind in ("note", "formula") else theme().text)))
    return made


def _block_format(row: Row, first: bool, sign: int, text: int) -> QTextBlockFormat:
    """Tab stops at the equals sign and at the text; wrapped lines continue below the text."""
    made = QTextBlockFormat()
    made.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    made.setLeftMargin(text)
    if row.kind != "note":
        made.setTextIndent(-text)
        made.setTabPositions([QTextOption.Tab(place, QTextOption.TabType.LeftTab) for place in (sign, text)])
    if row.kind == "formula" and not first:
        made.setTopMargin(px(GRID))
    return made

"""The arithmetic of what is selected, with the numbers put in, line under line at the same sign of equality."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QShowEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QWidget

from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.text import Text
from engine.contract.working import Line
from gui.shell.panels.reading_text import ReadingText
from gui.style.appearance import appearance
from gui.style.language import show
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import Role, font, scaled

NAME = Text("Working", "演算")
NOTHING = Text("Nothing is to be worked out here.", "这里没有要演算的算式。")

_LINE_HEIGHT = 130
Cell = tuple[str, str]
"""What stands in a cell, and what it is: left, sign, formula, numbers, result, note."""


class WorkingPanel(ReadingText):
    """Each line of the working as formula, numbers and result below one another, and a note under them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: tuple[Experiment, Params, Frame] | None = None
        self._rows: list[tuple[Cell, ...]] = []
        self._table: QTextTable | None = None
        self._stale = True
        self._look_is_stale = True
        appearance().changed.connect(self._appearance_changed)

    def show_snapshot(self, experiment: Experiment, params: Params, frame: Frame) -> None:
        """Show the working of a frame; done only once somebody can see it."""
        self._asked = (experiment, params, frame)
        self._refresh_when_seen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def _appearance_changed(self) -> None:
        self._look_is_stale = True
        self._refresh_when_seen()

    def _refresh_when_seen(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        self.setAccessibleName(show(NAME))
        rows = [] if self._asked is None else _rows(self._asked[0].working(*self._asked[1:]))
        same_kinds = [[kind for _, kind in row] for row in rows] == [[kind for _, kind in row] for row in self._rows]
        if self._look_is_stale or not same_kinds or not rows:
            self._build(rows)
        else:
            self._update(rows)
        self._rows = rows

    def _build(self, rows: list[tuple[Cell, ...]]) -> None:
        self._look_is_stale = False
        place = self.verticalScrollBar().value()
        self.setFont(font("number"))
        self.clear()
        self.document().setDocumentMargin(scaled(GRID))
        self._table = None
        if not rows:
            self.setTextColor(QColor(theme().muted_text))
            self.setPlainText(show(NOTHING))
            return
        look = QTextTableFormat()
        look.setBorder(0)
        look.setCellSpacing(0)
        look.setCellPadding(0)
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        fixed, rest = QTextLength.Type.FixedLength, QTextLength.Type.PercentageLength
        left = max(self.fontMetrics().horizontalAdvance(row[0][0]) for row in rows) + scaled(2)
        sign = self.fontMetrics().horizontalAdvance("=") + scaled(2 * GRID)
        look.setColumnWidthConstraints([QTextLength(fixed, left), QTextLength(fixed, sign), QTextLength(rest, 100)])
        self._table = self.textCursor().insertTable(len(rows), 3, look)
        for place_in_table, row in enumerate(rows):
            for column, (text, kind) in enumerate(row):
                cursor = self._table.cellAt(place_in_table, column).firstCursorPosition()
                cursor.setBlockFormat(_block_format(kind, column))
                cursor.setBlockCharFormat(_char_format(kind))
                cursor.insertText(text, _char_format(kind))
        self.verticalScrollBar().setValue(place)

    def _update(self, rows: list[tuple[Cell, ...]]) -> None:
        """Put the changed cells in, and leave the rest and the selection alone."""
        for place, (row, before) in enumerate(zip(rows, self._rows, strict=True)):
            for column, (cell, old) in enumerate(zip(row, before, strict=True)):
                if cell != old:
                    cursor = self._table.cellAt(place, column).firstCursorPosition()
                    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                    cursor.insertText(cell[0], _char_format(cell[1]))


def _rows(lines: tuple[Line, ...]) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        formula, numbers = line.formula(), line.arithmetic()
        rows.append(((line.left, "left"), ("=", "first"), (formula, "formula")))
        # A line without letters is its own arithmetic.
        if numbers != formula:
            rows.append((("", "left"), ("=", "sign"), (numbers, "numbers")))
        rows.append((("", "left"), ("=", "sign"), (line.result_text(), "result")))
        note = show(line.note)
        if note:
            rows.append((("", "left"), ("", "sign"), (note, "note")))
    return rows


def _char_format(kind: str) -> QTextCharFormat:
    roles: dict[str, Role] = {"note": "notes", "result": "number"}
    made = QTextCharFormat()
    wanted = font(roles.get(kind, "number"))
    if kind == "result":
        wanted.setWeight(font("strong").weight())
    made.setFont(wanted)
    muted = kind in ("note", "sign", "first", "formula")
    made.setForeground(QBrush(QColor(theme().muted_text if muted else theme().text)))
    return made


def _block_format(kind: str, column: int) -> QTextBlockFormat:
    made = QTextBlockFormat()
    # A new line of the working begins with its formula; the cells beside it stand on the same height.
    begins = kind in ("formula", "first") or (kind == "left" and column == 0)
    made.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    made.setAlignment((Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignLeft)[column])
    made.setTopMargin(scaled(GRID) if begins and column else 0)
    return made

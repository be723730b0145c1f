"""The code editor: line numbers, highlighting, four spaces for Tab, a highlighted line, change marks."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
)  # fmt: skip
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from engine.contract.text import Refused, Text
from engine.exercises.exercise import LONGEST_SOURCE
from gui.panels.code.highlighting import lit_line
from gui.panels.code.seen_code import SeenCode
from gui.style.appearance import appearance, connect_while_visible
from gui.style.language import translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

_NAME = Text("Your code")
KEYS = Text("While you write, Tab indents; Escape, then Tab, leaves the code. Ctrl+Enter checks.")
TOO_LONG = Text("The code would have {size:,} characters; at most {most:,} are allowed. Nothing was changed.")
_INDENT, _BAR = 4, 3
_COMPARED = 20_000
"""The most pairs of an old and a new line that are compared. Beyond that, every new line between the common beginning
and the common end counts as changed.
"""
_BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_AWAY_A_MOMENT = (
    Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason,
)  # fmt: skip
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class CodeEditor(QPlainTextEdit):
    """A plain text editor for code with undo of its own; emits ``check_wanted`` on Ctrl+Enter. Pastes plain text only.

    Its length is limited to that of a file: ``refused(text)`` says why a paste or key was refused. After the editor was
    focused by keyboard, Tab and Shift+Tab leave it again; after any other key or a click they indent.
    """

    check_wanted = Signal()
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_leaving = self._is_passing = False
        self._lit: int | None = None
        self._before: list[list[str]] = []
        self._changed: frozenset[int] = frozenset()
        self._numbers = _Numbers(self)
        self._seen = SeenCode(self)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._scrolled)
        self.textChanged.connect(lambda: self.light(None))
        self.textChanged.connect(self._compare)
        self.textChanged.connect(self._look)
        self.verticalScrollBar().valueChanged.connect(self._look)
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)

    @property
    def source(self) -> str:
        """The text, with exactly one line end at its end."""
        return self.toPlainText().rstrip() + "\n"

    def setPlainText(self, source: str) -> None:
        """Set the text; ``Refused`` if it is too long."""
        if len(source.rstrip()) >= LONGEST_SOURCE:
            raise Refused(TOO_LONG(size=len(source), most=LONGEST_SOURCE))
        super().setPlainText(source)

    def replace_with(self, source: str) -> None:
        """Replace the whole text as one change, which undo takes back."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(source.rstrip())

    def light(self, line: int | None) -> None:
        """Highlight a line, counted from 1, and scroll to it; None for none."""
        self._lit = line
        block = self.document().findBlockByNumber(line - 1) if line is not None else None
        if block is None or not block.isValid():
            self.setExtraSelections([])
            return
        selection = lit_line(block)
        self.setExtraSelections([selection])
        if not self.rect().contains(self.cursorRect(selection.cursor)):
            self.setTextCursor(selection.cursor)

    def mark_changes(self, before: Sequence[str]) -> None:
        """Mark the lines that differ from the most similar of the sources ``before``; none removes the marks."""
        self._before = [one.rstrip().split("\n") for one in before]
        self._compare()

    @property
    def changed(self) -> frozenset[int]:
        """The lines marked as changed, counted from 1; for removed lines, the one above."""
        return self._changed

    def go_to_first_gap(self) -> None:
        """Place the cursor after the first docstring without code below it."""
        lines = self.toPlainText().split("\n")
        for number, (line, following) in enumerate(pairwise([*lines, ""])):
            if line.endswith('"""') and not following.strip() and lines[number - 1].lstrip().startswith("def"):
                cursor = QTextCursor(self.document().findBlockByNumber(number))
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
                self.setTextCursor(cursor)
                # The code is to be read first: a long docstring would hide the beginnings of all lines.
                self.horizontalScrollBar().setValue(0)
                return

    @property
    def lit(self) -> int | None:
        """The highlighted line; None if there is none."""
        return self._lit

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.key() == Qt.Key.Key_Escape or is_enter:
                event.accept()  # these are the editor's, whatever the window does with them elsewhere
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        leaving, self._is_leaving = self._is_leaving, key == Qt.Key.Key_Escape
        leaving = leaving or self._is_passing or self.isReadOnly()
        self._is_passing = self._is_passing and key in (*_TABS, *_HELD)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.check_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            event.accept()
        elif key in _TABS and leaving:
            self.setTabChangesFocus(True)  # otherwise it refuses to let go
            self.focusNextPrevChild(key == Qt.Key.Key_Tab)
            self.setTabChangesFocus(False)
        elif key == Qt.Key.Key_Tab:
            self._indent(1)
        elif key == Qt.Key.Key_Backtab:
            self._indent(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._new_line()
        elif key == Qt.Key.Key_Home and not control:
            self._go_home(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Backspace and not control and self._is_before_code():
            self._indent(-1)
        elif control or not event.text().isprintable() or self._has_room(len(event.text())):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self._has_room(len(event.commitString()) - event.replacementLength()):
            super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self._has_room(len(source.text())):
            super().insertFromMimeData(source)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in _AWAY_A_MOMENT:
            self._is_passing = event.reason() in _BY_KEYS

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_passing = False
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(QRect(inside.left(), inside.top(), self.width_of_numbers(), inside.height()))
        self._look()

    def width_of_numbers(self) -> int:
        """The width of the line numbers' column."""
        digits = max(2, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * digits + 2 * px(GRID // 2)

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Paint the column of line numbers."""
        with QPainter(self._numbers) as painter:
            painter.fillRect(event.rect(), QColor(theme().raised))
            painter.setFont(self.font())
            block, offset = self.firstVisibleBlock(), self.contentOffset()
            while block.isValid():
                place = self.blockBoundingGeometry(block).translated(offset)
                if place.top() > event.rect().bottom():
                    return
                lit = self._lit == block.blockNumber() + 1
                if block.blockNumber() + 1 in self._changed:
                    bar = QRect(0, round(place.top()), px(_BAR), round(place.height()))
                    painter.fillRect(bar, QColor(theme().accent))
                painter.setPen(QColor(theme().accent if lit else theme().muted_text))
                painter.drawText(
                    QRect(0, round(place.top()), self.width_of_numbers() - px(GRID // 2), round(place.height())),
                    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(block.blockNumber() + 1),
                )  # fmt: skip
                block = block.next()

    def _has_room(self, more: int) -> bool:
        """Whether ``more`` characters may replace the selection; emits ``refused`` if not."""
        cursor = self.textCursor()
        size = len(self.toPlainText()) - (cursor.selectionEnd() - cursor.selectionStart()) + more
        if more <= 0 or size < LONGEST_SOURCE or self.isReadOnly():
            return True
        self.refused.emit(TOO_LONG(size=size + 1, most=LONGEST_SOURCE))
        return False

    def _compare(self) -> None:
        if not self._before and not self._changed:
            return
        now = self.source.rstrip().split("\n")
        self._changed = min((_changed_lines(one, now) for one in self._before), key=len, default=frozenset())
        self._numbers.update()

    def _look(self) -> None:
        """Highlight the visible code."""
        first, line = self.firstVisibleBlock(), self.fontMetrics().lineSpacing()
        self._seen.show(self.toPlainText(), first, self.viewport().height() // max(1, line) + 2)

    def _is_before_code(self) -> bool:
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        return not cursor.hasSelection() and bool(before) and not before.strip()

    def _go_home(self, choosing: bool) -> None:
        """Move to the first character of the line's code, and from there to the line's start."""
        cursor = self.textCursor()
        line = cursor.block().text()
        code = len(line) - len(line.lstrip(" "))
        to = cursor.block().position() + (0 if cursor.positionInBlock() == code else code)
        cursor.setPosition(to, QTextCursor.MoveMode.KeepAnchor if choosing else QTextCursor.MoveMode.MoveAnchor)
        self.setTextCursor(cursor)

    def _indent(self, direction: int) -> None:
        """Indent or unindent the selected lines, or the current one, by one step."""
        cursor = self.textCursor()
        if direction > 0 and not cursor.hasSelection():
            spaces = _INDENT - cursor.positionInBlock() % _INDENT
            if self._has_room(spaces):
                cursor.insertText(" " * spaces)
            return
        first = self.document().findBlock(cursor.selectionStart())
        last = self.document().findBlock(max(cursor.selectionStart(), cursor.selectionEnd() - 1))
        chosen = cursor.selectionEnd() - cursor.selectionStart()
        lines = last.blockNumber() - first.blockNumber() + 1
        if direction > 0 and not self._has_room(chosen + _INDENT * lines):
            return
        editing = QTextCursor(self.document())
        editing.beginEditBlock()
        for number in range(first.blockNumber(), last.blockNumber() + 1):
            block = self.document().findBlockByNumber(number)
            editing.setPosition(block.position())
            spaces = len(block.text()) - len(block.text().lstrip(" "))
            if direction > 0:
                editing.insertText(" " * _INDENT)
            elif spaces:
                less = (spaces - 1) % _INDENT + 1
                editing.setPosition(block.position() + less, QTextCursor.MoveMode.KeepAnchor)
                editing.removeSelectedText()
        editing.endEditBlock()

    def _new_line(self) -> None:
        cursor = self.textCursor()
        line = cursor.block().text()[: cursor.positionInBlock()]
        spaces = len(line) - len(line.lstrip(" "))
        deeper = _INDENT if line.rstrip().endswith(":") else 0
        if not self._has_room(1 + spaces + deeper):
            return
        cursor.insertText("\n" + " " * (spaces + deeper))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _make_room(self) -> None:
        if self.viewportMargins().left() != self.width_of_numbers():
            self.setViewportMargins(self.width_of_numbers(), 0, 0, 0)
        self._numbers.update()

    def _scrolled(self, rect: QRect, down: int) -> None:
        if down:
            self._numbers.scroll(0, down)
        else:
            self._numbers.update(0, rect.y(), self._numbers.width(), rect.height())

    def _restyle(self) -> None:
        self.setFont(font("code"))
        self.document().setDocumentMargin(px(GRID // 2))
        self.setAccessibleName(translate(_NAME))
        self.setAccessibleDescription(translate(KEYS))
        self.setToolTip(translate(KEYS))
        self._seen.restyle()
        self._look()
        self._make_room()
        self.light(self._lit)


class _Numbers(QWidget):
    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        return QSize(self._editor.width_of_numbers(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._editor.paint_numbers(event)


def _changed_lines(before: list[str], now: list[str]) -> frozenset[int]:
    alike = _alike(before, now)
    before, now = before[alike:], now[alike:]
    behind = _alike(before[::-1], now[::-1])
    before, now = before[: len(before) - behind], now[: len(now) - behind]
    if len(before) * len(now) > _COMPARED:
        return frozenset(range(alike + 1, alike + len(now) + 1))
    changed: set[int] = set()
    for kind, _, _, first, last in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if kind != "equal":
            changed |= set(range(alike + first + 1, alike + last + 1)) or {max(1, alike + first)}
    return frozenset(changed)


def _alike(some: list[str], others: list[str]) -> int:
    """The number of equal lines at the beginning of both lists."""
    count = 0
    for one, other in zip(some, others, strict=False):
        if one != other:
            break
        count += 1
    return count

"""The search: a field in the top bar, the list of results below it, and the keys for both."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from engine.contract.text import Text
from engine.search.entry import KINDS, Entry
from gui.form.widgets.line_box import LineBox
from gui.spoken.spoken import say
from gui.style.appearance import appearance
from gui.style.icons import icon
from gui.style.language import language, translate
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window import words
from gui.window.found_list import FoundLine, FoundList

if TYPE_CHECKING:
    from engine.search.index import Index

_WHAT = Text("Experiments, questions, parameters, terms, commands")
_NOTHING = Text("Nothing here is called “{query}”.")
_FOUND_ONE = Text("One found: {first}")
_FOUND = Text("{count} found, first {first}")
_LISTED = Text("What was found")
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}
_DOES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_QUIET = 600
"""Milliseconds without a key press after which screen readers are told the number of results and the first."""
_WIDE, _NARROW, _SHARE = 240, 96, 0.22
"""Maximum and minimum width of the field in pixels at 100 % zoom, and its fraction of the top bar's width between."""
_SIGN = 16
LONGEST = 200
"""Maximum number of characters of a query."""


class Goes(Protocol):
    """Protocol of the object that opens a search result or executes a found command (see ``Going``)."""

    def place(self, entry: Entry) -> str:
        """The text at the right of the result's line: its shortcut, or where it is."""

    def is_possible(self, entry: Entry) -> bool:
        """Whether the result can be shown or executed at present."""

    def go(self, entry: Entry) -> None:
        """Show what the result stands for, or execute it if it is a command."""


class SearchField(LineBox):
    """The line edit of the search. ``entered()`` and ``left()`` are emitted when it gets and loses the keyboard focus.

    Keys for the list of results: ``stepped(by)`` for arrows and Page Up/Down, ``done()`` for Enter, ``given_up()`` for
    Escape.
    """

    entered = Signal()
    left = Signal()
    stepped = Signal(int)
    done = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST)
        self._sign = icon("search")
        self.restyle()
        appearance().changed.connect(self.restyle)

    def take_room(self, width: int) -> None:
        """Set the field's width for a top bar that is ``width`` pixels wide."""
        self.setFixedWidth(min(px(_WIDE), max(px(_NARROW), round(_SHARE * width))))

    def restyle(self) -> None:
        """Apply the style's font and icon and the language in use."""
        self.setFont(font("text"))
        self._sign = icon("search")
        self.setTextMargins(px(_SIGN + GRID // 2), 0, 0, 0)
        self.setPlaceholderText(translate(words.SEARCH))
        self.setToolTip(f"{translate(_WHAT)} (Ctrl+Shift+P, /)")
        self.setAccessibleName(translate(words.SEARCH))
        self.setAccessibleDescription(translate(_WHAT))
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = px(_SIGN)
        with QPainter(self) as painter:
            self._sign.paint(painter, px(GRID) // 2, (self.height() - side) // 2, side, side)

    def event(self, event: QEvent) -> bool:
        # A key comes twice, first to ask whether it is a shortcut of the window: Escape and Page Down are elsewhere.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._is_own(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in _DOES:
            self.done.emit()
        else:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A menu over the field is not leaving it.
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _is_own(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and (event.key() == Qt.Key.Key_Escape or event.key() in (*_DOES, *_STEPS))


class Search(QObject):
    """Searches for the text typed into the field, lists the results and carries out the one that is chosen.
    ``closed()`` is emitted when the field loses the keyboard focus and the list is hidden.

    ``entries()`` returns all that can be found; it is called when the field first gets the focus. ``here()`` returns
    the id of the visible experiment, whose entries come first among equally good results.
    """

    closed = Signal()

    def __init__(
        self,
        window: QWidget,
        field: SearchField,
        entries: Callable[[], list[Entry]],
        here: Callable[[], str],
        goes: Goes,
    ) -> None:
        super().__init__(window)
        self.field, self._entries, self._here, self._goes = field, entries, here, goes
        self.list = FoundList(window)
        self.list.chosen.connect(self._do)
        self._index: Index | None = None
        self._before: QWidget | None = None
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(_QUIET)
        self._telling.timeout.connect(self._tell)
        field.textChanged.connect(self._look)
        field.entered.connect(self._entered)
        field.left.connect(self._close)
        field.stepped.connect(self._step)
        field.done.connect(self._do)
        field.given_up.connect(self.give_up)
        window.installEventFilter(self)
        self._restyle()
        appearance().changed.connect(self._restyle)

    @property
    def index(self) -> Index:
        """The search index of all entries, built on first use."""
        if self._index is None:
            from engine.search.index import Index

            self._index = Index(self._entries())
        return self._index

    def look_anew(self) -> None:
        """Rebuild the index, since the entries have changed, and update the results."""
        self._index = None
        self._look()

    def open(self) -> None:
        """Give the field the keyboard focus and select its text."""
        focused = QApplication.focusWidget()
        if focused is not self.field:
            self._before = focused
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._look()

    def give_up(self) -> None:
        """Close the search and restore the keyboard focus to the widget that had it before ``open``."""
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.field.clearFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.list.isVisible():
            self._place()
        return False

    def _entered(self) -> None:
        # The field is to be seen with its cursor before the index is made.
        QTimer.singleShot(0, self, lambda: self.index)
        self._look()

    def _look(self) -> None:
        typed = self.field.text().strip()
        if not (typed and self.field.hasFocus()):
            self._telling.stop()
            self.list.hide()
            return
        found = self.index.find(typed, language(), self._here())
        self.list.show_lines([self._line(one) for one in found], translate(_NOTHING(query=typed)))
        self._place()
        self._telling.start()

    def _line(self, entry: Entry) -> FoundLine:
        goes = self._goes
        return FoundLine(
            entry, translate(entry.title), translate(KINDS[entry.kind]), goes.place(entry), goes.is_possible(entry)
        )

    def _place(self) -> None:
        self.list.place_under(self.field)

    def _step(self, by: int) -> None:
        if self.list.isVisible():
            self.list.step(by)
            if self.list.current is not None:
                self._telling.stop()
                say(self.field, self.list.current.spoken)

    def _do(self) -> None:
        line = self.list.current if self.list.isVisible() else None
        if line is not None and self._goes.is_possible(line.entry):
            self.give_up()
            self._goes.go(line.entry)

    def _close(self) -> None:
        self._telling.stop()
        self.list.hide()
        self.field.clear()
        self.closed.emit()

    def _tell(self) -> None:
        lines, current = self.list.lines, self.list.current
        if not lines:
            say(self.field, self.list.nothing.text())
        elif current is not None:
            told = _FOUND_ONE if len(lines) == 1 else _FOUND(count=len(lines))
            say(self.field, translate(told(first=current.spoken)))

    def _restyle(self) -> None:
        self.list.restyle()
        self.list.list.setAccessibleName(translate(_LISTED))
        self._look()

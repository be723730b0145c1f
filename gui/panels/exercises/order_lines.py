"""Lines of code to be put in order by mouse or keyboard: a list with the used lines above the unused ones."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from engine.contract.text import Text, sentences
from engine.exercises.parsons import WRONG_LINES, assembled
from gui.panels.wrapped import wrapped_label
from gui.spoken.spoken import say
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain import plain_tip
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

_TASK = Text("Put our lines in order. {count} of them are wrong and stay below.")
_NOTED = Text("This costs nothing; it is noted that you took it.")
_KEYS = Text("Drag a line, or use the keys: Alt with ↑ ↓ moves it, Space takes it and puts it down, Enter uses it.")
_NAME = Text("Lines to put in order")
_BELOW = Text("Not used")
_CHECK = Text("Put into the code and check")
_USED = Text("Line {number} of {all}: {line}")
_UNUSED = Text("Not used: {line}")
_TAKEN = Text("Taken. ↑ ↓ move it. {place}")
_LINE = Qt.ItemDataRole.UserRole
_HELD, _FREE = "↕ ", "  "
"""The prefix of the line that was taken with Space, and of all other lines."""
_ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_USES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineList(QListWidget):
    """The list of lines, with their indentation. A divider row separates the used lines, in their order, from the
    unused ones below it.

    Up and Down go from line to line; with Alt, or once Space has taken a line, they move it. Enter or a double click
    makes an unused line the last used one, or a used line unused. Lines can be dragged with the mouse.
    """

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held: QListWidgetItem | None = None
        self._dragged: QListWidgetItem | None = None
        self._below = QListWidgetItem()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAutoScroll(False)
        self.itemDoubleClicked.connect(self.use)

    def show_lines(self, used: Sequence[str], unused: Sequence[str]) -> None:
        """Replace all lines: ``used`` above the divider row, ``unused`` below it."""
        self.clear()
        self._held = self._dragged = None
        self._below = QListWidgetItem()
        self._below.setFlags(Qt.ItemFlag.NoItemFlags)
        for line in used:
            self.addItem(_item(line))
        self.addItem(self._below)
        for line in unused:
            self.addItem(_item(line))
        self.setCurrentRow(self.row(self._below) + 1 if unused else 0)
        self.restyle()

    @property
    def used(self) -> list[str]:
        """The lines above the divider row, in their order."""
        return [self.item(row).data(_LINE) for row in range(self.row(self._below))]

    @property
    def unused(self) -> list[str]:
        """The lines below the divider row, in their order."""
        return [self.item(row).data(_LINE) for row in range(self.row(self._below) + 1, self.count())]

    @property
    def is_held(self) -> bool:
        """Whether a line was taken by Space, so that the arrows move it."""
        return self._held is not None

    def move_line(self, item: QListWidgetItem, row: int) -> None:
        """Move a line to a row; the divider counts as a row."""
        row = max(0, min(row, self.count() - 1))
        if item is self._below or self.row(item) == row:
            return
        self.insertItem(row, self.takeItem(self.row(item)))
        self.setCurrentItem(item)
        self._name_all()
        self.moved.emit()
        say(self, self._place_of(item))

    def use(self, item: QListWidgetItem) -> None:
        """Make an unused line the last used one, or a used line unused."""
        self._hold(None)
        is_used = self.row(item) < self.row(self._below)
        self.move_line(item, self.row(self._below))
        if not is_used and self.row(self._below) + 1 < self.count():
            self.setCurrentRow(self.row(self._below) + 1)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()  # these are the list's, whatever the window does with them elsewhere
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._hold(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item, key = self.currentItem(), event.key()
        if item is None or not self._is_own(event):
            super().keyPressEvent(event)
        elif key in _ARROWS and (self.is_held or event.modifiers() & Qt.KeyboardModifier.AltModifier):
            self.move_line(item, self.row(item) + _ARROWS[Qt.Key(key)])
        elif key in _ARROWS:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self._hold(None if self.is_held else item)
        elif key == Qt.Key.Key_Escape:
            self._hold(None)
        else:
            self.use(item)

    def _is_own(self, event: QKeyEvent) -> bool:
        """Whether the list handles this key itself; Escape only while a line is taken."""
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ARROWS:
            return modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier)
        return not modifiers and key in (*_USES, *((Qt.Key.Key_Escape,) if self.is_held else ()))

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: in Qt's search by typed letters, Space would be part of the search text."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._hold(None)
        item = self.itemAt(event.position().toPoint())
        self._dragged = item if event.button() == Qt.MouseButton.LeftButton and item is not self._below else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None:
            super().mouseMoveEvent(event)
            return
        row_height = max(1, self.visualItemRect(self._dragged).height())
        top = self.visualItemRect(self.item(0)).top()
        self.move_line(self._dragged, int((event.position().y() - top) // row_height))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._dragged = None

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language, and fit the height to the lines."""
        self.setFont(font("code"))
        self.setAccessibleName(translate(_NAME))
        height = self.fontMetrics().lineSpacing() + px(GRID // 2)
        self._below.setText(translate(_BELOW))
        self._below.setFont(font("notes"))
        self._below.setForeground(QBrush(QColor(theme().muted_text)))
        self._below.setBackground(QBrush(QColor(theme().window)))
        self._name_all()
        for row in range(self.count()):
            width = self.fontMetrics().horizontalAdvance(self.item(row).text())
            self.item(row).setSizeHint(QSize(width + px(2 * GRID), height))
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self.count() * height + bar + 2 * self.frameWidth())

    def _hold(self, item: QListWidgetItem | None) -> None:
        if item is None and self._held is None:
            return
        self._held = item
        if item is not None:
            say(self, translate(_TAKEN(place=self._place_of(item))))
        self._name_all()

    def _name_all(self) -> None:
        for row in range(self.count()):
            item = self.item(row)
            if item is not self._below:
                item.setText((_HELD if item is self._held else _FREE) + item.data(_LINE))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, self._place_of(item))

    def _place_of(self, item: QListWidgetItem) -> str:
        """The position of a line in words, for screen readers."""
        row, used = self.row(item), self.row(self._below)
        line = item.data(_LINE).strip()
        return translate(_USED(number=row + 1, all=used, line=line) if row < used else _UNUSED(line=line))


class OrderLines(QWidget):
    """The puzzle: a task, the list of lines and a button. Emits ``check_wanted(source)`` with the program made of the
    used lines.
    """

    check_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task, self.keys = wrapped_label(), wrapped_label()
        self.lines, self.check_button = LineList(), QPushButton()
        self.check_button.clicked.connect(lambda: self.check_wanted.emit(assembled(self.lines.used)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        for part in (self.task, self.keys, self.lines):
            layout.addWidget(part)
        layout.addWidget(self.check_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.restyle()

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language."""
        self.task.setFont(font("text"))
        self.task.setText(translate(sentences((_TASK(count=WRONG_LINES), _NOTED))))
        self.keys.setFont(font("notes"))
        self.keys.setText(translate(_KEYS))
        use_secondary_ink(self.keys)
        self.check_button.setFont(font("text"))
        self.check_button.setText(translate(_CHECK))
        self.lines.restyle()


def _item(line: str) -> QListWidgetItem:
    item = QListWidgetItem(line)
    item.setData(_LINE, line)
    item.setToolTip(plain_tip(line.strip()))
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item

"""The dialog that lists every shortcut of the program."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from engine.contract.text import Text, untranslated
from gui.spoken.interfaces import make_heading
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window import words
from gui.window.regions import PageArea

# What keys do where they have the focus; the window's commands name their own.
_STAGE = Text("On the stage")
_WINDOW = Text("Everywhere")
_CODE = Text("Where code is written")
_QUESTIONS = Text("In a question")
_BOXES = Text("In a slider or a number box")
_EVERYWHERE = ((Text("Search, where nothing is typed"), untranslated("/")),)
"""Further shortcuts of the window's commands, beside the first one that each command lists."""
_ON_STAGE = (
    (Text("The next thing that can be dragged"), untranslated("Tab")),
    (Text("The one before it"), untranslated("Shift+Tab")),
    (Text("Move it"), Text("arrows")),
    (Text("Among many alike: go to the next one"), Text("Ctrl+arrows")),
    (Text("Move it ten times as far"), Text("Shift+arrows")),
    (Text("Among numbers in cells: go to the next one"), Text("arrows")),
    (Text("Make the number in a cell larger or smaller"), Text("Shift+Up, Shift+Down")),
    (Text("Type the number in a cell"), Text("digits, −")),
    (Text("Do what a click on it does"), untranslated("Enter")),
    (Text("Take it away, if that is possible"), untranslated("Delete")),
    (Text("On paper: move the pen"), Text("arrows")),
    (Text("On paper: lower the pen, lift it"), untranslated("Enter")),
    (Text("On paper: clear it"), untranslated("Delete")),
    (Text("Let go of it, and stay on the stage"), Text("Escape")),
    (Text("Run or pause"), Text("Space")),
    (Text("On the timeline: earlier, later"), Text("Left, Right")),
    (Text("On the timeline: the start, the newest"), Text("Home, End")),
)
_IN_BOXES = (
    (Text("One notch up or down"), Text("Up, Down")),
    (Text("Ten notches up or down"), Text("Page Up, Page Down")),
    (Text("Take the number over"), untranslated("Enter")),
    (Text("Give it up"), Text("Escape")),
)
_IN_QUESTIONS = (
    (Text("The next answer, the one before it"), Text("Down, Up")),
    (Text("Choose it"), untranslated("Enter")),
    (Text("In a test: choose an answer"), Text("its letter")),
)
_IN_CODE = (
    (Text("Indent, indent less"), Text("Tab, Shift+Tab")),
    (Text("Leave the code"), Text("Escape, then Tab")),
    (Text("Check it"), untranslated("Ctrl+Enter")),
)
_SCROLLS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}


class KeysDialog(QDialog):
    """The dialog with the list of shortcuts, deleted when it is closed; ``commands`` are (name, shortcut) pairs."""

    def __init__(self, commands: list[tuple[Text, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate(words.KEYS))
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(2 * GRID, GRID, 3 * GRID, GRID)
        self._grid.setHorizontalSpacing(3 * GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(0, 1)
        self._add(_STAGE, [(translate(name), translate(keys)) for name, keys in _ON_STAGE])
        also = [(translate(name), translate(keys)) for name, keys in _EVERYWHERE] if commands else []
        self._add(_WINDOW, [*((translate(name), keys) for name, keys in commands), *also])
        for heading, rows in ((_BOXES, _IN_BOXES), (_QUESTIONS, _IN_QUESTIONS), (_CODE, _IN_CODE)):
            self._add(heading, [(translate(name), translate(keys)) for name, keys in rows])
        area = self._area = PageArea(takes_keys=True, fits=False)
        area.setWidget(page)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(area)
        layout.addWidget(buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._area.verticalScrollBar()
        ends: dict[int, int] = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        if event.key() in ends:
            bar.setValue(ends[event.key()])
        elif event.key() in _SCROLLS:
            bar.triggerAction(_SCROLLS[event.key()])
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(px(520), px(620))

    def _add(self, heading: Text, rows: list[tuple[str, str]]) -> None:
        title = PlainLabel(translate(heading))
        make_heading(title, 2)
        title.setFont(font("strong"))
        title.setContentsMargins(0, GRID, 0, 0)
        self._grid.addWidget(title, self._grid.rowCount(), 0, 1, 2)
        for name, keys in rows:
            line = self._grid.rowCount()
            for column, words_ in enumerate((name, keys)):
                label = PlainLabel(words_)
                label.setFont(font("text" if column == 0 else "number"))
                label.setWordWrap(column == 0)
                self._grid.addWidget(label, line, column)
            use_secondary_ink(label)

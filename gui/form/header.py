"""The head of the form: its name, undo, redo, and the way back to the defaults."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QToolButton, QWidget
from shiboken6 import isValid

from engine.contract.text.text import Text
from gui.form.editor import ParameterEditor
from gui.form.measures import line_height
from gui.form.widgets.glyphs import redo_icon, undo_icon
from gui.spoken.factory import make_heading
from gui.style.api import GRID, font, px, translate
from gui.style.plain_label import PlainLabel
from gui.style.plain_tip import plain_tip

_TITLE = Text("Controls")
_RESTORE = Text("Restore defaults")
_RESTORE_TIP = Text("Every control back to the value it had at the start. Undo brings yours back.")
_UNDO = Text("Undo")
_REDO = Text("Redo")
_UNDO_STEP = Text("Undo: {step}")
_REDO_STEP = Text("Redo: {step}")


class Header(QWidget):
    """``restore_asked()`` when the defaults are wanted; undo and redo go to the editor's stack."""

    restore_asked = Signal()

    def __init__(self, editor: ParameterEditor) -> None:
        super().__init__()
        self._stack = editor.undo_stack
        self._title = PlainLabel()
        make_heading(self._title, 2)
        self.undo_button, self.redo_button = QToolButton(), QToolButton()
        self.restore_button = QPushButton(self)
        self._two_lines: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID // 2)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._title, 0, 0)
        self._grid.addWidget(self.undo_button, 0, 2)
        self._grid.addWidget(self.redo_button, 0, 3)
        for button in (self.undo_button, self.redo_button):
            button.setAutoRaise(True)
        self.undo_button.clicked.connect(self._stack.undo)
        self.redo_button.clicked.connect(self._stack.redo)
        self.restore_button.clicked.connect(self.restore_asked)
        # The stack tells both texts behind every change of it, alike or not.
        self._stack.undoTextChanged.connect(self._show_undo)
        self._stack.redoTextChanged.connect(self._show_redo)

    def arrange(self, width: int) -> None:
        """Put 'Restore defaults' on a line of its own where ``width`` pixels are too few."""
        wanted = self._title.sizeHint().width() + 2 * self.undo_button.sizeHint().width()
        wanted += self.restore_button.sizeHint().width() + 4 * GRID
        two_lines = wanted > width
        if two_lines != self._two_lines:
            self._two_lines = two_lines
            if two_lines:
                self._grid.addWidget(self.restore_button, 1, 0, 1, 5)
            else:
                self._grid.addWidget(self.restore_button, 0, 4)

    def _show_undo(self, step: str) -> None:
        # A stack empties itself while it is being destroyed, and says so.
        if isValid(self._stack):
            can = self._stack.canUndo()
            self.undo_button.setEnabled(can)
            self.undo_button.setToolTip(plain_tip(translate(_UNDO_STEP(step=step) if can else _UNDO)))

    def _show_redo(self, step: str) -> None:
        if isValid(self._stack):
            can = self._stack.canRedo()
            self.redo_button.setEnabled(can)
            self.redo_button.setToolTip(plain_tip(translate(_REDO_STEP(step=step) if can else _REDO)))

    def retranslate(self) -> None:
        """Take the words from the language in use."""
        self._title.setText(translate(_TITLE))
        self.restore_button.setText(translate(_RESTORE))
        self.restore_button.setToolTip(translate(_RESTORE_TIP))
        self.undo_button.setAccessibleName(translate(_UNDO))
        self.redo_button.setAccessibleName(translate(_REDO))
        # A form that a hidden page has left may outlive its stack.
        if isValid(self._stack):
            self._show_undo(self._stack.undoText())
            self._show_redo(self._stack.redoText())

    def restyle(self) -> None:
        """Take fonts, measures and colours from the style."""
        self._title.setFont(font("strong"))
        self._title.setMinimumHeight(line_height())
        for button, icon in ((self.undo_button, undo_icon), (self.redo_button, redo_icon)):
            button.setIcon(icon(px(16)))
            button.setIconSize(QSize(px(16), px(16)))
            button.setFixedSize(line_height(), line_height())
        self.restore_button.setFixedHeight(line_height())

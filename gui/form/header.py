"""The header of the form: its title and the buttons for undo, redo, defaults and all rows; and the list of presets."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QToolButton, QWidget
from shiboken6 import isValid

from engine.contract.experiment import Preset
from engine.contract.text import Text
from gui.form.editor import ParameterEditor
from gui.form.row import RowContent, line_height
from gui.form.widgets.combo import OptionList
from gui.form.widgets.glyphs import redo_icon, undo_icon
from gui.spoken.interfaces import make_heading
from gui.style.api import GRID, font, px, translate
from gui.style.icons import icon
from gui.style.plain import PlainLabel, plain_tip

_TITLE = Text("Controls")
_RESTORE = Text("Restore defaults")
_RESTORE_TIP = Text("Every control back to the value it had at the start. Undo brings yours back.")
_UNDO = Text("Undo")
_REDO = Text("Redo")
_UNDO_STEP = Text("Undo: {step}")
_REDO_STEP = Text("Redo: {step}")
_ALL, _FEWER = Text("All controls"), Text("Fewer controls")


class Header(QWidget):
    """The form's title and buttons. ``restore_asked()`` asks for the defaults, ``all_asked()`` for all rows or for
    fewer again; undo and redo go to the editor's undo stack.

    The buttons for undo, redo and defaults are visible only while all rows are shown.
    """

    restore_asked = Signal()
    all_asked = Signal()

    def __init__(self, editor: ParameterEditor) -> None:
        super().__init__()
        self._stack = editor.undo_stack
        self._title = PlainLabel()
        make_heading(self._title, 2)
        self.undo_button, self.redo_button = QToolButton(), QToolButton()
        self.restore_button, self.all_button = QToolButton(), QPushButton()
        self._shows_all = False
        self._two_lines: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID // 2)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._title, 0, 0)
        self._last = QWidget(self)
        last = QHBoxLayout(self._last)
        last.setContentsMargins(0, 0, 0, 0)
        last.setSpacing(GRID // 2)
        last.addStretch(1)
        for button in (self.undo_button, self.redo_button, self.restore_button):
            button.setAutoRaise(True)
        self._grid.addWidget(self.undo_button, 0, 2)
        self._grid.addWidget(self.redo_button, 0, 3)
        last.addWidget(self.restore_button)
        last.addWidget(self.all_button)
        self.all_button.setFlat(True)
        self.all_button.clicked.connect(self.all_asked)
        self.undo_button.clicked.connect(self._stack.undo)
        self.redo_button.clicked.connect(self._stack.redo)
        self.restore_button.clicked.connect(self.restore_asked)
        # The stack tells both texts behind every change of it, alike or not.
        self._stack.undoTextChanged.connect(self._show_undo)
        self._stack.redoTextChanged.connect(self._show_redo)
        self.show_all(False)

    def arrange(self, width: int) -> None:
        """Put the buttons for defaults and all rows on a second line if ``width`` pixels are too few for one."""
        seldom = 3 * (line_height() + GRID // 2) if self._shows_all else 0
        wanted = self._title.sizeHint().width() + seldom + self.all_button.sizeHint().width() + 2 * GRID
        two_lines = wanted > width
        if two_lines != self._two_lines:
            self._two_lines = two_lines
            if two_lines:
                self._grid.addWidget(self._last, 1, 0, 1, 5)
            else:
                self._grid.addWidget(self._last, 0, 4)

    def name_rows(self, are_there: bool) -> None:
        """Show the title, or hide it if the form has no rows."""
        self._title.setVisible(are_there)

    def show_all(self, shows_all: bool) -> None:
        """Set whether all rows are shown; only then are the buttons for undo, redo and defaults visible."""
        self._shows_all = shows_all
        for button in (self.undo_button, self.redo_button, self.restore_button):
            button.setVisible(shows_all)
        self.all_button.setText(translate(_FEWER if shows_all else _ALL))

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
        """Set all texts in the language in use."""
        self._title.setText(translate(_TITLE))
        self.restore_button.setAccessibleName(translate(_RESTORE))
        self.restore_button.setToolTip(f"{translate(_RESTORE)} (Ctrl+D)\n{translate(_RESTORE_TIP)}")
        self.show_all(self._shows_all)
        self.undo_button.setAccessibleName(translate(_UNDO))
        self.redo_button.setAccessibleName(translate(_REDO))
        # A form that a hidden page has left may outlive its stack.
        if isValid(self._stack):
            self._show_undo(self._stack.undoText())
            self._show_redo(self._stack.redoText())

    def restyle(self) -> None:
        """Apply the style's fonts, sizes and colours."""
        self._title.setFont(font("strong"))
        self._title.setMinimumHeight(line_height())
        icons = (undo_icon(px(16)), redo_icon(px(16)), icon("defaults"))
        for button, picture in zip((self.undo_button, self.redo_button, self.restore_button), icons, strict=True):
            button.setIcon(picture)
            button.setIconSize(QSize(px(16), px(16)))
            button.setFixedSize(line_height(), line_height())
        self.all_button.setFixedHeight(line_height())


LABEL = Text("Presets")

_DEFAULTS = Preset("", Text("Defaults"), {})
_OWN = ("*own*", Text("custom"))
_TIP = Text("Ready-made settings for this experiment.")


class PresetList(RowContent):
    """Drop-down list of presets; it shows and offers the entry 'custom' only if the parameters equal no preset."""

    def __init__(self, editor: ParameterEditor) -> None:
        super().__init__()
        self._editor = editor
        presets = tuple(editor.experiment.presets)
        plain = editor.defaults()
        if not any(plain.replaced(preset.changes) == plain for preset in presets):
            presets = (_DEFAULTS, *presets)
        self._presets = {preset.id: preset for preset in presets}
        self.list = OptionList(())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list, 1)
        self.list.chosen.connect(self._chosen)
        editor.changed.connect(self.refresh)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Select the preset that the parameters equal, or 'custom'."""
        equal = self._editor.equal_preset(self._presets.values())
        options = [(preset.id, preset.label) for preset in self._presets.values()]
        self.list.set_options(options if equal is not None else [_OWN, *options])
        self.list.set_value(_OWN[0] if equal is None else equal.id)

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.list.retranslate()
        self.list.setAccessibleName(translate(LABEL))
        self.list.setToolTip(translate(_TIP))

    def natural_width(self) -> int:
        """The width in pixels that fits the longest name."""
        return self.list.natural_width()

    def focus_widgets(self) -> list[QWidget]:
        """The widgets that Tab stops at: the drop-down list."""
        return [self.list]

    def _chosen(self, preset_id: str) -> None:
        if preset_id in self._presets:
            self._editor.apply_preset(self._presets[preset_id])

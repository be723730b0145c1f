"""The control for a file: its name, a button to choose one and a button to choose none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from engine.contract.fields import File
from engine.contract.fields.file import offered_files
from engine.contract.text import EMPTY, Text
from gui.form.controls import base
from gui.form.picture_reader import file_filter
from gui.style.api import font, translate
from gui.style.plain import PlainLabel, plain_tip

_OPEN = Text("Open…")
_REMOVE = Text("Remove")
_OTHER = Text("Another file…")
_FILES = Text("Files ({patterns})")
_ALL = Text("All files (*)")


class Control(base.Control):
    """The form's control of a field of the kind ``file``: its name and buttons to choose and remove it."""

    field: File

    def __init__(self, name: str, field: File) -> None:
        super().__init__(name, field)
        self.shown = PlainLabel()
        self.shown.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.open_button, self.remove_button = QPushButton(), QPushButton()
        self.open_button.clicked.connect(self.choose)
        self.remove_button.clicked.connect(self._remove)
        self.add_row(self.shown, self.open_button, self.remove_button)

    def choose(self) -> None:
        """Open a menu of the files from installed packs, or the file dialog if no pack has one; cancelling changes
        nothing.
        """
        offered = self.offered()
        if offered is None:
            self.look_for()
        else:
            offered.popup(self.open_button.mapToGlobal(self.open_button.rect().bottomLeft()))

    def offered(self) -> QMenu | None:
        """A menu of the files from installed packs, and one entry for the file dialog; None if no pack has a file with
        one of the field's suffixes.
        """
        files = offered_files(self.field.suffixes)
        if not files:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setFont(font("text"))
        for one in files:
            entry = menu.addAction(translate(one.name).replace("&", "&&"))
            entry.triggered.connect(lambda _, path=one.path: self.enter(str(path())))
        menu.addSeparator()
        menu.addAction(translate(_OTHER)).triggered.connect(self.look_for)
        return menu

    def look_for(self) -> None:
        """Open the file dialog; cancelling changes nothing."""
        filters = [translate(_ALL)]
        if self.field.suffixes:
            filters.insert(0, file_filter(_FILES, self.field.suffixes))
        path, _ = QFileDialog.getOpenFileName(self.window(), translate(self.field.label), "", ";;".join(filters))
        if path:
            self.enter(path)

    def show_value(self, value: str) -> None:
        self.shown.setText(translate(self.field.spell(value)))
        self.shown.setToolTip(plain_tip(value))
        self.remove_button.setEnabled(bool(value))

    def retranslate(self) -> None:
        super().retranslate()
        for button, words in ((self.open_button, _OPEN), (self.remove_button, _REMOVE)):
            button.setText(translate(words))
            button.setAccessibleName(translate(words))
        if self._value is not None:
            self.show_value(self._value)

    def restyle(self) -> None:
        super().restyle()
        self.shown.setFont(font("text"))

    def focus_widgets(self) -> list[QWidget]:
        return [self.open_button, self.remove_button]

    def range_words(self) -> Text:
        return EMPTY

    def _remove(self) -> None:
        self.enter("")

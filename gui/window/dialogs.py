"""Small dialogs: ask a question, a name or a file name; and the table widget that dialogs share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QMessageBox,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from engine.contract.text import Text
from engine.lessons.answers import LONGEST_NAME
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px

_EXPLAINING = "qt_msgbox_informativelabel"


def question_box(parent: QWidget, question: str, meaning: str) -> QMessageBox:
    """A message box with a ``question`` and, below it, its ``meaning``; the caller adds the buttons. Both are shown as
    plain text, never as HTML, since they may contain text from files.
    """
    box = QMessageBox(QMessageBox.Icon.Warning, "", question, parent=parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(parent.windowTitle())
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(meaning)
    for label in box.findChildren(QLabel, _EXPLAINING):
        label.setTextFormat(Qt.TextFormat.PlainText)
    return box


def ask_before_losing(
    parent: QWidget, question: str, meaning: str, yes: Text, no: Text, lose: Callable[[], object]
) -> None:
    """Open a message box that asks before something is lost. Its button ``yes`` calls ``lose``; ``no`` is the default,
    also for Enter and Escape.
    """
    box = question_box(parent, question, meaning)
    box.addButton(translate(yes), QMessageBox.ButtonRole.DestructiveRole).clicked.connect(lambda: lose())
    keep = box.addButton(translate(no), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.open()


def row_table(columns: int) -> QTableWidget:
    """An empty read-only table with this many columns, in which one row at a time can be selected."""
    table = QTableWidget(0, columns)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setStretchLastSection(True)
    table.verticalHeader().hide()
    return table


_NAME, _NO_NAME = Text("Name"), Text("may stay empty")
_SAVE, _CANCEL = Text("Save…"), Text("Cancel")


class NameDialog(QDialog):
    """A dialog that asks under which name something is saved, as ``about`` says; emits ``wanted(name)``, where the name
    may be "". Deleted when it is closed.

    Callers may add rows of their own to ``form``.
    """

    wanted = Signal(str)

    def __init__(self, title: Text, about: Text, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate(title))
        self.setFont(font("text"))
        said = PlainLabel(translate(about))
        said.setWordWrap(True)
        self.name = QLineEdit(name)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(translate(_NO_NAME))
        self.form = QFormLayout()
        self.form.addRow(translate(_NAME), self.name)
        buttons = QDialogButtonBox()
        buttons.addButton(translate(_SAVE), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(translate(_CANCEL), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(said)
        layout.addLayout(self.form)
        layout.addWidget(buttons)
        self.setMinimumWidth(px(380))
        self.name.setFocus()

    def save(self) -> None:
        """Close, and emit ``wanted`` with the name."""
        self.accept()
        self.wanted.emit(self.name.text())


_REPLACE = Text("Replace {name}?")
_THERE = Text("There already is a file of this name in {folder}, and what is in it would be lost.")
_YES = Text("Replace")
_NO = Text("Choose another name")


def ask_where_to_save(
    window: QWidget, title: Text, start: Path, filters: str, completed: Callable[[Path, str], Path]
) -> Path | None:
    """Ask for the path of a file to save, with its suffix; None if cancelled.

    ``completed(path, filter)`` adds the suffix, by the chosen filter. The file dialog asks about overwriting only the
    name as typed; if the completed one exists, this function asks, and "no" returns to the file dialog.
    """
    while True:
        name, chosen = QFileDialog.getSaveFileName(window, translate(title), str(start), filters)
        if not name:
            return None
        path = completed(Path(name), chosen)
        if path == Path(name) or not path.exists() or _may_replace(window, path):
            return path
        start = path


def _may_replace(window: QWidget, path: Path) -> bool:
    box = question_box(window, translate(_REPLACE(name=path.name)), translate(_THERE(folder=str(path.parent))))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # it is asked which button was pressed
    yes = box.addButton(translate(_YES), QMessageBox.ButtonRole.DestructiveRole)
    no = box.addButton(translate(_NO), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    replaces = box.clickedButton() is yes
    box.deleteLater()
    return replaces

"""Asks where something is to be saved; nobody's file is replaced without a yes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.contract.text.text import Text
from gui.style.language import translate
from gui.window.question_box import question_box

_REPLACE = Text("Replace {name}?")
_THERE = Text("There already is a file of this name in {folder}, and what is in it would be lost.")
_YES = Text("Replace")
_NO = Text("Choose another name")


def ask_where_to_save(
    window: QWidget, title: Text, start: Path, filters: str, completed: Callable[[Path, str], Path]
) -> Path | None:
    """The place that a person chooses, with its suffix; None from who gives up.

    ``completed`` gives what was typed its suffix, knowing the chosen filter. The dialog has asked about the typed name
    only, so the completed one is asked about here where there is such a file; no leads to the dialog again.
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

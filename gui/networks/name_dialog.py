"""Asks what a network that is kept is to be called."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from engine.contract.text.text import Text
from engine.networks.folder import LONGEST_NAME, free_name, is_reserved, usable_name
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain_label import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px

_TITLE = Text("Keep this network")
_ABOUT = Text(
    "The network as it stands at update {update:,} is kept as a file, with all its weights. What shall it be called?"
)
_TAKEN = Text("There is one of this name already: this one will be “{name}”.")
_PLAIN = Text("It will be “{name}”: a file cannot have other signs.")
_NOT_A_FILE = Text("It will be “{name}”: Windows does not let a file be called “{typed}”.")
_KEEP, _CANCEL = Text("Keep"), Text("Cancel")


class NetworkNameDialog(QDialog):
    """``wanted(name)`` when it is to be kept; gone when it is closed."""

    wanted = Signal(str)

    def __init__(self, suggested: str, update: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate(_TITLE))
        self.setFont(font("text"))
        about = PlainLabel(translate(_ABOUT(update=update)))
        about.setWordWrap(True)
        self.name = QLineEdit(free_name(usable_name(suggested)))
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(translate(_TITLE))
        self.name.selectAll()
        self.note = PlainLabel()
        self.note.setWordWrap(True)
        self.note.setFont(font("notes"))
        use_secondary_ink(self.note)
        # Its line is there from the beginning: nothing moves while one types.
        self.note.setMinimumHeight(self.note.fontMetrics().height())
        buttons = QDialogButtonBox()
        self.keep_button = buttons.addButton(translate(_KEEP), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(translate(_CANCEL), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._keep)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for widget in (about, self.name, self.note, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(px(420))
        self.name.textChanged.connect(self._look)
        self.name.setFocus()
        self._look()

    def _look(self) -> None:
        typed = " ".join(self.name.text().split())
        plain = usable_name(typed)
        becomes = free_name(plain)
        self.note.setText(translate(_why(typed, plain, becomes)) if plain and becomes != typed else "")
        self.keep_button.setEnabled(bool(plain))

    def _keep(self) -> None:
        name = usable_name(self.name.text())
        self.accept()
        self.wanted.emit(name)


def _why(typed: str, plain: str, becomes: str) -> Text:
    """Why what was ``typed``, as a name ``plain``, ``becomes`` another."""
    if becomes != plain:
        return _TAKEN(name=becomes)
    return _NOT_A_FILE(name=plain, typed=typed) if is_reserved(typed) else _PLAIN(name=plain)

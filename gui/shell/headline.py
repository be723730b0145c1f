"""What the stage says in one sentence, what is to be noted of its state, and what was changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.contract.params import Params, changed_texts
from engine.contract.status import Status
from engine.contract.text import Text
from gui.shell import words
from gui.style.appearance import appearance
from gui.style.language import show
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font

_MOST_CHANGES = 3


class Headline(QWidget):
    """The reading at 17 pixels; under it a status with its remedy's button, or what alone was changed.

    ``remedy_chosen`` carries the parameter changes of the remedy.
    """

    remedy_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: Text | None = None
        self._status: Status | None = None
        self._changes: Text | None = None
        self._keeps_room = True
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._note = QLabel()
        self._note.setWordWrap(True)
        for label in (self._sentence, self._note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._remedy = QPushButton()
        self._remedy.clicked.connect(self._remedy_clicked)
        below = QHBoxLayout()
        below.setSpacing(GRID)
        below.addWidget(self._note, 1)
        below.addWidget(self._remedy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, 0)
        layout.setSpacing(GRID // 4)
        layout.addWidget(self._sentence)
        layout.addLayout(below)
        self._restyle()
        appearance().changed.connect(self._restyle)

    def show_reading(self, reading: Text, status: Status | None) -> None:
        """The sentence of the frame that is shown, and its status."""
        if (reading, status) != (self._reading, self._status):
            self._reading, self._status = reading, status
            self._write()

    def show_changes(self, before: Params | None, after: Params | None) -> None:
        """What differs between the run of the ghost and this one; nothing without a ghost."""
        self._changes = _changes_text(before, after) if before is not None and after is not None else None
        self._write()

    def keep_room(self, keeps: bool) -> None:
        """Whether a line's room is kept for notes, so that the stage does not jump when one comes or goes."""
        self._keeps_room = keeps
        self._note.setMinimumHeight(self._note.fontMetrics().height() + 2 if keeps else 0)
        self._note.setVisible(keeps or bool(self._note.text()))

    def _write(self) -> None:
        if self._reading is None:
            return
        self._sentence.setText(show(self._reading))
        notes = [show(text) for text in (self._status.text if self._status else None, self._changes) if text]
        self._note.setText("  ".join(notes))
        self._note.setVisible(self._keeps_room or bool(notes))
        remedy = self._status.remedy if self._status else None
        self._remedy.setVisible(remedy is not None)
        if remedy is not None:
            self._remedy.setText(show(remedy.label))

    def _restyle(self) -> None:
        self._sentence.setFont(font("headline"))
        self._note.setFont(font("text"))
        self._remedy.setFont(font("text"))
        palette = self._note.palette()
        palette.setColor(self._note.foregroundRole(), theme().muted_text)
        self._note.setPalette(palette)
        self.keep_room(self._keeps_room)
        self._write()

    def _remedy_clicked(self) -> None:
        if self._status is not None and self._status.remedy is not None:
            self.remedy_chosen.emit(self._status.remedy.changes)


def _changes_text(before: Params, after: Params) -> Text | None:
    found = [
        words.CHANGED.with_values(label=label, before=old, after=new)
        for label, old, new in changed_texts(before, after)
    ]
    if not found:
        return None
    joined = found[0]
    for text in found[1:_MOST_CHANGES]:
        joined = Text("{first}, {then}", "{first}，{then}").with_values(first=joined, then=text)
    if len(found) > _MOST_CHANGES:
        joined = words.AND_MORE.with_values(changes=joined)
    return words.CHANGED_ONLY.with_values(changes=joined)

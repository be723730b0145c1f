"""What the stage says in one sentence, what is to be noted of its state, and what was changed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from engine.contract.fields.base import joined
from engine.contract.params import Params, changed_texts
from engine.contract.status import Lead, Remedy, Status
from engine.contract.text import Text
from gui.shell import words
from gui.style.appearance import appearance
from gui.style.icons import icon
from gui.style.language import show
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, scaled

_MOST_CHANGES = 3


class Headline(QWidget):
    """The reading at 17 pixels; under it a status with its remedy's button, or what alone was changed.

    Nothing below moves while one drags: room is kept for what may come, and room once taken is kept until the width
    or the size of the type changes. ``remedy_chosen`` carries the parameter changes of the remedy, ``lead_chosen`` the
    experiment that goes on from here, ``defaults_wanted`` follows the button beside the reading.
    """

    remedy_chosen = Signal(object)
    lead_chosen = Signal(str)
    defaults_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: Text | None = None
        self._status: Status | None = None
        self._changes: Text | None = None
        self._roomy = True
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._note = QLabel()
        self._note.setWordWrap(True)
        for label in (self._sentence, self._note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._remedy = QPushButton()
        self._remedy.clicked.connect(self._remedy_clicked)
        self.defaults_button = QToolButton()
        self.defaults_button.setAutoRaise(True)
        self.defaults_button.clicked.connect(self.defaults_wanted)
        self._buttons = [self.defaults_button]
        top = Qt.AlignmentFlag.AlignTop
        self._first = first = QHBoxLayout()
        first.setSpacing(GRID)
        first.addWidget(self._sentence, 1, top)
        first.addWidget(self.defaults_button, 0, top)
        below = QHBoxLayout()
        below.setSpacing(GRID)
        below.addWidget(self._note, 1, top)
        below.addWidget(self._remedy, 0, top)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, 0)
        layout.setSpacing(GRID // 4)
        self._rows = (QWidget(), QWidget())
        for row, line in zip(self._rows, (first, below), strict=True):
            line.setContentsMargins(0, 0, 0, 0)
            row.setLayout(line)
            layout.addWidget(row)
        self._restyle()
        appearance().changed.connect(self._restyle)

    def add_button(self, button: QToolButton) -> None:
        """Put one more button beside the reading; it is dressed by whoever made it."""
        self._first.insertWidget(1, button, 0, Qt.AlignmentFlag.AlignTop)
        self._buttons.append(button)

    def show_reading(self, reading: Text, status: Status | None) -> None:
        """The sentence of the frame that is shown, and its status."""
        if (reading, status) != (self._reading, self._status):
            self._reading, self._status = reading, status
            self._write()

    def show_changes(
        self, before: Params | None, after: Params | None, place: Text | None = None, too_late: bool = False
    ) -> None:
        """What differs between the run of the ghost and this one, or was changed at a place in its course; ``too_late``
        where that was its end.

        Nothing without something to compare with.
        """
        self._changes = _changes_text(before, after) if before is not None and after is not None else None
        if self._changes is not None:
            at_place = words.CHANGED_TOO_LATE if too_late else words.CHANGED_AT(place=place)
            heading = words.CHANGED_ONLY if place is None else at_place
            self._changes = heading(changes=self._changes)
        self._write()

    def keep_room(self, roomy: bool) -> None:
        """Whether room is kept from the start for two lines of each and a remedy, or only once they were there."""
        if roomy != self._roomy:
            self._roomy = roomy
            self._forget_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._forget_room()

    def _write(self) -> None:
        if self._reading is None:
            return
        self._sentence.setText(show(self._reading))
        notes = [show(text) for text in (self._status.text if self._status else None, self._changes) if text]
        self._note.setText("  ".join(notes))
        offer = self._offer()
        self._remedy.setVisible(offer is not None)
        if offer is not None:
            self._remedy.setText(show(offer.label))
        self._keep_room()

    def _forget_room(self) -> None:
        lines = (_two_lines(self._sentence), max(_two_lines(self._note), self._remedy.sizeHint().height()))
        for row, height in zip(self._rows, lines, strict=True):
            row.setFixedHeight(height if self._roomy else 0)
        self._keep_room()

    def _keep_room(self) -> None:
        """Make each row as high as it has to be now, never lower than it was."""
        width = self.width() - 2 * GRID
        besides = (
            sum(button.sizeHint().width() + GRID for button in self._buttons if not button.isHidden()),
            self._remedy.sizeHint().width() + GRID if self._offer() else 0,
        )
        for row, label, beside in zip(self._rows, (self._sentence, self._note), besides, strict=True):
            words = label.heightForWidth(max(1, width - beside)) if label.text() else 0
            control = self._remedy.sizeHint().height() if label is self._note and beside else 0
            row.setFixedHeight(max(row.minimumHeight(), words, control))

    def _restyle(self) -> None:
        self._sentence.setFont(font("headline"))
        self._note.setFont(font("text"))
        self._remedy.setFont(font("text"))
        palette = self._note.palette()
        palette.setColor(self._note.foregroundRole(), theme().muted_text)
        self._note.setPalette(palette)
        side = scaled(18)
        self.defaults_button.setIcon(icon("defaults"))
        self.defaults_button.setIconSize(QSize(side, side))
        self.defaults_button.setToolTip(f"{show(words.RESTORE_DEFAULTS)} (Ctrl+D)")
        self.defaults_button.setAccessibleName(show(words.RESTORE_DEFAULTS))
        self._write()
        self._forget_room()

    def _offer(self) -> Remedy | Lead | None:
        return (self._status.remedy or self._status.lead) if self._status is not None else None

    def _remedy_clicked(self) -> None:
        offer = self._offer()
        if isinstance(offer, Remedy):
            self.remedy_chosen.emit(offer.changes)
        elif offer is not None:
            self.lead_chosen.emit(offer.experiment)


def _two_lines(label: QLabel) -> int:
    """The height of two lines, as the label itself would have it."""
    words = label.text()
    label.setText("x\nx")
    height = label.sizeHint().height()
    label.setText(words)
    return height


def _changes_text(before: Params, after: Params) -> Text | None:
    found = [change for _, change in changed_texts(before, after)]
    if not found:
        return None
    changes = joined(found[:_MOST_CHANGES])
    return changes if len(found) <= _MOST_CHANGES else words.AND_MORE(changes=changes)

"""What the stage says in one sentence, what is to be noted of its state, and what was changed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from engine.contract.interaction.status import Lead, Remedy, Status
from engine.contract.params import Params, changes_in_words
from engine.contract.text.durations import duration
from engine.contract.text.text import Text
from gui.spoken.announcer import Announcer
from gui.spoken.factory import make_heading
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import use_secondary_ink
from gui.style.icons import icon
from gui.style.language import translate
from gui.style.plain_label import PlainLabel
from gui.style.plain_tip import plain_tip
from gui.style.still import Still
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window import words


class Headline(QWidget):
    """The reading at 17 pixels; under it a status with its remedy's button, or what was changed.

    Nothing below moves while one drags: room is kept for what may come, and room once taken is kept until the width
    or the size of the type changes. What was changed never takes more than there is: the rest of it is in a tool tip.
    ``remedy_chosen`` carries the parameter changes of the remedy, ``lead_chosen`` the experiment that goes on from
    here, ``back_wanted`` asks for the run that was put away, ``defaults_wanted`` follows the button beside the reading.
    """

    remedy_chosen = Signal(object)
    lead_chosen = Signal(str)
    back_wanted = Signal()
    defaults_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: Text | None = None
        self._status: Status | None = None
        self._changes: Text | None = None
        self._put_away: Text | None = None
        self._roomy = True
        self._room: tuple[int, ...] = (-1, 0, 0)
        self._sentence = PlainLabel()
        self._sentence.setWordWrap(True)
        make_heading(self._sentence, 1)
        self._announcer = Announcer(self, self._spoken)
        self._note = PlainLabel()
        self._note.setWordWrap(True)
        for label in (self._sentence, self._note):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._remedy = QPushButton()
        self._remedy.clicked.connect(self._remedy_clicked)
        self.defaults_button = QToolButton()
        self.defaults_button.setAutoRaise(True)
        self.defaults_button.clicked.connect(self.defaults_wanted)
        self._buttons = [self.defaults_button]
        top = Qt.AlignmentFlag.AlignTop
        self._first = first = QHBoxLayout()
        first.setSpacing(GRID)
        first.addWidget(Still(self._sentence), 1)
        first.addWidget(self.defaults_button, 0, top)
        below = QHBoxLayout()
        below.setSpacing(GRID)
        below.addWidget(Still(self._note), 1)
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
        connect_while_visible(self, appearance().changed, self._restyle)

    def add_button(self, button: QToolButton) -> None:
        """Put one more button beside the reading; it is dressed by whoever made it."""
        self._first.insertWidget(1, button, 0, Qt.AlignmentFlag.AlignTop)
        self._buttons.append(button)

    def show_reading(self, reading: Text, status: Status | None) -> None:
        """The sentence of the frame that is shown, and its status."""
        if (reading, status) != (self._reading, self._status):
            self._reading, self._status = reading, status
            self._write()
            self._announcer.changed()

    def show_changes(
        self, before: Params | None, after: Params | None, place: Text | None = None, too_late: bool = False
    ) -> None:
        """What differs between the run of the ghost and this one, or was changed at a place in its course; ``too_late``
        where that was its end.

        Nothing without something to compare with.
        """
        self._changes = self._put_away = None
        if before is not None and after is not None and (changes := changes_in_words(before, after)) is not None:
            if place is not None:
                heading = words.CHANGED_TOO_LATE if too_late else words.CHANGED_AT(place=place)
            else:
                heading = words.CHANGED_ONLY if len(after.differing(before)) == 1 else words.CHANGED
            self._changes = heading(changes=changes)
        self._write_note()

    def show_put_away(self, seconds: float) -> None:
        """That a run of so many seconds has given way to another, with a way back to it; until the next change."""
        self._put_away = words.PUT_AWAY(time=duration(seconds))
        self._write_note()

    def show_by_hand(self, change: Text, place: Text) -> None:
        """What was set by hand at a place of the run."""
        self._changes = words.SET_BY_HAND(changes=change, place=place)
        self._write_note()

    def state(self) -> tuple[Text | None, Text | None, tuple[int, ...]]:
        """What is said beside the reading and what room is taken, for ``take_state`` of another headline."""
        return self._changes, self._put_away, (self.width(), *(row.minimumHeight() for row in self._rows))

    def take_state(self, state: tuple[Text | None, Text | None, tuple[int, ...]]) -> None:
        """Say what another headline said, in the room that it took."""
        self._changes, self._put_away, self._room = state
        self._write()

    def keep_room(self, roomy: bool) -> None:
        """Whether room is kept from the start for two lines of each and a remedy, or only for what was changed, on one
        line of small letters.
        """
        if roomy != self._roomy:
            self._roomy = roomy
            self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._forget_room()

    def _spoken(self) -> str:
        """The reading, and what is to be noted."""
        note = f" {translate(self._status.text)}" if self._status else ""
        return translate(self._reading) + note if self._reading is not None else ""

    def _write(self) -> None:
        if self._reading is not None:
            self._sentence.setText(translate(self._reading))
            self._write_note()

    def _write_note(self) -> None:
        """What stands under the reading, which is written already."""
        if self._reading is None:
            return
        noted, offer = self._noted(), self._offer_words()
        self._note.setText(noted)
        self._remedy.setVisible(offer is not None)
        if offer is not None:
            self._remedy.setText(translate(offer))
        width = self._width_for_note()
        self._keep_room(width, self._remedy.sizeHint().height() if offer is not None else 0)
        self._write_changes(noted, width)

    def _noted(self) -> str:
        """What is said whole: the status, and that a run was put away."""
        status = self._status.text if self._status else None
        return "  ".join(translate(one) for one in (status, self._put_away) if one)

    def _write_changes(self, noted: str, width: int) -> None:
        """Beside what is said whole, as much of what was changed as there is room for in so many pixels."""
        words = translate(self._changes) if self._changes else ""
        before = f"{noted}  ".lstrip()
        room = self._rows[1].minimumHeight()
        # From nothing of it, which fits, to all and a sign more, which does not.
        fits, too_much = 0, len(words) + 1
        count = len(words)
        while words and too_much - fits > 1:
            self._note.setText(before + _cut(words, count))
            fits, too_much = (count, too_much) if self._note.heightForWidth(width) <= room else (fits, count)
            count = (fits + too_much) // 2
        self._note.setText(before + _cut(words, fits) if fits else before.rstrip())
        self._note.setToolTip(plain_tip(words) if fits < len(words) else "")

    def _forget_room(self) -> None:
        heights = (0, _height_of_lines(self._note, 1))
        if self._roomy:
            note = max(_height_of_lines(self._note, 2), self._remedy.sizeHint().height())
            heights = (_height_of_lines(self._sentence, 2), note)
        if self.width() == self._room[0]:
            heights = max(heights[0], self._room[1]), max(heights[1], self._room[2])
        for row, height in zip(self._rows, heights, strict=True):
            row.setFixedHeight(height)
        self._write()

    def _keep_room(self, width: int, offered: int) -> None:
        """Make each row as high as it has to be now, never lower than it was; the note's words have ``width`` pixels
        and stand beside a button that is ``offered`` high.
        """
        buttons = sum([button.sizeHint().width() + GRID for button in self._buttons if not button.isHidden()])
        widths = (max(1, self.width() - 2 * GRID - buttons), width)
        for row, label, wide, control in zip(
            self._rows, (self._sentence, self._note), widths, (0, offered), strict=True
        ):
            words = label.heightForWidth(wide) if label.text() else 0
            row.setFixedHeight(max(row.minimumHeight(), words, control))

    def _width_for_note(self) -> int:
        return max(1, self.width() - 2 * GRID - (self._remedy.sizeHint().width() + GRID if self._offer_words() else 0))

    def _restyle(self) -> None:
        self._room = (-1, 0, 0)
        self._sentence.setFont(font("headline"))
        self._note.setFont(font("text" if self._roomy else "notes"))
        self._remedy.setFont(font("text"))
        use_secondary_ink(self._note)
        side = px(18)
        self.defaults_button.setIcon(icon("defaults"))
        self.defaults_button.setIconSize(QSize(side, side))
        self.defaults_button.setToolTip(f"{translate(words.RESTORE_DEFAULTS)} (Ctrl+D)")
        self.defaults_button.setAccessibleName(translate(words.RESTORE_DEFAULTS))
        self._forget_room()

    def _offer(self) -> Remedy | Lead | None:
        return (self._status.remedy or self._status.lead) if self._status is not None else None

    def _offer_words(self) -> Text | None:
        """What the button says; the way back comes before what the state offers."""
        offer = self._offer()
        return words.BACK_TO_IT if self._put_away else offer.label if offer is not None else None

    def _remedy_clicked(self) -> None:
        offer = self._offer()
        if self._put_away is not None:
            self.back_wanted.emit()
        elif isinstance(offer, Remedy):
            self.remedy_chosen.emit(offer.changes)
        elif offer is not None:
            self.lead_chosen.emit(offer.experiment)


def _cut(words: str, count: int) -> str:
    """The first so many signs of a sentence, and that there are more."""
    return words if count >= len(words) else words[:count].rstrip() + "…"


def _height_of_lines(label: QLabel, count: int) -> int:
    """The height of so many lines, as the label itself would have it."""
    words = label.text()
    label.setText("\n".join("x" * count))
    height = label.sizeHint().height()
    label.setText(words)
    return height

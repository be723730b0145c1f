"""The headline above the stage: a sentence that sums up the frame, its status, and what was changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.contract.frame import Lead, Remedy, Status
from engine.contract.numerals import duration
from engine.contract.params import Params, changes_in_words, count_changes
from engine.contract.protocol import Progress
from engine.contract.run import Run
from engine.contract.text import EMPTY, Text, enumerated, sentences
from gui.spoken.interfaces import make_heading
from gui.spoken.spoken import Announcer
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain import PlainLabel, Still, plain_tip
from gui.style.tokens import GRID
from gui.style.typography import font
from gui.window import words

_WITH_YOURS = Text("Computed by your {names} with the numbers set here.")


def with_whose_code(reading: Text, run: Run | None, params: Params) -> Text:
    """``reading`` (the sentence that sums up a frame), followed by a sentence that names the learner's functions that
    computed the frame, if any.
    """
    called = [one.exercise for one in run.written if one.called] if run is not None else []
    if run is None or not called:
        return reading
    from engine.exercises import load_exercise

    asked = [load_exercise(one) for one in called]
    seen = [one.name for one in asked if run.experiment not in one.seen_in or one.seen_in[run.experiment].holds(params)]
    return sentences((reading, _WITH_YOURS(names=enumerated(seen)))) if seen else reading


class Headline(QWidget):
    """The reading (a sentence that sums up the frame) in large type; below it the note: the frame's status with a
    button for its remedy, and what was changed.

    The widgets below do not move during a drag: height is reserved for longer texts, and height once taken is kept
    until the width or the font size changes. A text of changes that is too long is cut before a comma; the tool tip
    has all of it. ``remedy_chosen`` carries the parameter changes of the remedy, ``lead_chosen`` the id of the
    experiment that continues this one, ``back_wanted`` asks for the run that was put away.
    """

    remedy_chosen = Signal(object)
    lead_chosen = Signal(str)
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: Text | None = None
        self._status: Status | None = None
        self._changes: Text | None = None
        self._is_of_view = self._is_too_late = False
        self._all_changes: Text | None = None
        self._put_away: Text | None = None
        self._roomy = True
        self._room: tuple[int, ...] = (-1, 0, 0)
        self.sentence = PlainLabel()
        self.sentence.setWordWrap(True)
        make_heading(self.sentence, 1)
        self._announcer = Announcer(self, self._spoken)
        self.note = PlainLabel()
        self.note.setWordWrap(True)
        for label in (self.sentence, self.note):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.remedy = QPushButton()
        self.remedy.clicked.connect(self._remedy_clicked)
        self.remedy.hide()
        top = Qt.AlignmentFlag.AlignTop
        first = QHBoxLayout()
        first.setSpacing(GRID)
        first.addWidget(Still(self.sentence), 1)
        below = QHBoxLayout()
        below.setSpacing(GRID)
        below.addWidget(Still(self.note), 1)
        below.addWidget(self.remedy, 0, top)
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

    def show_reading(self, reading: Text, status: Status | None) -> None:
        """Show ``reading``, the sentence that sums up the frame, and the frame's status."""
        if (reading, status) != (self._reading, self._status):
            self._reading, self._status = reading, status
            self._write()
            self._announcer.changed()

    def show_changes(
        self,
        before: Params | None,
        after: Params | None,
        place: Text | None = None,
        too_late: bool = False,
        seeds: tuple[int, int] = (0, 0),
        further: Sequence[Text] = (),
    ) -> None:
        """Show the differences between the parameters ``before`` (the ghost's) and ``after``, or, with ``place`` (as in
        'update 120'), a change in the middle of a run; ``too_late`` if the run was at its end. Shows nothing if
        ``before`` is None.

        ``seeds`` are those of both runs, equal if the seed makes no difference; ``further`` are differences between
        the runs other than one parameter value against another.
        """
        self._changes = self._all_changes = self._put_away = None
        self._is_too_late = too_late
        if before is None or after is None:
            self._is_of_view = False
            self._write_note()
            return
        self._is_of_view = not further and after.strongest_effect(before) == "view"
        if (changes := changes_in_words(before, after, seeds, further=further)) is not None:
            if place is not None:
                heading = words.CHANGED_TOO_LATE if too_late else words.CHANGED_AT(place=place)
            else:
                is_only = count_changes(before, after, seeds, further) == 1
                heading = words.CHANGED_ONLY if is_only else words.CHANGED
            self._changes = heading(changes=changes)
            if (every := changes_in_words(before, after, seeds, None, further)) != changes:
                self._all_changes = heading(changes=every)
        self._write_note()

    def forget_view(self) -> None:
        """Remove the differences if they are only of view parameters, since the view has changed again."""
        if self._is_of_view:
            self.show_changes(None, None)

    def show_put_away(self, seconds: float, is_earlier: bool) -> None:
        """Show until the next change that a run with ``seconds`` of computing was put away, with a button to resume it.
        ``is_earlier``: it is not the run that the present one is compared with.
        """
        told = words.PUT_AWAY_EARLIER if is_earlier else words.PUT_AWAY
        self._put_away = told(time=duration(seconds))
        self._write_note()

    def show_by_hand(self, change: Text, place: Text) -> None:
        """Show a change of the run's state by hand, and ``place``, where in the run it was made, as in 'update 120'."""
        self._changes, self._all_changes = words.SET_BY_HAND(changes=change, place=place), None
        self._write_note()

    def state(self) -> tuple[Text | None, Text | None, tuple[int, ...]]:
        """The texts beside the reading and the reserved room, for ``take_state`` of another headline."""
        return self._changes, self._put_away, (self.width(), *(row.minimumHeight() for row in self._rows))

    def take_state(self, state: tuple[Text | None, Text | None, tuple[int, ...]]) -> None:
        """Show the texts of another headline's ``state()``, with the height that it had reserved."""
        self._changes, self._put_away, self._room = state
        self._write()

    def keep_room(self, roomy: bool) -> None:
        """Choose whether to reserve height for two lines of each text and a button, or, in a low window, for only one
        line of small type below the reading.
        """
        if roomy != self._roomy:
            self._roomy = roomy
            self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._forget_room()

    def _spoken(self) -> str:
        """The reading and the status, for screen readers."""
        note = f" {translate(self._status.text)}" if self._status else ""
        return translate(self._reading) + note if self._reading is not None else ""

    def _write(self) -> None:
        if self._reading is not None:
            self.sentence.setText(translate(self._reading))
            self._write_note()

    def _write_note(self) -> None:
        """Update the note below the reading and its button."""
        if self._reading is None:
            return
        noted, offer = self._noted(), self._offer_words()
        self.note.setText(noted)
        self.remedy.setVisible(offer is not None)
        if offer is not None:
            self.remedy.setText(translate(offer))
        width = self._width_for_note()
        self._keep_room(width, self.remedy.sizeHint().height() if offer is not None else 0)
        self._write_changes(noted, width)

    def _noted(self) -> str:
        """The part of the note that is never shortened: the status, and that a run was put away. The status is left out
        if a change at the end of a run is shown, since both would not fit.
        """
        status = self._status.text if self._status and not self._is_too_late else None
        return "  ".join(translate(one) for one in (status, self._put_away) if one)

    def _write_changes(self, noted: str, width: int) -> None:
        """Show ``noted`` and after it as much of the changes as fits into the note's height at ``width`` pixels."""
        words = translate(self._changes) if self._changes else ""
        before = f"{noted}  ".lstrip()
        room = self._rows[1].minimumHeight()
        shown = ""
        for shown in _shortenings(words):
            self.note.setText((before + shown).rstrip())
            if not shown or self.note.heightForWidth(width) <= room:
                break
        is_whole = shown == words and self._all_changes is None
        self.note.setToolTip("" if is_whole else plain_tip(translate(self._all_changes or self._changes or EMPTY)))

    def _forget_room(self) -> None:
        heights = (0, _height_of_lines(self.note, 1))
        if self._roomy:
            note = max(_height_of_lines(self.note, 2), self.remedy.sizeHint().height())
            heights = (_height_of_lines(self.sentence, 2), note)
        if self.width() == self._room[0]:
            heights = max(heights[0], self._room[1]), max(heights[1], self._room[2])
        for row, height in zip(self._rows, heights, strict=True):
            row.setFixedHeight(height)
        self._write()

    def _keep_room(self, width: int, offered: int) -> None:
        """Set each row's height to what is needed, never lower than before; the note has ``width`` pixels beside a
        button ``offered`` pixels high.
        """
        widths = (max(1, self.width() - 2 * GRID), width)
        for row, label, wide, control in zip(self._rows, (self.sentence, self.note), widths, (0, offered), strict=True):
            words = label.heightForWidth(wide) if label.text() else 0
            row.setFixedHeight(max(row.minimumHeight(), words, control))

    def _width_for_note(self) -> int:
        return max(1, self.width() - 2 * GRID - (self.remedy.sizeHint().width() + GRID if self._offer_words() else 0))

    def _restyle(self) -> None:
        self._room = (-1, 0, 0)
        self.sentence.setFont(font("headline"))
        self.note.setFont(font("text" if self._roomy else "notes"))
        self.remedy.setFont(font("text"))
        use_secondary_ink(self.note)
        self._forget_room()

    def _offer(self) -> Remedy | Lead | None:
        return (self._status.remedy or self._status.lead) if self._status is not None else None

    def _offer_words(self) -> Text | None:
        """The button's text: back to the run put away, or the status' remedy; None for no button."""
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


def _shortenings(words: str) -> Iterator[str]:
    """``words`` (a heading and a list of changes), then ever shorter versions of it that are cut before a comma, so
    that no number is cut and no heading stands alone; "" last.
    """
    heading = re.search("[:：]", words)
    commas = [comma.start() for comma in re.finditer(", |，|、", words)]
    yield words
    for end in reversed(commas):
        if heading is None or end > heading.end():
            yield words[:end] + "…"
    yield ""


def _height_of_lines(label: QLabel, count: int) -> int:
    """The height in pixels of ``label`` with ``count`` lines of text."""
    words = label.text()
    label.setText("\n".join("x" * count))
    height = label.sizeHint().height()
    label.setText(words)
    return height


_STAY = Text("Esc stays here")


class ProbeLine(Still):
    """The line below the stage that says what is under the mouse pointer, or how far a computation is. It keeps its
    height without text, so that the stage does not move.
    """

    def __init__(self) -> None:
        self._words = PlainLabel()
        super().__init__(self._words)
        self._text: Text | None = None
        self._progress: Progress | None = None
        self._words.setContentsMargins(GRID, 0, GRID, 0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)

    def text(self) -> str:
        """The text that the line shows at present."""
        return self._words.text()

    def show_text(self, text: Text | None) -> None:
        """Show a text on what is under the mouse pointer; None shows nothing."""
        self._text = text
        self._write()

    def show_progress(self, progress: Progress | None) -> None:
        """Show the progress of a computation; None when it is done."""
        if progress is not None or self._progress is not None:
            self._progress = progress
            self._write()

    def _write(self) -> None:
        text = self._progress.text if self._progress is not None else self._text
        words = translate(text) if text is not None else ""
        if self._progress is not None and self._progress.stoppable:
            words += " · " + translate(_STAY)
        elif self._progress is not None and self._progress.fraction is not None:
            words += f" {self._progress.fraction:.0%}"
        self._words.setText(words)

    def _restyle(self) -> None:
        self._words.setFont(font("notes"))
        use_secondary_ink(self._words)
        self.setFixedHeight(self._words.fontMetrics().height() + GRID // 2)
        self._write()

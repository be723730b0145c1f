"""The page on which a class votes on a question: first vote, discussion, second vote, results and answer."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from time import monotonic

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from engine.contract.text import Text, counted
from engine.votes.ballot import Ballot
from engine.votes.kept import KeptVote
from engine.votes.vote import MOST_HANDS, Vote
from gui.panels.wrapped import wrapped_label
from gui.spoken.spoken import say
from gui.style.appearance import appearance
from gui.style.foreground import use_secondary_ink, write_in
from gui.style.language import show_one_after_the_other, translate
from gui.style.plain import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.vote import words
from gui.vote.option_row import OptionRow, letter_of

TALK_SECONDS, CLOCK_STEP, LONGEST_TALK = 120, 30, 30 * 60
_MODS = Qt.KeyboardModifier
_SIZES = (2.0, 1.85, 1.7, 1.55, 1.4, 1.3, 1.2, 1.1, 1.0, 0.9, 0.8, 0.7)
"""Factors of the usual font size: question and answers use the largest one with which everything fits on the page."""
_CLOCK = 2.5
_VOTED, _WORKED_OUT = ("first", "talk", "second", "both", "stage", "told"), ("think", "first", "stage", "told")
_DIGITS = 3


class VotePage(QWidget):
    """Covers the window while a class votes on a question; everything can be done by keys alone, or by mouse.

    The phases are ``first`` vote, ``talk``, ``second`` vote, ``both`` votes shown, ``stage`` (the run is shown beside
    the page; left out if there is none) and ``told`` (the answer); for a question whose answer everybody compares with
    a model answer: ``think``, ``first``, ``stage``, ``told``. The counts are covered until the cover is lifted or all
    votes are over.

    ``changed(vote)`` carries a ``KeptVote`` after every count, ``entered(phase)`` each new phase.
    ``other_wanted(step)`` asks for the next (1) or previous (−1) question, ``left()`` to close the page.
    """

    changed = Signal(object)
    entered = Signal(str)
    other_wanted = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(parent)
        self.clock = clock
        self.ballot: Ballot | None = None
        self.phases: tuple[str, ...] = ("first",)
        self.phase = "first"
        self.vote = Vote.of(2)
        self.is_covered = True
        self.typed = ""
        self._kept_as: KeptVote | None = None
        self._past: list[Vote] = []
        self._ends_at: float | None = None
        self._place: tuple[int, int] = (1, 1)
        self._refusal: Text | None = None
        self.rows: list[OptionRow] = []
        self.heading, self.number, self.clock_label = PlainLabel(), PlainLabel(), PlainLabel()
        self.title, self.question, self.model, self.told = (wrapped_label() for _ in range(4))
        self.keys = wrapped_label()
        for label in (self.title, self.question, self.model, self.told, self.keys):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.cover_button, self.less_button, self.more_button = QPushButton(), QPushButton(), QPushButton()
        self.on_button, self.leave_button = QPushButton(), QPushButton()
        self.cover_button.clicked.connect(self.turn_cover)
        self.less_button.clicked.connect(lambda: self.talk_longer(-CLOCK_STEP))
        self.more_button.clicked.connect(lambda: self.talk_longer(CLOCK_STEP))
        self.on_button.clicked.connect(self.go_on)
        self.leave_button.clicked.connect(self.left)
        self._tick = QTimer(self)
        self._tick.setInterval(200)
        self._tick.timeout.connect(self._show_clock)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.clock_label)
        head.addStretch(1)
        head.addWidget(self.number)
        foot.addWidget(self.keys, 1)
        for button in (self.cover_button, self.less_button, self.more_button, self.on_button, self.leave_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the page takes every key
            foot.addWidget(button)
        self._answers = QVBoxLayout()
        self._layout = QVBoxLayout(self)
        # The type gives way to the room there is, and not the other way round.
        self._layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._layout.addLayout(head)
        for label in (self.title, self.question, self.model):
            self._layout.addWidget(label)
        self._layout.addLayout(self._answers)
        self._layout.addWidget(self.told)
        self._layout.addStretch(1)
        self._layout.addLayout(foot)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        appearance().changed.connect(self.restyle)

    # What is asked

    def show_waiting(self, number: int, every: int) -> None:
        """Show that the answers of the ``number``-th of ``every`` questions are being computed."""
        self.ballot, self._kept_as, self._place, self._refusal = None, None, (number, every), None
        self._set_rows(0)
        self.restyle()

    def show_refusal(self, reason: Text) -> None:
        """Show in place of the question the reason why it cannot be asked."""
        self._refusal = reason
        self.restyle()

    def ask(self, ballot: Ballot, has_run: bool, number: int, every: int, kept: KeptVote | None = None) -> None:
        """Begin the vote on a question, the ``number``-th of ``every``. ``has_run``: its run can be shown beside the
        page. ``kept`` is an earlier vote on it that is resumed, interrupted by another question or the program's end.
        """
        is_worked_out = bool(ballot.think)
        phases = _WORKED_OUT if is_worked_out else _VOTED
        self.phases = tuple(one for one in phases if one != "stage" or has_run)
        self.ballot, self._place, self._past, self.typed = ballot, (number, every), [], ""
        self._refusal = None
        self._kept_as = kept
        self.vote = kept.vote if kept is not None else Vote.of(len(ballot.options))
        self._set_rows(len(ballot.options))
        self._ends_at = None
        begins = "second" if self.vote.total(1) else "first" if self.vote.total(0) else self.phases[0]
        over = "first" if is_worked_out else "both"
        self._enter(over if kept is not None and kept.over else begins)

    def translate_to(self, ballot: Ballot) -> None:
        """Show the same question in another language, as ``ballot``; the votes stay."""
        self.ballot = ballot
        self.restyle()

    @property
    def is_open(self) -> bool:
        """Whether hands were counted and the answer is not shown yet; then another question cannot be chosen."""
        return bool(self.vote.total(0) or self.vote.total(1)) and self.phase != "told"

    # What a person does

    def count(self, option: int, by: int = 1) -> None:
        """Add ``by`` hands to the answer with this index in the present vote; if a number was typed before, set its
        hands to that number.
        """
        if self.ballot is None or self._round is None or not 0 <= option < len(self.ballot.options):
            # A number before a letter that no answer has is not kept for the next one.
            self.typed = ""
            self._show_votes()
            return
        before = self.vote
        if self.typed and by > 0:
            self.vote = before.with_hands(self._round, option, int(self.typed))
        else:
            self.vote = before.counted(self._round, option, by)
        self.typed = ""
        if self.vote != before:
            self._past.append(before)
            self._tell_changed()
        self._show_votes()

    def take_back(self) -> None:
        """Delete the number that was typed or, if there is none, undo the latest count of the present vote."""
        if self.typed:
            self.typed = ""
            self._show_votes()
        elif self._past and self._round is not None:
            # The other vote was over when this one began: its hands stay.
            other = 1 - self._round
            if self._past[-1].hands[other] != self.vote.hands[other]:
                return
            self.vote, self.typed = self._past.pop(), ""
            self._tell_changed()
            self._show_votes()

    def turn_cover(self) -> None:
        """Show or cover the counts of the present vote; does nothing between votes."""
        if self._round is not None:
            self.is_covered = not self.is_covered
            self.restyle()

    def talk_longer(self, seconds: int) -> None:
        """Add ``seconds`` to the remaining time of the discussion; negative ones shorten it."""
        if self.phase == "talk" and self._ends_at is not None:
            left = max(0.0, self._ends_at - self.clock())
            self._ends_at = self.clock() + min(LONGEST_TALK, max(0.0, left + seconds))
            self._show_clock()

    def go_on(self) -> None:
        """Enter the next phase, if there is one."""
        place = self.phases.index(self.phase)
        if self.ballot is not None and place + 1 < len(self.phases):
            self._enter(self.phases[place + 1])

    def go_back(self) -> None:
        """Enter the previous phase, if there is one."""
        place = self.phases.index(self.phase)
        if self.ballot is not None and place:
            self._enter(self.phases[place - 1])

    def event(self, event: QEvent) -> bool:
        # The window's own keys, such as Ctrl+Z and Space, are the page's while it is there.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._meaning(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meant = self._meaning(event)
        if meant is None:
            super().keyPressEvent(event)
        else:
            meant()

    def _meaning(self, event: QKeyEvent) -> Callable[[], None] | None:
        """The method to be called for a pressed key in the vote's present phase; None if the page does not handle the
        key.
        """
        key, mods = event.key(), event.modifiers() & ~_MODS.KeypadModifier
        if key == Qt.Key.Key_Z and mods == _MODS.ControlModifier:
            return self.take_back
        if mods & ~_MODS.ShiftModifier:
            return None
        if Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
            option, by = key - Qt.Key.Key_A, -1 if mods else 1
            return lambda: self.count(option, by)
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            return lambda: self._type(chr(key))
        return {
            Qt.Key.Key_Backspace: self._untype,
            Qt.Key.Key_Space: self.turn_cover,
            Qt.Key.Key_Return: self.go_on,
            Qt.Key.Key_Enter: self.go_on,
            Qt.Key.Key_PageDown: self.go_on,
            Qt.Key.Key_PageUp: self.go_back,
            Qt.Key.Key_Up: lambda: self.talk_longer(CLOCK_STEP),
            Qt.Key.Key_Down: lambda: self.talk_longer(-CLOCK_STEP),
            Qt.Key.Key_Plus: lambda: self.talk_longer(CLOCK_STEP),
            Qt.Key.Key_Minus: lambda: self.talk_longer(-CLOCK_STEP),
            Qt.Key.Key_Left: lambda: self._another(-1),
            Qt.Key.Key_Right: lambda: self._another(1),
            Qt.Key.Key_Escape: self.left.emit,
        }.get(Qt.Key(key))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = next((one for one in self.rows if one.geometry().contains(event.position().toPoint())), None)
        if row is not None:
            self.count(row.index, -1 if event.button() == Qt.MouseButton.RightButton else 1)
        self.setFocus()

    def _type(self, digit: str) -> None:
        if self._round is not None and int(self.typed + digit) <= MOST_HANDS:
            self.typed = (self.typed + digit)[-_DIGITS:]
            self._show_votes()

    def _untype(self) -> None:
        self.typed = self.typed[:-1]
        self._show_votes()

    def _another(self, step: int) -> None:
        if not self.is_open and self._place[1] > 1:
            self.other_wanted.emit(step)

    # The phases

    @property
    def _round(self) -> int | None:
        """The index of the vote being counted, 0 for the first and 1 for the second; None in other phases."""
        return {"first": 0, "second": 1}.get(self.phase) if self.ballot is not None else None

    def _enter(self, phase: str) -> None:
        self.phase, self.typed = phase, ""
        self.is_covered = phase in ("think", "first", "talk", "second")
        if phase == "talk":
            if self._ends_at is None:
                self._ends_at = self.clock() + TALK_SECONDS
            self._tick.start()
        else:
            self._tick.stop()
        self.restyle()
        say(self, f"{self.heading.text()}. {self.question.text()}" if phase == self.phases[0] else self.heading.text())
        self.entered.emit(phase)
        if phase == "told":
            self._tell_changed()
            say(self.told, self.told.text())

    def _tell_changed(self) -> None:
        ballot = self.ballot
        if ballot is None or (self._kept_as is None and not self.vote.total(0) and not self.vote.total(1)):
            return
        when = self._kept_as.when if self._kept_as is not None else datetime.now().isoformat(timespec="seconds")
        asked = " ".join(filter(None, (ballot.title, ballot.words)))
        options = tuple(one.words for one in ballot.options)
        over = self.phase == "told"
        self._kept_as = KeptVote(when, ballot.experiment, ballot.id, asked, options, self.vote, ballot.right, over)
        self.changed.emit(self._kept_as)

    # What is shown

    def _set_rows(self, count: int) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [OptionRow(index, self) for index in range(count)]
        for row in self.rows:
            row.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._answers.addWidget(row)
            row.show()

    def restyle(self, *_: object) -> None:
        """Apply the style's fonts and colours and the language in use, and show the present phase and votes."""
        ballot = self.ballot
        self._layout.setContentsMargins(*(px(2 * GRID),) * 4)
        for label in (self.heading, self.number):
            label.setFont(font("strong"))
        use_secondary_ink(self.number)
        self.number.setText(translate(words.OF(number=self._place[0], all=self._place[1])))
        self.number.setVisible(self._place[1] > 1)
        self.title.setText(ballot.title if ballot is not None else "")
        self.title.setVisible(bool(self.title.text()))
        asked = ballot.words if ballot is not None else translate(self._refusal or words.COMPUTED)
        self.question.setText(asked)
        self.model.setText(self._model())
        self.model.setVisible(bool(self.model.text()))
        self._show_told()
        self.clock_label.setVisible(self.phase == "talk" and ballot is not None)
        self.keys.setFont(font("notes"))
        use_secondary_ink(self.keys)
        self.keys.setText(self._keys())
        for button, text, seen in (
            (self.cover_button, words.LIFT if self.is_covered else words.COVER, self._round is not None),
            (self.less_button, words.LESS, self.phase == "talk"),
            (self.more_button, words.MORE, self.phase == "talk"),
            (self.on_button, words.GO_ON, ballot is not None and self.phase != self.phases[-1]),
            (self.leave_button, words.LEAVE, True),
        ):
            button.setFont(font("text"))
            button.setText(translate(text))
            button.setVisible(seen)
        self._show_votes()
        self._show_clock()

    def _model(self) -> str:
        if self.ballot is None or not self.ballot.think:
            return ""
        return self.ballot.think if self.phase == "think" else show_one_after_the_other(self.ballot.model)

    def _show_told(self) -> None:
        """Show, in the phase ``told`` only, why the commonest wrong answer is wrong, then the right answer and the
        explanation.
        """
        ballot = self.ballot
        self.told.hide()
        if ballot is None or self.phase != "told":
            return
        parts = []
        wrong = self._commonest_wrong()
        if wrong is not None and ballot.options[wrong].why:
            latest = 1 if self.vote.hands[1][wrong] else 0
            hands, everybody = self.vote.hands[latest][wrong], self.vote.total(latest)
            vote = words.SECOND if latest else words.FIRST
            parts.append(translate(words.WRONG(letter=letter_of(wrong), vote=vote, hands=hands, all=everybody)))
            parts += ballot.options[wrong].why
        first = show_one_after_the_other(parts)
        right = []
        if ballot.right is not None:
            right = [translate(words.RIGHT(letter=letter_of(ballot.right))), *ballot.options[ballot.right].why]
        self.told.setText("\n".join(filter(None, (first, show_one_after_the_other((*right, *ballot.after))))))
        self.told.setVisible(bool(self.told.text()))

    def _commonest_wrong(self) -> int | None:
        return self.vote.commonest_wrong(self.ballot.right) if self.ballot is not None else None

    def _keys(self) -> str:
        leaving = words.KEYS_END if self._place[1] > 1 else words.KEYS_LEAVE
        if self.ballot is None:
            return translate(leaving)
        if self._round is not None:
            letters = f"A–{letter_of(len(self.ballot.options) - 1)}"
            counting = words.KEYS_COUNT(letters=letters)
            choosing = [words.KEYS_CHOOSE] if self._place[1] > 1 and not self.is_open else []
            return show_one_after_the_other(translate(one) for one in (counting, *choosing))
        return translate({"talk": words.KEYS_TALK, "told": leaving}.get(self.phase, words.KEYS_ON))

    def _show_votes(self) -> None:
        ballot = self.ballot
        heading = {
            "think": words.THINK,
            "talk": words.TALK,
            "both": words.BOTH if self.vote.total(1) else words.ONE,
            "stage": words.SEEN,
            "told": words.ANSWER,
        }.get(self.phase)
        if heading is None:
            name = words.FIRST if self.phase == "first" else words.SECOND
            vote_round = self._round or 0
            typed = "•" * len(self.typed) if self.is_covered else self.typed
            hands = counted(self.vote.total(vote_round), "hand")
            heading = words.SET(vote=name, count=typed) if self.typed else words.COUNTED(vote=name, hands=hands)
        self.heading.setText(translate(heading) if ballot is not None else "")
        self.keys.setText(self._keys())
        if ballot is None:
            self._fit()
            return
        seen = self._rounds_seen()
        bars = 0 if self.phase == "think" else 2 if {"both", "stage", "told"} & {self.phase} and len(seen) > 1 else 1
        told = self.phase == "told"
        wrong = self._commonest_wrong()
        for row, option in zip(self.rows, ballot.options, strict=True):
            is_right = True if told and row.index == ballot.right else False if told and row.index == wrong else None
            votes = tuple((self.vote.hands[one][row.index], self.vote.share(one, row.index)) for one in seen)
            row.show_votes(votes, bars, self.is_covered, is_right)
            row.setVisible(self.phase != "think")
            row.words = option.words
        self._fit()

    def _rounds_seen(self) -> tuple[int, ...]:
        if self._round is not None:
            return (self._round,)
        return (0, 1) if self.vote.total(1) else (0,)

    def _show_clock(self) -> None:
        left = math.ceil(max(0.0, (self._ends_at or 0.0) - self.clock()))
        self.clock_label.setText(translate(words.TIME(minutes=left // 60, seconds=left % 60)))
        if self.phase == "talk":
            write_in(self.clock_label, theme().text if left > 0 else theme().wrong)

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def _fit(self) -> None:
        """Set the largest font size with which question, answers and explanation fit on the page without scrolling."""
        for size in _SIZES:
            self._take_type(size)
            self._layout.invalidate()
            if self._layout.totalHeightForWidth(self.width()) <= self.height():
                break
        self._layout.activate()

    def _take_type(self, size: float) -> None:
        pixels = font("text").pixelSize()
        for label, made, factor in (
            (self.title, font("strong"), size),
            (self.question, font("text"), size),
            (self.model, font("text"), size),
            (self.told, font("text"), size),
            (self.clock_label, font("headline"), _CLOCK),
        ):
            made.setPixelSize(round(pixels * max(factor, _SIZES[-1])))
            if label.font() != made:
                label.setFont(made)
        answer = font("text")
        answer.setPixelSize(max(1, round(pixels * size)))
        width = self.width() - 2 * px(2 * GRID)
        beside = all(row.has_room_beside(answer, width) for row in self.rows)
        for row in self.rows:
            row.show_option(row.words, answer, beside)
        self._layout.setSpacing(px(GRID / 2 if size < 1 else GRID))
        self._answers.setSpacing(px(GRID / 2))


BESIDE = 0.4
"""Fraction of the window's width that the page takes while the run is shown beside it."""

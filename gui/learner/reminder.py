"""Reminds of old questions that are due: by a number on the menu's button, and by a card on the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from engine.contract.text import Text
from gui.app.settings import Settings
from gui.learner.learner import Learner
from gui.style.appearance import appearance
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font

_ONE = Text("One question {when}, one minute.")
_SEVERAL = Text("{count} questions {when}, two minutes.")
_YESTERDAY, _THIS_WEEK = Text("from yesterday"), Text("from a few days ago")
_LAST_WEEK, _EARLIER = Text("from last week"), Text("from some weeks ago")
_MIXED = Text("from earlier days")
_ANSWER = Text("Answer", context="command")
_NOT_TODAY = Text("Not today")


class Reminder(QObject):
    """``due(count)`` carries the number of old questions to be asked today whenever it may have changed; it is also in
    ``count``. ``begin`` shows the ``card``, which stays until it is closed for the day; ``wanted`` is emitted when the
    learner wants to answer.
    """

    due = Signal(int)
    wanted = Signal()

    def __init__(self, settings: Settings, learner: Learner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self._learner = settings, learner
        self.card = ReminderCard()
        self.card.hide()
        self.card.answer.clicked.connect(self._answer)
        self.card.not_today.clicked.connect(self.put_away)
        self._begun = False
        self.count = 0
        learner.changed.connect(self.look)

    def begin(self) -> None:
        """Count the due questions, and show the card if there are any and it was not closed today."""
        self._begun = True
        days = self._days()
        self._tell(len(days))
        if days and self._settings.put_away_on != self._learner.today():
            self.card.show_due(_sentence(days))
            self.card.show()

    @Slot()
    def look(self) -> None:
        """Count the due questions again; without any, the card is hidden."""
        if self._begun:
            days = self._days()
            self._tell(len(days))
            if days:
                self.card.show_due(_sentence(days))
            else:
                self.card.hide()

    @Slot()
    def put_away(self) -> None:
        """Hide the card for today."""
        self.card.hide()
        self._settings.put_away_on = self._learner.today()
        self._settings.save()

    @Slot()
    def _answer(self) -> None:
        self.put_away()
        self.wanted.emit()

    def _tell(self, count: int) -> None:
        self.count = count
        self.due.emit(count)

    def _days(self) -> list[int]:
        """For each due question, the number of days since it was last asked."""
        # Only now: the guides import NumPy, and the window should be visible before that.
        from gui.learner.path import old_questions

        if not self._learner.asks_again:
            return []
        whole, today = self._learner.whole_progress(), self._learner.today()
        asked = [whole[one.experiment].questions[one.key].asked for one in old_questions(whole, today)]
        return [_days_ago(day, today) for day in asked]


class ReminderCard(QWidget):
    """A line above the page: how many questions are due, a button to them, and a button to close it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence: Text | None = None
        self.words = PlainLabel()
        self.words.setWordWrap(True)
        self.answer, self.not_today = QPushButton(), QPushButton()
        self.not_today.setFlat(True)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        line = QHBoxLayout(self)
        line.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        line.setSpacing(GRID)
        line.addWidget(self.words, 1)
        line.addWidget(self.answer)
        line.addWidget(self.not_today)
        self.restyle()
        appearance().changed.connect(self.restyle)

    def show_due(self, sentence: Text) -> None:
        """Set the sentence that says how many questions are due."""
        self._sentence = sentence
        self.restyle()

    def restyle(self) -> None:
        """Apply the style's fonts and the language."""
        for part in (self.words, self.answer, self.not_today):
            part.setFont(font("text"))
        self.answer.setText(translate(_ANSWER))
        self.not_today.setText(translate(_NOT_TODAY))
        if self._sentence is not None:
            self.words.setText(translate(self._sentence))
            self.setAccessibleName(translate(self._sentence))


def _sentence(days: Sequence[int]) -> Text:
    whens = {_when(ago) for ago in days}
    when = whens.pop() if len(whens) == 1 else _MIXED
    return _ONE(when=when) if len(days) == 1 else _SEVERAL(count=len(days), when=when)


def _days_ago(day: date, today: date) -> int:
    return (today - day).days


def _when(days: int) -> Text:
    """The number of days ago in words; a day in the future, which comes from a wrong clock, has no words of its own."""
    if days < 1:
        return _MIXED
    if days == 1:
        return _YESTERDAY
    if days < 7:
        return _THIS_WEEK
    return _LAST_WEEK if days < 14 else _EARLIER

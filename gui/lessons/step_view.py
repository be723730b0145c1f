"""One step of a lesson in the bar: its words, the question with its answers, the goal, and the way to the exercise."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.contract.output.frame import Frame
from engine.contract.params import Params
from engine.contract.text.refusal import Refused
from engine.contract.text.text import Text
from engine.exercises import load_exercise
from engine.guides.tries import Verdict
from engine.lessons.answers import NOT_SURE, Done, is_choice
from engine.lessons.lesson import Step, asked_in, goal_in
from engine.lessons.proving import faults_of_question
from gui.learner.goal_strip import GoalStrip
from gui.learner.progress import Given
from gui.lessons import words
from gui.panels.guide.try_row import JUST_SHOWN, TryRow
from gui.panels.wrapped_label import wrapped_label
from gui.style.language import language, translate
from gui.style.tokens import GRID
from gui.style.typography import font, px

_TWO_COLUMNS = 620
"""From this width on the question stands beside the words."""


class StepView(QWidget):
    """``chosen(try)`` when the question was answered, whose verdict then comes by ``show_verdict``; ``changed(done)``
    whenever more was done. ``put_back(changes)`` asks for what the goal does not allow to be changed,
    ``exercise_wanted(id)`` for the exercise.
    """

    chosen = Signal(object)
    changed = Signal(object)
    put_back = Signal(object)
    exercise_wanted = Signal(str)

    def __init__(self, step: Step, done: Done, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step, self.done = step, done
        self.text = wrapped_label()
        self.row = self._make_row()
        self.strip = self._make_strip()
        self.exercise = QPushButton() if step.exercise else None
        self._is_new_answer = False
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._left.addWidget(self.text)
        if self.exercise is not None:
            self.exercise.clicked.connect(lambda: self.exercise_wanted.emit(step.exercise))
            self._left.addWidget(self.exercise, 0, Qt.AlignmentFlag.AlignLeft)
        self._left.addStretch(1)
        if self.row is not None:
            self._right.addWidget(self.row)
        if self.strip is not None:
            self._right.addWidget(self.strip)
        self._right.addStretch(1)
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.addLayout(self._left, 2)
        self._layout.addLayout(self._right, 3)
        self.restyle()

    def show_frame(self, params: Params, frame: Frame) -> None:
        """How what the stage shows stands to the goal."""
        if self.strip is not None:
            self.strip.show_frame(params, frame)

    def show_verdict(self, verdict: Verdict) -> bool:
        """Say what came of the question; False where its claims do not decide it, which is then said."""
        assert self.row is not None
        if faults_of_question(self.step, verdict):
            self.show_refusal(words.NO_RIGHT)
            return False
        try:
            self.row.show_verdict(verdict)
        except Refused as refusal:
            # A stranger's label may stand beside a claim of which nothing can be said.
            self.show_refusal(refusal.text)
            return False
        if self._is_new_answer:
            self._is_new_answer = False
            self._note_answer(verdict)
        return True

    def show_refusal(self, reason: Text) -> None:
        """Say why the question cannot be decided; it does not count."""
        assert self.row is not None
        self._is_new_answer = False
        self.row.show_refusal(words.UNDECIDED(reason=reason))

    def show_solved(self) -> None:
        """The exercise was written."""
        if not self.done.solved:
            self._note(dataclasses.replace(self.done, solved=True))
            self.restyle()

    def restyle(self) -> None:
        """Take fonts, colours and words from the style."""
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(2 * GRID))
        for column in (self._left, self._right):
            column.setSpacing(px(GRID))
        self.text.setFont(font("text"))
        self.text.setText(self.step.words.render(language()))
        asked = asked_in(self.step, language())
        if self.row is not None and asked is not None:
            self.row.show_try(asked)
        if self.exercise is not None:
            title = load_exercise(self.step.exercise).heading
            self.exercise.setFont(font("text"))
            self.exercise.setText(translate((words.WRITTEN if self.done.solved else words.WRITE)(title=title)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= px(_TWO_COLUMNS)
        directions = QBoxLayout.Direction
        self._layout.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    # Inside

    def _make_row(self) -> TryRow | None:
        asked = asked_in(self.step, language())
        if asked is None:
            return None
        row = TryRow(asked, columns=2)
        row.recall(self._given())
        row.chosen.connect(self._chosen)
        return row

    def _make_strip(self) -> GoalStrip | None:
        if self.step.goal is None:
            return None

        def goals_in(code: str) -> tuple:
            goal = goal_in(self.step, code)
            return () if goal is None else (goal,)

        strip = GoalStrip(self.step.experiment, self, goals_in)
        if self.done.reached:
            strip.set_reached(frozenset(goal.key for goal in strip.goals))
        strip.reached.connect(self._goal_reached)
        strip.put_back.connect(self.put_back)
        return strip

    def _given(self) -> Given | None:
        """What was answered at another time, as the row recalls it."""
        done, question = self.done, self.step.question
        if question is None or not done.tries or done.answer is None or done.expected is None:
            return None
        if not question.choices:
            unsure = done.right is None
            return Given("" if unsure else float(done.answer), float(done.expected))
        asked = asked_in(self.step, "en")
        assert asked is not None
        keys = [answer.key for answer in asked.answers]
        places = (done.answer, done.expected)
        if not all(is_choice(place) and place < len(keys) for place in places) or done.expected == NOT_SURE:
            return None
        answer, expected = int(done.answer), int(done.expected)
        return Given("" if answer == NOT_SURE else keys[answer], keys[expected])

    def _chosen(self, asked: object) -> None:
        assert self.row is not None
        # The row's own click applies an answer once more that was judged already.
        self._is_new_answer = self.row.verdict is None
        self.chosen.emit(asked)

    def _note_answer(self, verdict: Verdict) -> None:
        row = self.row
        assert row is not None
        if row.asked.number is not None:
            value = float(verdict.number)
            given = row.given if row.given is not None else NOT_SURE
            said = row.entry.box.text() if row.given is not None and row.entry is not None else ""
            self._note(self.done.answered(given, said, row.is_right, value))
            return
        right = verdict.right_answer
        assert right is not None
        answer = row.answer if row.answer not in (None, JUST_SHOWN) else NOT_SURE
        said = row.asked.answers[answer].words if answer != NOT_SURE else ""
        self._note(self.done.answered(answer, said, row.is_right, right))

    def _goal_reached(self, _: str) -> None:
        self._note(dataclasses.replace(self.done, reached=True))

    def _note(self, done: Done) -> None:
        self.done = done
        self.changed.emit(done)

"""A step in the lesson's panel: its text, the question with its answers, the goal, and the button to the exercise."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.text import Refused, Text
from engine.exercises import load_exercise
from engine.guides.tries import Verdict
from engine.lessons.answers import NOT_SURE, Done, is_choice
from engine.lessons.lesson import Step, asked_in, goal_in, minutes_of_step
from engine.lessons.proving import faults_of_question
from gui.learner.goal_strip import GoalStrip
from gui.learner.progress import Given
from gui.lessons import words
from gui.panels.guide.try_row import TryRow
from gui.panels.wrapped import wrapped_label
from gui.style.language import language, translate
from gui.style.tokens import GRID
from gui.style.typography import font, px


class StepView(QWidget):
    """Shows a step and what was done in it. Emits ``chosen(try)`` when the question was answered, to be followed by
    ``show_verdict``; ``changed(done)`` whenever more was done; ``put_back(changes)`` to reset parameters that the goal
    does not allow to be changed; ``exercise_wanted(id)`` to open the exercise.
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
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.text)
        for part in (self.row, self.strip):
            if part is not None:
                self._layout.addWidget(part)
        if self.exercise is not None:
            self.exercise.clicked.connect(lambda: self.exercise_wanted.emit(step.exercise))
            self._layout.addWidget(self.exercise, 0, Qt.AlignmentFlag.AlignLeft)
        self.restyle()

    def show_frame(self, params: Params, frame: Frame) -> None:
        """Compare a frame on the stage with the step's goal."""
        if self.strip is not None:
            self.strip.show_frame(params, frame)

    def show_verdict(self, verdict: Verdict) -> bool:
        """Show the verdict on the answer. False if the claims do not decide the question, which is shown instead."""
        assert self.row is not None
        if faults_of_question(self.step, verdict):
            self.show_refusal(words.NO_RIGHT)
            return False
        try:
            self.row.show_verdict(verdict)
        except Refused as refusal:
            # In a lesson from elsewhere, a label may belong to a claim that has no value to show.
            self.show_refusal(refusal.text)
            return False
        if self._is_new_answer:
            self._is_new_answer = False
            self._note_answer(verdict)
        return True

    def show_refusal(self, reason: Text) -> None:
        """Show why the question cannot be decided; it does not count."""
        assert self.row is not None
        self._is_new_answer = False
        self.row.show_refusal(words.UNDECIDED(reason=reason))

    def show_solved(self) -> None:
        """Note and show that the step's exercise was solved."""
        if not self.done.solved:
            self._note(dataclasses.replace(self.done, solved=True))
            self.restyle()

    def restyle(self) -> None:
        """Take fonts, colours and words from the style."""
        self._layout.setSpacing(px(GRID))
        self.text.setFont(font("text"))
        self.text.setText(self.step.words.render(language()))
        asked = asked_in(self.step, language())
        if self.row is not None and asked is not None:
            self.row.show_try(asked)
        if self.exercise is not None:
            title = load_exercise(self.step.exercise).heading
            self.exercise.setFont(font("text"))
            self.exercise.setText(translate((words.WRITTEN if self.done.solved else words.WRITE)(title=title)))

    @property
    def minutes(self) -> int:
        """The estimated minutes that the step takes."""
        return minutes_of_step(self.step, language())

    @property
    def in_play(self) -> frozenset[str]:
        """The names of the parameters that the question changes and the goal names; without either, those that the step
        sets. Locked ones are left out.
        """
        asked, goal = self.row.asked if self.row is not None else None, goal_in(self.step, language())
        params = self.step.params
        names = {*params.differing(type(params)())} if asked is None and goal is None else set()
        names |= {*asked.changes, *asked.start} if asked is not None else set()
        names |= set(goal.names) if goal is not None else set()
        return frozenset(names - set(self.step.locked))

    # Inside

    def _make_row(self) -> TryRow | None:
        asked = asked_in(self.step, language())
        if asked is None:
            return None
        row = TryRow(asked, once=True)
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
        """The stored answer in the form that ``TryRow.recall`` takes; None if there is none that fits."""
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
        # A click on the row applies the try again; its answer was judged already.
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
        answer = row.answer if row.answer is not None else NOT_SURE
        said = row.asked.answers[answer].words if answer != NOT_SURE else ""
        self._note(self.done.answered(answer, said, row.is_right, right))

    def _goal_reached(self, _: str) -> None:
        self._note(dataclasses.replace(self.done, reached=True))

    def _note(self, done: Done) -> None:
        self.done = done
        self.changed.emit(done)
